#!/usr/bin/env bash
#
# siege reads the pages that it gets, and loads their style sheets, scripts and images again for each page, as a browser
# without a cache would. But it never says which page a part belongs to: no request has a Referer. So in an access log a
# load test is a visitor with all parts of all pages, 1 page to 3 parts here, and differs from a browser only by the
# referrers that are missing, and by its speed.
#
# Affected: log tools that take loaded parts as proof of a browser, and people who test with a browser's user agent
# (siege -A). The manual describes the parser, but not that parts come without a Referer.
#
# Version: siege 4.0.7-1+b1 of Debian 12.
# Documented: /etc/siege/siegerc, "Parser": harvests style sheets, images and scripts of a page and requests them, on by
# default since 4.0.0. No word of a Referer, and no setting for one.

set -Eeuo pipefail
# An unexpected failure says nothing about the behaviour.
trap 'exit 2' ERR

work=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

changed() { echo "changed: $*"; exit 1; }

# The libraries come as they are: old versions leave the archive with each security update.
packages=(siege=4.0.7-1+b1 libssl3 zlib1g)
echo "packages: ${packages[*]}"
cd "$work"
timeout 120 apt-get download -qq "${packages[@]}" 2>apt.err || { cat apt.err >&2; exit 2; }
for package in *.deb; do dpkg-deb -x "$package" root; done
libraries=$(echo "$work"/root/usr/lib/*-linux-gnu)

# Serves pages with three parts each, and logs path and referrer of each request.
cat >serve.py <<'PY'
import http.server
import sys

PAGE = b'<html><head><link rel="stylesheet" href="/a.css"><script src="/a.js"></script></head><body><img src="/a.png"></body></html>'


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        body = PAGE if self.path.startswith("/page") else b"x"
        self.send_response(200)
        self.send_header("Content-Type", "text/html" if body is PAGE else "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        with open("access.log", "a") as log:
            log.write(f"{self.path} {self.headers.get('Referer', '-')}\n")

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
PY
python3 serve.py >port & server=$!
for _ in {1..50}; do [[ -s port ]] && break; sleep 0.1; done
for page in 1 2 3; do echo "http://127.0.0.1:$(cat port)/page$page"; done >urls
printf 'parser = true\nconnection = close\nverbose = false\nlogging = false\n' >siegerc
HOME=$work LD_LIBRARY_PATH=$libraries timeout 60 "$work/root/usr/bin/siege" -R siegerc -c 1 -r 3 -b -f urls >siege.out 2>&1 ||
  { cat siege.out >&2; exit 2; }

sort access.log | uniq -c
pages=$(grep -c '^/page' access.log)
parts=$(grep -vc '^/page' access.log)
referrers=$(grep -vc ' -$' access.log || true)
echo "pages: $pages, parts: $parts, requests with a Referer: $referrers"
(( pages == 3 && parts == 9 )) || changed "expected 3 pages with 3 parts each"
(( referrers == 0 )) || changed "requests have a Referer now"
echo "as described: each page is followed by its style sheet, script and image, and none of them names it"
