#!/usr/bin/env bash
# Counts logs on all cores, using only GNU sort and standard tools:
#
#   pipeline.sh stats.db example.com /logs/www1/*.gz /logs/www2/*.gz
#
# The only thing written to disk is hits without anything personal, in a folder that is removed at the end.
set -euo pipefail

db=$1 site=$2
shift 2
footfall=${FOOTFALL:-footfall}
reducers=${REDUCERS:-$(nproc)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The key exists only in the environment of this script and of its child processes.
FOOTFALL_JOB_KEY=$("$footfall" job-key --db "$db" --site "$site")
export FOOTFALL_JOB_KEY
export LC_ALL=C

# Runs one mapper per file and splits its lines into parts by the last digits of the visitor. reduce_one sorts each part.
map_one() { # FILE NUMBER
  printf '%s\n' "$1" | "$footfall" map --files |
    awk -F '\t' -v parts="$reducers" -v name="$work/map-$2" '
      # Books have no visitor and go to the first part. The hexadecimal digits of a visitor are as good as random.
      function part(visitor,  digits) {
        if ($1 == "!") return 0
        digits = index("0123456789abcdef", substr(visitor, 14, 1)) * 256 + index("0123456789abcdef", substr(visitor, 15, 1)) * 16
        return (digits + index("0123456789abcdef", substr(visitor, 16, 1))) % parts
      }
      { print > (name "-" part($3)) }'
}

reduce_one() { # NUMBER
  find "$work" -name "map-*-$1" -print0 | sort --zero-terminated | sort --files0-from=- --buffer-size=25% |
    "$footfall" reduce > "$work/part-$1"
}

export footfall reducers work
export -f map_one reduce_one

number=0
for file in "$@"; do printf '%s\0%s\0' "$file" $((number++)); done |
  xargs --null --max-args 2 --max-procs "$(nproc)" bash -euo pipefail -c 'map_one "$@" || exit 255' map
seq 0 $((reducers - 1)) |
  xargs --max-args 1 --max-procs "$(nproc)" bash -euo pipefail -c 'reduce_one "$@" || exit 255' reduce

"$footfall" merge --into "$db" --files $# "$work"/part-*
