#!/usr/bin/env bash
# Takes the pictures of the documents anew, from the bundled sample, in headless Chromium: pictures.sh FOOTFALL
# docs/dashboard.png is the one that tests of the server leave in .build/screenshots.
set -euo pipefail

footfall=$(realpath "$1")
docs=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
sample=$docs/../fixtures/sample
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

picture() { # PAGE WIDTH HEIGHT FILE
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --virtual-time-budget=4000 \
    --window-size="$2,$3" --screenshot="$4" "file://$folder/$1" 2>/dev/null
}

for site in example.com shop.example; do
  "$footfall" sites add "$site" --timezone Europe/Berlin > /dev/null
  "$footfall" sites add "$site" --timezone Europe/Berlin --db gap.db > /dev/null
done
"$footfall" import "$sample"/other_vhosts_access.log.* --geo "$docs/../fixtures/geo/city-test.mmdb" --quiet
"$footfall" import "$sample/access.log" --site example.com --quiet
"$footfall" report --site example.com --since 2026-11-13 --interval hour --compare previous --html report.html
picture report.html 1000 940 "$docs/report.png"

# Half a day is missing, so that the calendar shows a gap.
zcat -f "$sample"/other_vhosts_access.log.* | grep -Ev '12/Nov/2026:(0[89]|1[0-9])' > vhosts.log
"$footfall" import vhosts.log --db gap.db --quiet
"$footfall" import "$sample/access.log" --site example.com --db gap.db --quiet
"$footfall" report --site example.com --db gap.db --html gap.html --coverage-html coverage.html > /dev/null
picture coverage.html 1280 600 "$docs/coverage.png"
