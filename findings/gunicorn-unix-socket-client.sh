#!/usr/bin/env bash
#
# On a unix socket, gunicorn's default workers log an empty client, not "-": the line starts with a blank, and a reader
# that splits at blanks finds every field moved by one. The ASGI worker does write "-", so the same program, format
# string and set-up give two formats. The address in X-Forwarded-For is not in the line.
#
# Affected: readers of logs of sites behind nginx. gunicorn's own deployment guide connects nginx to a unix socket.
#
# Version: gunicorn 27.0.1.
# Documented: the settings reference describes h as the client's IP address. The source falls back to "-" if
# REMOTE_ADDR is missing (gunicorn/glogging.py), but it never is: it is set to the peer's name, which is '' for a unix
# socket (gunicorn/http/wsgi.py). The documentation for applications says that REMOTE_ADDR is empty.

set -Eeuo pipefail
# An unexpected failure says nothing about the behaviour.
trap 'exit 2' ERR

work=$(mktemp -d)
server=
stop() {
  [[ -z $server ]] || { kill "$server" 2>/dev/null && wait "$server"; } || true
  server=
}
trap 'stop; rm -rf "$work"' EXIT

changed() { echo "changed: $*"; exit 1; }

packages=(gunicorn==27.0.1 packaging==26.4)
echo "packages: ${packages[*]}"
cd "$work"
python3 -m venv venv || exit 2
timeout 300 venv/bin/pip --disable-pip-version-check install -q --no-deps "${packages[@]}" || exit 2

cat >site_app.py <<'PY'
def wsgi(environ, start_response):
    start_response("200 OK", [("Content-Length", "5")])
    return [b"hello"]


async def asgi(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
        await send({"type": "http.response.body", "body": b"hello"})
PY

cat >ask.py <<'PY'
import socket, sys, time

request = (
    b"GET /a.html HTTP/1.1\r\nHost: www.example.com\r\nX-Forwarded-For: 198.51.100.7\r\n"
    b"User-Agent: example\r\nConnection: close\r\n\r\n"
)
for attempt in range(100):
    try:
        if sys.argv[1] == "unix":
            peer = socket.socket(socket.AF_UNIX)
            peer.connect(sys.argv[2])
        else:
            peer = socket.create_connection(("127.0.0.1", int(sys.argv[2])))
        break
    except OSError:
        time.sleep(0.1)
peer.settimeout(10)
peer.sendall(request)
while peer.recv(4096):
    pass
PY
echo "sent:     GET /a.html HTTP/1.1, X-Forwarded-For: 198.51.100.7, User-Agent: example"

# serve WORKER APP KIND ADDRESS: starts gunicorn, sends one request, and sets line to the logged line.
serve() {
  local bind=unix:$4
  [[ $3 == unix ]] || bind=127.0.0.1:$4
  rm -f access.log
  timeout 60 venv/bin/gunicorn -k "$1" -b "$bind" --no-control-socket --access-logfile access.log \
    "site_app:$2" 2>server.err &
  server=$!
  timeout 30 venv/bin/python ask.py "$3" "$4" || { cat server.err >&2; exit 2; }
  for _ in {1..50}; do [[ ! -s access.log ]] || break; sleep 0.1; done
  stop
  [[ -s access.log ]] || changed "no line was logged"
  line=$(head -n 1 access.log)
  echo "$(printf '%-9s' "$1,") $3: [$line]"
}

port=$(venv/bin/python -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
rest=' - - \[.*\] "GET /a\.html HTTP/1\.1" 200 5 "-" "example"$'
serve sync wsgi tcp "$port"
[[ $line =~ ^127\.0\.0\.1$rest ]] || changed "over TCP the client is not the peer"
serve sync wsgi unix "$work/socket"
[[ $line =~ ^$rest ]] || changed "over a unix socket the client of the sync worker is not empty"
serve asgi asgi unix "$work/socket"
[[ $line =~ ^-$rest ]] || changed "over a unix socket the client of the ASGI worker is not -"

echo "So a reader must neither skip nor merge leading blanks, or the first dash becomes the client and the time a user."
