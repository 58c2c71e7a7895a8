#!/usr/bin/env bash
#
# The server of Flask's "flask run" writes lines that look like the Common Log Format. But it decodes %22 in the
# target and does not escape it, so the quoted request contains bare quotes. It also puts terminal colours within the
# quotes for every status except 200, even if its output is a file.
#
# Affected: readers that end the request at the next quote, and readers that check the method. The latter lose only
# redirects and errors, while all lines with 200 are read.
#
# Version: Werkzeug 3.1.9.
# Documented: no. The source turns the target into an IRI to print it, escapes only control characters, and turns
# colours off on Windows without colorama, but not without a terminal (werkzeug/serving.py, log_request and
# _log_add_style).

set -Eeuo pipefail
# An unexpected failure says nothing about the behaviour.
trap 'exit 2' ERR

work=$(mktemp -d)
server=
stop() {
  [[ -z $server ]] || { kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
  server=
}
trap 'stop; rm -rf "$work"' EXIT

changed() { echo "changed: $*"; exit 1; }

packages=(Werkzeug==3.1.9 MarkupSafe==3.0.4)
echo "packages: ${packages[*]}"
cd "$work"
python3 -m venv venv || exit 2
timeout 300 venv/bin/pip --disable-pip-version-check install -q --no-deps "${packages[@]}" || exit 2

cat >serve.py <<'PY'
import sys
from werkzeug.serving import run_simple
from werkzeug.wrappers import Request, Response


@Request.application
def app(request):
    return Response("hello", status={"/old": 301, "/missing": 404}.get(request.path, 200))


run_simple("127.0.0.1", int(sys.argv[1]), app)
PY

port=$(venv/bin/python -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
timeout 60 venv/bin/python serve.py "$port" >log 2>&1 </dev/null &
server=$!
for _ in {1..100}; do ! grep -q 'Press CTRL' log || break; sleep 0.1; done

for target in /plain '/search?q=%22log+reader%22' /old /missing; do
  echo "sent:     GET $target HTTP/1.1"
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf 'GET %s HTTP/1.1\r\nHost: www.example.com\r\nConnection: close\r\n\r\n' "$target" >&3
  timeout 10 cat <&3 >/dev/null
  exec 3>&-
done
stop

grep -a 'HTTP/1.1' log >lines || true
sed $'s/\e/\\\\e/g; s/^/logged:   /' lines
has() { grep -qaF "$1" lines || changed "$2"; }
has '"GET /plain HTTP/1.1" 200 -' "a plain line is different"
has '"GET /search?q="log+reader" HTTP/1.1" 200 -' "quotes in a target are no longer bare"
has $'"\e[32mGET /old HTTP/1.1\e[0m" 301 -' "a redirect in a file is not coloured"
has $'"\e[33mGET /missing HTTP/1.1\e[0m" 404 -' "an error in a file is not coloured"

echo "So a request ends at the last quote before the status, and colours must be removed before any check."
