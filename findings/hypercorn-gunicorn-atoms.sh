#!/usr/bin/env bash
#
# Hypercorn's default access format uses gunicorn's atoms, but they have a different meaning: the client has a port,
# the path is decoded (so %20 splits the request into four words), the query is dropped, and the protocol is "1.1".
# Every line also starts with a time, a process id and a level, even in the access log file. Over a unix socket, the
# client is the word None.
#
# Affected: readers of gunicorn's or of Apache's Combined format.
#
# Version: hypercorn 0.18.0.
# Documented: its logging guide calls its atoms a superset of gunicorn's, and r the "status line without query string"
# with an example that ends in h11; gunicorn's r is the request line. The source writes only scope's http_version, and
# applies the default formatter to access lines as well (hypercorn/logging.py).

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

packages=(
  hypercorn==0.18.0 h11==0.16.0 h2==4.4.1 hpack==4.2.0 hyperframe==6.1.0 priority==2.0.0 wsproto==1.3.2
)
echo "packages: ${packages[*]}"
cd "$work"
python3 -m venv venv || exit 2
timeout 300 venv/bin/pip --disable-pip-version-check install -q --no-deps "${packages[@]}" || exit 2

format=$(venv/bin/python -c 'from hypercorn.config import Config; print(Config().access_log_format)')
echo "format:   $format"
# Gunicorn's default, except that the user (u) is replaced by a second l: both are a dash here.
[[ $format == '%(h)s %(l)s %(l)s %(t)s "%(r)s" %(s)s %(b)s "%(f)s" "%(a)s"' ]] ||
  changed "the default format is different"

cat >site_app.py <<'PY'
async def asgi(scope, receive, send):
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"5")]})
        await send({"type": "http.response.body", "body": b"hello"})
PY

cat >ask.py <<'PY'
import socket, sys, time

request = (
    b"GET /a%20b.html?page=2 HTTP/1.1\r\nHost: www.example.com\r\n"
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
echo "sent:     GET /a%20b.html?page=2 HTTP/1.1, User-Agent: example"

# serve KIND ADDRESS: starts hypercorn, sends one request, and sets line to the logged line.
serve() {
  local bind=unix:$2
  [[ $1 == unix ]] || bind=127.0.0.1:$2
  rm -f access.log
  timeout 60 venv/bin/hypercorn -b "$bind" --access-logfile access.log site_app:asgi 2>server.err &
  server=$!
  timeout 30 venv/bin/python ask.py "$1" "$2" || { cat server.err >&2; exit 2; }
  for _ in {1..50}; do [[ ! -s access.log ]] || break; sleep 0.1; done
  stop
  [[ -s access.log ]] || changed "no line was logged"
  line=$(head -n 1 access.log)
  echo "$(printf '%-9s' "$1:") $line"
}

port=$(venv/bin/python -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
prefix='^\[[-0-9: +]+\] \[[0-9]+\] \[INFO\] '
rest=' - - \[[^]]*\] "GET /a b\.html 1\.1" 200 5 "-" "example"$'
serve tcp "$port"
[[ $line =~ ${prefix}127\.0\.0\.1:[0-9]+$rest ]] || changed "the line over TCP is different"
serve unix "$work/socket"
[[ $line =~ ${prefix}None$rest ]] || changed "the line over a unix socket is different"

echo "So the same atoms do not give the same line: read as gunicorn's, client, target and protocol are wrong."
