#!/usr/bin/env bash
#
# The list crawler-user-agents, used to count crawlers and to exclude them, also matches agents that people send:
#
# - Chrome and in-app browsers on telephones with the Android build AP3A.240617.008. The list's only example is the agent of
#   an app on such a telephone, entered as a scraping service named 008. The pattern is the build alone.
# - Pages opened in the messenger Viber. The pattern for its link previews is the messenger's name.
# - "Amazon CloudFront", which that CDN sends to the origin instead of every visitor's agent, unless it is told to
#   forward the header. To the list it is an HTTP library; behind the CDN it is everybody.
#
# Affected: whoever counts visitors with the list as it is. A site behind CloudFront has none.
#
# Version: crawler-user-agents 1.67.0 (PyPI).
# Documented: its README says that the list holds robots, crawlers and spiders, and that each pattern should work out of
# the box. AWS, "HTTP request headers and CloudFront behavior": CloudFront replaces User-Agent with Amazon CloudFront.

set -Eeuo pipefail
# An unexpected failure says nothing about the behaviour.
trap 'exit 2' ERR

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

changed() { echo "changed: $*"; exit 1; }

packages=(crawler-user-agents==1.67.0)
echo "packages: ${packages[*]}"
cd "$work"
python3 -m venv venv || exit 2
timeout 300 venv/bin/pip --disable-pip-version-check install -q --no-deps "${packages[@]}" || exit 2

cat >ask.py <<'PY'
import sys
import crawleruseragents

agent = sys.argv[1]
found = [crawleruseragents.CRAWLER_USER_AGENTS_DATA[i]["pattern"] for i in crawleruseragents.matching_crawlers(agent)]
print("person" if not crawleruseragents.is_crawler(agent) else "crawler: " + ", ".join(found))
PY

# ask AGENT EXPECTED: prints what the list says of an agent.
ask() {
  local said
  said=$(venv/bin/python ask.py "$1") || exit 2
  echo "agent:    $1"
  echo "          $said"
  [[ $said == "$2" ]] || changed "expected $2"
}

phone='AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36'
ask "Mozilla/5.0 (Linux; Android 15; Pixel 8 Build/BP1A.250305.019) $phone" person
ask "Mozilla/5.0 (Linux; Android 15; Pixel 8 Build/AP3A.240617.008) $phone" 'crawler: AP3A\.240617\.008'
iphone='Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148'
ask "$iphone" person
ask "$iphone Viber/24.0.0" 'crawler: Viber'
ask 'Amazon CloudFront' 'crawler: Amazon CloudFront'

echo "So telephones of one build, readers of a messenger's links, and everybody behind a CDN are crawlers."
