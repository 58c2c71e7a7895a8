#!/usr/bin/env bash
# Installs the Debian packages that the build needs or, with the argument "packaging", those that make packages, or, with
# "tests", additional ones that some tests use. Does not run apt if all of them are installed.
set -euo pipefail

wanted=(
  libsqlite3-dev libmaxminddb-dev libpcre2-dev            # linked by the binary
  libisal-dev zlib1g-dev libbz2-dev liblzma-dev libzstd-dev # also linked, for compressed logs
  libcurl4                                                # loaded by footfall send
  uap-core                                                # fallback data for browsers and systems
  node-mdn-browser-compat-data                            # when versions of browsers were released; 30 MB
  python3 python3-pip python3-yaml ca-certificates        # Sources/setup/bring-rules.py
  pkg-config                                              # how SwiftPM finds the C libraries
  tzdata                                                  # time zones
  gzip bzip2 xz-utils zstd                                # tests compress logs with them
  sqlite3                                                 # tests run the queries of docs/sql.md with it
)

if [[ ${1:-} == packaging ]]; then
  wanted=(debhelper dpkg-dev patchelf xz-utils)
fi

# A test that needs one of these is skipped without it, so failing to install them does not fail the build.
if [[ ${1:-} == tests ]]; then
  wanted=(
    python3-jsonschema # validates the JSON report against its schema
    chromium           # opens HTML reports of hostile logs
    openjdk-17-jre-headless # runs jobs on Apache Spark
    valgrind           # make instructions
    strace             # kills imports at chosen writes, and simulates power loss
    goaccess           # counts real logs again
    awstats webalizer  # write statistics that import-stats reads
    mmdebstrap lintian systemd # bare systems for packages; checks of packages and of units
    logrotate          # rotates logs as docs/examples/nightly says
  )
fi

say() { printf 'setup: %s\n' "$*" >&2; }

if ! command -v dpkg >/dev/null; then
  say "not a Debian system, so packages were not checked; the build needs the headers of SQLite 3, libmaxminddb,"
  say "PCRE2 (8 bit), zlib, bzip2, xz and zstd, pkg-config, and Python 3 with pip and PyYAML"
  exit 0
fi

missing=()
for package in "${wanted[@]}"; do
  state=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
  [[ $state == installed ]] || missing+=("$package")
done
(( ${#missing[@]} )) || exit 0

as_root=()
if (( EUID != 0 )); then
  if ! command -v sudo >/dev/null; then
    say "packages are missing, and installing them takes root or sudo; run as root: apt-get install ${missing[*]}"
    exit 1
  fi
  as_root=(sudo)
fi

say "installing ${missing[*]}"
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${apt[@]}" update && "${apt[@]}" install --yes --no-install-recommends "${missing[@]}"; } \
  </dev/null >"$log" 2>&1; then
  tail -n 15 "$log" >&2
  if [[ ${1:-} == tests ]]; then
    say "apt could not install ${missing[*]}; the tests that need them will be skipped"
    exit 0
  fi
  say "apt could not install them; install them by hand, then run make again: apt-get install ${missing[*]}"
  exit 1
fi
