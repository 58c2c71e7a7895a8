#!/usr/bin/env bash
#
# The same second gets two different TAI64N stamps. multilog and svlogd add 10 seconds to the Unix time, but s6-log adds
# all 37 seconds between UTC and TAI, so their labels are 27 seconds apart. Nothing in a line shows which program wrote
# it.
#
# Affected: operators who read logs of both families with one decoder, or move a service from one to the other. Hits
# move by 27 seconds, which reorders merged logs and moves some hits across midnight.
#
# Versions: s6 2.11.3.2, daemontools 0.76, runit 2.1.2, as in Debian 12.
# Documented: the manuals of multilog and svlogd refer to tai64n(8), and s6-log's names TAI64N, all as one format whose
# labels mean one instant. tai64n(8) does say that it interprets gettimeofday as TAI seconds since 1970-01-01 00:00:10
# TAI; a Unix clock omits leap seconds, 27 of them since 1972.

set -Eeuo pipefail
# An unexpected failure says nothing about the behaviour.
trap 'exit 2' ERR

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

changed() { echo "changed: $*"; exit 1; }

packages=(
  s6=2.11.3.2-1 libs6-2.11=2.11.3.2-1 libskarnet2.13=2.13.1.1-1 libexecline2.9=2.9.3.0-1
  daemontools=1:0.76-8.1 runit=2.1.2-54
)
echo "packages: ${packages[*]}"
cd "$work"
timeout 120 apt-get download -qq "${packages[@]}" 2>apt.err || { cat apt.err >&2; exit 2; }
for package in *.deb; do dpkg-deb -x "$package" root; done
libraries=$(echo "$work"/root/usr/lib/*-linux-gnu)
tool() { LD_LIBRARY_PATH=$libraries TZ=UTC timeout 10 "$work/root/usr/bin/$1" "${@:2}"; }

line='192.0.2.7 - - "GET / HTTP/1.1" 200 5'
echo "sent:     $line"
mkdir s6 multilog svlogd
before=$(date +%s)
echo "$line" | tool s6-log t ./s6
echo "$line" | tool multilog t ./multilog
echo "$line" | tool svlogd -t ./svlogd 2>svlogd.err
after=$(date +%s)
echo "clock:    $before to $after"

# A label is 2^62 plus its seconds. It fits the clock if it is the given number of seconds ahead.
check() {
  local stamped stamp ahead
  stamped=$(head -n 1 "$1/current")
  echo "$(printf '%-9s' "$1:") $stamped"
  [[ $stamped =~ ^@([0-9a-f]{16})[0-9a-f]{8}\  ]] || changed "$1 writes no TAI64N stamp"
  stamp=$((16#${BASH_REMATCH[1]} - 16#4000000000000000))
  ahead=$((stamp - before))
  ((ahead >= $2 && stamp <= after + $2)) || changed "$1 is $ahead seconds ahead of the clock, not $2"
}
check s6 37
check multilog 10
check svlogd 10

echo "s6's line as daemontools' tai64nlocal reads it: $(tool tai64nlocal <s6/current)"
echo "multilog's line as s6-tai64nlocal reads it:     $(tool s6-tai64nlocal <multilog/current)"
echo "So a reader must know which program wrote a TAI64N stamp, or it is 27 seconds off."
