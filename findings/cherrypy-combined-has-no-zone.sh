#!/usr/bin/env bash
#
# CherryPy documents its access log as Combined format, yet its time has no zone: it is local time, and nothing in the
# line says of which zone. The atom z, added as a remedy with "RFC3339 UTC", writes both +00:00 and Z, which RFC 3339
# does not allow.
#
# Affected: readers whose pattern requires the zone refuse all lines; lenient ones read local time as UTC. After a
# switch to z, strict parsers refuse the time.
#
# Version: CherryPy 18.10.0.
# Documented: cherrypy/_cplogging.py: access() is "in Apache/NCSA Combined Log format" and refers to Apache's page,
# which has the zone; time() is "(no timezone)"; LazyRfc3339UtcTime is "RFC3339 UTC Format", an aware isoformat() plus
# 'Z'.

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
  CherryPy==18.10.0 cheroot==11.1.2 portend==3.2.1 tempora==5.13.0 python-dateutil==4.0.0 zc.lockfile==4.0
  more-itertools==11.2.1 jaraco.collections==5.2.1 jaraco.context==6.1.2 jaraco.functools==4.6.0 jaraco.text==4.3.0
  backports.tarfile==1.2.0
)
echo "packages: ${packages[*]}"
cd "$work"
python3 -m venv venv || exit 2
timeout 300 venv/bin/pip --disable-pip-version-check install -q --no-deps "${packages[@]}" || exit 2

cat >serve.py <<'PY'
import sys
import cherrypy


class Site:
    @cherrypy.expose
    def index(self):
        return "hello"


cherrypy.config.update({
    "server.socket_port": int(sys.argv[1]),
    "engine.autoreload.on": False,
    "log.screen": False,
    "log.access_file": "access.log",
})
if len(sys.argv) > 2:
    cherrypy._cplogging.LogManager.access_log_format = sys.argv[2]
cherrypy.quickstart(Site())
PY

# serve ZONE [FORMAT]: starts CherryPy in a time zone, sends one request, and sets line to the logged line.
serve() {
  local port
  port=$(venv/bin/python -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
  rm -f access.log
  TZ=$1 timeout 60 venv/bin/python serve.py "$port" "${@:2}" 2>server.err &
  server=$!
  for _ in {1..100}; do ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break; sleep 0.1; done
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf 'GET / HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: example\r\nConnection: close\r\n\r\n' >&3
  timeout 10 cat <&3 >/dev/null
  exec 3>&-
  for _ in {1..50}; do [[ ! -s access.log ]] || break; sleep 0.1; done
  stop
  [[ -s access.log ]] || changed "no line was logged"
  line=$(head -n 1 access.log)
  echo "TZ=$1: $line"
}

echo "sent:     GET / HTTP/1.1, User-Agent: example"
stamp='^127\.0\.0\.1 - - \[([0-9]{2}/[A-Z][a-z]{2}/[0-9]{4}):([0-9]{2}):[0-9]{2}:[0-9]{2}\] "GET / HTTP/1\.1" 200 5 '
hours=()
for zone in UTC0 JST-9; do
  serve "$zone"
  [[ $line =~ $stamp ]] || changed "the default line is different"
  hours+=("$((10#${BASH_REMATCH[2]}))")
done
# The second line is some seconds later, so a new hour may have started between the two.
((ahead = (hours[1] - hours[0] + 24) % 24, ahead == 9 || ahead == 10)) || changed "the time is not local"

serve JST-9 '{z} {h} "{r}" {s}'
[[ $line =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+\+00:00Z\ 127\.0\.0\.1 ]] || changed "z no longer ends in +00:00Z"

echo "So a reader of these lines needs the zone from elsewhere, and a reader of z must accept +00:00Z as UTC."
