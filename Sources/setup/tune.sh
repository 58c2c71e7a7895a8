#!/usr/bin/env bash
# Builds the release binary .build/tuned/footfall, optimised for the code that imports run most often
# (docs/decisions/0021-tuned-builds.md): an instrumented binary imports generated logs, and its counts guide the
# optimisation of all modules together at link time.
#
#   tune.sh SWIFT FLAG...    the flags of the release build
set -euo pipefail

swift=$1
release=("${@:2}")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
folder=$PWD/.build/tuned
work=$folder/work
trap 'rm -rf "$work"' EXIT
say() { printf 'tuned: %s\n' "$*" >&2; }

# The tools are beside the compiler.
tools=$("$swift" -print-target-info | sed -n 's|.*"runtimeResourcePath": "\(.*\)/lib/swift".*|\1/bin|p')
runtime=$(find "$tools/../lib/clang" -name "libclang_rt.profile-$(uname -m).a" 2>/dev/null | head -n 1 || true)
if [[ -z $runtime || ! -x $tools/llvm-profdata || ! -x $tools/ld.lld ]]; then
  say "this Swift lacks the tools for a tuned build (llvm-profdata, ld.lld, clang's profiling library); use make build"
  exit 1
fi

# Without debug information, both builds take less time and memory.
build() {
  FOOTFALL_TUNED=1 "$swift" build --scratch-path "$folder/build" -debug-info-format none "${release[@]}" "$@"
}

# Runs a command of a binary on a database of that binary. Shows its output only if it fails.
footfall() {
  local binary=$1
  shift
  FOOTFALL_DATA=.build/share/footfall "$binary" "$@" --db "$binary.db" >"$work/output" 2>&1 && return
  cat "$work/output" >&2
  say "failed: footfall $*"
  exit 1
}

# Imports the logs with a binary, reports on them, and leaves all statistics in $work/output.
exercise() {
  local format
  footfall "$1" sites add example.com
  footfall "$1" sites add example.org
  footfall "$1" sites add example.net --alias www.example.net
  footfall "$1" import "$work/access.log.gz" --site example.com --geo fixtures/geo/city-test.mmdb
  footfall "$1" import "$work/access.log" --site example.com
  footfall "$1" import "$work/json.log" --site example.org
  footfall "$1" import "$work/hosts.log"
  # mixed.log contains lines of other logs. Sampling may or may not take it for a rearranged copy of them, so
  # --overlap new counts it in any case.
  for format in fixtures/formats/*.log; do footfall "$1" import "$format" --site example.com --overlap new; done
  footfall "$1" report --site example.com
  footfall "$1" report --site example.com --json
  footfall "$1" report --site example.com --html "$work/report.html"
  footfall "$1" seal --until 2026-09-03
  footfall "$1" dump
}

say "building an instrumented binary (1 of 2)"
rm -rf "$folder"
mkdir -p "$work"
build -Xswiftc -Xfrontend -Xswiftc -ir-profile-generate -Xlinker -u__llvm_profile_runtime -Xlinker "$runtime"
cp "$folder/build/release/footfall" "$work/counting"

say "importing generated logs with it"
python3 -B Tests/Benchmarks/generate_log.py 500000 2 5 "$work/access.log"
gzip --keep "$work/access.log"
# The same log as nginx writes it in JSON, and with a column of hosts in front.
text='([^"\\]*)'
sed -nE "s/^(\S+) - - \[(\S+ \S+)\] \"$text\" (\S+) (\S+) \"$text\" \"$text\"\$/{\"remote_addr\":\"\1\",\"time_local\":\"\2\",\
\"request\":\"\3\",\"status\":\"\4\",\"body_bytes_sent\":\"\5\",\"http_referer\":\"\6\",\"http_user_agent\":\"\7\"}/p" \
  "$work/access.log" >"$work/json.log"
sed 's/^/www.example.net:443 /' "$work/access.log" >"$work/hosts.log"
export LLVM_PROFILE_FILE=$work/%p.profraw
exercise "$work/counting"
mv "$work/output" "$work/expected"
"$tools/llvm-profdata" merge --output="$work/profile" "$work"/*.profraw

say "building the tuned binary (2 of 2)"
build -Xswiftc -Xfrontend -Xswiftc -ir-profile-use="$work/profile" --experimental-lto-mode full

say "comparing the statistics of both binaries"
cp "$folder/build/release/footfall" "$work/tuned"
exercise "$work/tuned"
if ! cmp -s "$work/expected" "$work/output"; then
  say "the tuned binary counts differently, which is a compiler bug; use make build, and please report it"
  exit 1
fi
mv "$work/tuned" "$folder/footfall"
rm -rf "$folder/build"
