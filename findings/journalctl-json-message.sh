#!/usr/bin/env bash
#
# "journalctl -o json" writes the MESSAGE of an access line as a string, as an array of numbers if the line contains a
# control character (such as a colour) or a byte that is not UTF-8, and as null if it is longer than 4096 bytes, which
# servers allow for the URL alone. As text, coloured and long entries look like any other: journalctl removes the
# colours and truncates nothing, so a person who looks at them notices nothing.
#
# Affected: pipelines that expect .MESSAGE to be a string. Some servers colour all lines except those with status 200,
# and scanners send long and odd targets, so these lines fail or vanish. --all restores only the long ones.
#
# Version: systemd 252 of Debian 12. SYSTEMD_VERSION selects another package version.
# Documented: journalctl(1) lists all three forms under -o json; most examples of its use assume a string.

set -Eeuo pipefail
# An unexpected failure says nothing about the behaviour.
trap 'exit 2' ERR

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

changed() { echo "changed: $*"; exit 1; }

version=${SYSTEMD_VERSION:-252.39-1~deb12u2}
packages=(
  "systemd=$version" "libsystemd-shared=$version" "systemd-journal-remote=$version" libmicrohttpd12=0.9.75-6
)
echo "packages: ${packages[*]}"
cd "$work"
timeout 300 apt-get download -qq "${packages[@]}" 2>apt.err || { cat apt.err >&2; exit 2; }
for package in *.deb; do dpkg-deb -x "$package" root; done
libraries=$(echo "$work"/root/usr/lib/*-linux-gnu)
export LD_LIBRARY_PATH=$libraries/systemd:$libraries LC_ALL=C

# entry MESSAGE: prints an entry in the journal's export format, with the length of the message in eight bytes.
micros=1767225600000000
entry() {
  local shift
  printf '__REALTIME_TIMESTAMP=%d\n_BOOT_ID=%032d\nSYSLOG_IDENTIFIER=web\nMESSAGE\n' $((micros += 1)) 1
  for shift in 0 8 16 24 32 40 48 56; do
    # shellcheck disable=SC2059 # the format is the byte
    printf "\\x$(printf '%02x' $((${#1} >> shift & 255)))"
  done
  printf '%s\n\n' "$1"
}

long=$(printf 'x%.0s' {1..4200})
{
  entry '192.0.2.7 - - "GET /plain HTTP/1.1" 200 5'
  entry $'192.0.2.7 - - "\e[33mGET /missing HTTP/1.1\e[0m" 404 5'
  entry $'192.0.2.7 - - "GET /caf\xe9 HTTP/1.1" 404 5'
  entry "192.0.2.7 - - \"GET /long?q=$long HTTP/1.1\" 200 5"
} >entries
echo "sent:     four access lines: a plain one, one with colours, one with a Latin-1 byte, one of over 4200 bytes"
timeout 30 root/lib/systemd/systemd-journal-remote -o journal.journal --split-mode=none - <entries 2>remote.err ||
  { cat remote.err >&2; exit 2; }
journal() { timeout 30 root/bin/journalctl --file journal.journal --no-pager "$@"; }

# forms ARGUMENT...: prints the first character after "MESSAGE": of every entry, as one word.
forms() { journal -o json "$@" | sed -E 's/.*"MESSAGE":(.).*/\1/' | tr -d '\n'; }

journal -o json | sed -E 's/.*("MESSAGE":.{60}).*/json:     \1.../; s/.*("MESSAGE":null).*/json:     \1/'
[[ $(forms) == '"[[n' ]] || changed "the forms of MESSAGE are $(forms), not string, array, array, null"
[[ $(forms --all) == '"[["' ]] || changed "with --all the forms are $(forms --all), not string, array, array, string"
journal -o short >text
cut -c 1-76 text | sed 's/^/short:    /'
grep -q 'web: 192.0.2.7 - - "GET /missing HTTP/1.1" 404 5' text || changed "the short form shows colours"
grep -q "q=$long HTTP/1.1" text || changed "the short form truncates long lines"

echo "So a reader of journal JSON must accept three types for MESSAGE, and needs --all."
