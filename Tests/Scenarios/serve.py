"""Tests `footfall serve` over HTTP: its contract, hostile callers, kills, and an import at the same time.

    serve.py --footfall BINARY [contract|pages|look|hostile|kill|together|send|docs|fuzz ...]

Without names, all scenarios run. Each prints a line. The exit code is 1 if one fails.
"""

import http.client
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time

from browser import Browser, chromium
from driver import Wrong, check, main

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


class World:
    """A folder with a database, a site, tokens, and a server."""

    def __init__(self, footfall):
        self.footfall = footfall
        self.folder = tempfile.mkdtemp(prefix="footfall-serve-")
        self.server = None
        self.port = 0
        # A caller with a hundred pages a minute is a robot, but here every request must count.
        self.run("sites", "add", "example.com", "--behaviour", "off")
        self.write = self.run("tokens", "create", "--ability", "collect:write").strip()
        self.read = self.run("tokens", "create", "--ability", "stats:read").strip()
        self.tracking_id = json.loads(self.run("sites", "--json"))[0]["tracking_id"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop(signal.SIGKILL)
        shutil.rmtree(self.folder)

    def run(self, *arguments, code=0):
        done = subprocess.run(
            [self.footfall, *arguments], cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        check(done.returncode == code, f"{arguments} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def start(self, *flags):
        self.log = open(os.path.join(self.folder, "serve.log"), "a+")
        start = self.log.seek(0, 2)
        self.server = subprocess.Popen(
            [self.footfall, "serve", "--port", str(self.port), *flags], cwd=self.folder, stderr=self.log)
        for _ in range(600):
            self.log.seek(start)
            ready = re.search(r"serving at http://127\.0\.0\.1:(\d+)", self.log.read())
            if ready:
                self.port = int(ready.group(1))
                return
            check(self.server.poll() is None, "the server ended at once")
            time.sleep(0.05)
        raise Wrong("the server did not start")

    def stop(self, number=signal.SIGTERM):
        """Stops the server and returns its exit code."""
        if self.server is None:
            return None
        self.server.send_signal(number)
        code = self.server.wait(timeout=60)
        self.server = None
        return code

    def said(self):
        with open(os.path.join(self.folder, "serve.log")) as log:
            return log.read()

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(self, method, path, body=None, token=None, headers=None, connection=None):
        """Returns status, headers and text of a response."""
        asked = dict(headers or {})
        if token:
            asked["Authorization"] = f"Bearer {token}"
        connection = connection or self.connect()
        connection.request(method, path, json.dumps(body) if isinstance(body, dict) else body, asked)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()

    def body(self, **fields):
        path = fields.get("pathname", "/")
        return {"tracking_id": self.tracking_id, "url": "https://example.com" + path, "pathname": path,
                "ip": "192.0.2.1", "user_agent": FIREFOX} | fields

    def post(self, kind, body, token=None, **more):
        return self.ask("POST", f"/api/v1/collect/{kind}", body, token or self.write, **more)

    def counted(self):
        """Returns the page views in the books, and in the statistics once the server has ended."""
        imports = json.loads(self.run("imports", "--json"))
        books = sum(one["outcomes"].get("pageview", 0) for one in imports)
        report = json.loads(self.run("report", "--json"))["sites"][0]
        return books, (report["totals"] or {}).get("pageviews", 0)


def contract(world):
    """Each response documented in docs/serve.md."""
    world.run("sites", "add", "off.example", "--api", "off")
    world.run("sites", "add", "small.example", "--monthly-cap", "1")
    ids = {site["host"]: site["tracking_id"] for site in json.loads(world.run("sites", "--json"))}
    other = world.run("tokens", "create", "--ability", "collect:write", "--site", "off.example").strip()
    world.start()
    late = world.body(timestamp=946_684_800)
    event = world.body(name="Signup", props={"plan": "pro", "seats": 3, "trial": True})
    cases = [
        ("pageview", world.body(), world.write, 200, {"ok": True}),
        ("event", event, world.write, 200, {"ok": True}),
        ("pageview", {key: late[key] for key in ("tracking_id", "url", "pathname")}, world.write, 200, {"ok": True}),
        ("pageview", world.body(user_agent="Googlebot/2.1"), world.write, 200, {"ok": True, "skipped": "bot"}),
        ("pageview", world.body(), "fft_" + "0" * 64, 401, None),
        ("pageview", world.body(), "short", 401, None),
        ("pageview", world.body(), world.read, 403, None),
        ("pageview", world.body(), other, 403, None),
        ("pageview", world.body(tracking_id=ids["off.example"]), world.write, 403, None),
        ("pageview", world.body(tracking_id=ids["small.example"]), world.write, 200, {"ok": True}),
        ("pageview", world.body(tracking_id=ids["small.example"]), world.write, 402,
         {"ok": False, "reason": "cap_exceeded"}),
        ("pageview", world.body(tracking_id="gx_ZZZZZZZZZZZZ"), world.write, 404, {"ok": False}),
        ("pageview", {}, world.write, 422, {"ok": False, "errors": [
            {"field": field, "rule": "is required"} for field in ("tracking_id", "url", "pathname")]}),
        ("event", world.body(name="x" * 256), world.write, 422, None),
        ("event", world.body(name="x", props={"a": {}}), world.write, 422, None),
        ("pageview", world.body(timestamp=int(time.time()) + 200_000), world.write, 422, None),
        ("pageview", world.body(ip="example.com"), world.write, 422, None),
    ]
    for kind, body, token, status, expected in cases:
        got, headers, text = world.post(kind, body, token)
        check(got == status, f"{got} instead of {status}: {text}")
        check(headers["Content-Type"] == "application/json", "a response is not JSON")
        answer = json.loads(text)
        check(expected is None or answer == expected, f"{text} instead of {expected}")
        check(answer["ok"] == (status == 200), f"{status} and {text}")
    status, headers, _ = world.ask("POST", "/api/v1/collect/event", world.body())
    check(status == 401 and headers["WWW-Authenticate"] == "Bearer", "a missing token does not give 401")
    world.run("tokens", "revoke", "1")
    time.sleep(1.1)
    check(world.post("pageview", world.body())[0] == 401, "a revoked token still works")

    # Visitors are identified by the caller's address or, behind a proxy, by the one it reports.
    check(world.stop() == 0, "the server did not end cleanly on SIGTERM")
    report = json.loads(world.run("report", "--json", "--site", "example.com"))["sites"][0]
    check(report["totals"]["pageviews"] == 2, f"counted {report['totals']['pageviews']} page views, not 2")
    check("192.0.2." not in world.said() and "Mozilla" not in world.said(), "the log contains data of visitors")


def pages(world):
    """The dashboard, and who may see it."""
    world.run("sites", "add", "other.example")
    one = world.run("tokens", "create", "--ability", "stats:read", "--site", "example.com").strip()
    world.start()
    check(world.post("pageview", world.body(pathname="/<b>&", utm_source="a&b=c"))[0] == 200, "not counted")
    time.sleep(7)
    status, headers, page = world.ask("GET", "/")
    check(status == 200 and "other.example" in page, "no list of sites")
    policy = headers["Content-Security-Policy"]
    check("default-src 'none'" in policy and "frame-ancestors 'none'" in policy, "the policy is not strict")
    check("unsafe" not in policy and "http" not in policy, "the policy allows other sources")
    status, _, page = world.ask("GET", "/?site=example.com&period=7d&compare=previous")
    check(status == 200 and "<bdi>/%3Cb%3E&amp;</bdi>" in page, "no report")
    link = re.search(r'href="(/\?[^"]*filter=page%3D%2F%253Cb%253E%26[^"]*)"', page)
    check(link, "no link to the page's visits")
    status, _, page = world.ask("GET", link.group(1).replace("&amp;", "&"))
    check(status == 200 and "Remove the filter page" in page, "the link does not apply the filter")
    for query in ("filter=nothing%3D1", "since=2026-13-01", "period=soon", "filter=page%3D/&filter=city%3D", "since=2026-02-01&until=2026-01-01"):
        check(world.ask("GET", "/?site=example.com&" + query)[0] == 400, query)
    check(world.ask("GET", "/?site=nobody.example")[0] == 404, "an unknown site is found")

    for headers in ({"Host": "evil.example"}, {"X-Forwarded-For": "192.0.2.9"}, {"Via": "1.1 proxy"}):
        check(world.ask("GET", "/", headers=headers)[0] == 401, f"{headers} sees statistics")
    away = {"Host": "stats.example"}
    check(world.ask("GET", "/", token=world.write, headers=away)[0] == 401, "collect:write sees statistics")
    check("other.example" in world.ask("GET", "/", token=world.read, headers=away)[2], "stats:read sees nothing")
    status, _, page = world.ask("GET", "/", token=one, headers=away)
    check(status == 200 and "other.example" not in page, "a token of one site sees others")
    check(world.ask("GET", "/?site=other.example", token=one, headers=away)[0] == 404, "a token of one site sees others")
    status, headers, _ = world.ask("POST", "/sign-in", f"token={world.read}", headers=away)
    check(status == 303 and "HttpOnly" in headers["Set-Cookie"], "no cookie")
    cookie = headers["Set-Cookie"].split(";")[0]
    check(world.ask("GET", "/", headers=away | {"Cookie": cookie})[0] == 200, "the cookie gives no access")
    check(world.ask("POST", "/sign-in", "token=wrong", headers=away)[0] == 401, "a wrong token signs in")
    world.stop()
    world.start("--require-token")
    check(world.ask("GET", "/")[0] == 401, "--require-token does not require a token")
    world.stop()


def look(world):
    """The dashboard in a browser: its look, use by keyboard alone, and what a screen reader sees."""
    if chromium() is None:
        return "skipped: chromium is not installed"
    log = str(ROOT / "fixtures/sample/access.log")
    world.run("import", log, "--site", "example.com", "--geo", "none", "--quiet")
    world.start()
    pictures = ROOT / ".build/screenshots"
    pictures.mkdir(parents=True, exist_ok=True)
    url = f"http://127.0.0.1:{world.port}/?site=example.com&period=all"
    with Browser(chromium()) as browser:
        for name, width, height, is_dark in (
            ("desktop", 1_280, 1_600, False), ("dark", 1_280, 1_600, True), ("phone", 390, 1_600, False)):
            browser.set_width(width, height, is_dark)
            browser.open(url)
            browser.screenshot(pictures / f"dashboard-{name}.png")
            check(not browser.complaints(), f"{name}: {browser.complaints()}")
            check(all(asked.startswith((url, "data:")) for asked in browser.requests()), f"{name}: {browser.requests()}")
            wide = browser.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            check(wide <= 0, f"{name}: the page is {wide} pixels too wide")
            light = browser.evaluate(
                "getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).slice(0, 3)"
                ".reduce((sum, part) => sum + Number(part), 0) / 3")
            check((light < 80) == is_dark, f"{name}: the background has a lightness of {light}")
        browser.set_width(1_280, 1_600)
        browser.open(url)
        roles = browser.tree()
        names = {role: [name for other, name in roles if other == role] for role, _ in roles}
        for role in ("main", "navigation", "heading", "table", "link"):
            check(names.get(role), f"a screen reader finds no {role}")
        for role in ("table", "link", "button", "textbox", "Date"):
            check(all(name.strip() for name in names.get(role, [])), f"a {role} has no name")
        filters = by_keys(browser)
        check(len(filters) > 5, f"the keyboard reaches {len(filters)} filters only")
        browser.follow_focus()
        check("filter=" in browser.evaluate("location.search"), "Enter on a value does not apply a filter")
        told = [name for role, name in browser.tree() if role == "link"]
        check(any("Remove the filter" in name for name in told), "the filter cannot be removed")
    world.stop()
    return f"ok, pictures in {pictures.relative_to(ROOT)}"


def by_keys(browser):
    """Presses Tab until the sixth filter has the focus. Returns the filters on the way; each must show its focus."""
    met = []
    for _ in range(150):
        browser.press("Tab", 9)
        place = browser.evaluate(
            "(e => ({href: e.getAttribute('href') || '', outline: getComputedStyle(e).outlineStyle,"
            " shadow: getComputedStyle(e).boxShadow}))(document.activeElement)")
        if "filter=" in place["href"]:
            check(place["outline"] != "none" or place["shadow"] != "none", "the focus does not show")
            met.append(place["href"])
            if len(met) == 6:
                break
    return met


def raw(world, data, wait=3):
    """Sends bytes as they are and returns the response."""
    with socket.create_connection(("127.0.0.1", world.port), timeout=wait) as connection:
        connection.sendall(data)
        got = b""
        try:
            while part := connection.recv(65_536):
                got += part
        except (TimeoutError, ConnectionError):
            pass
        return got


def hostile(world):
    """Hostile callers get a clear 4xx, and memory does not grow."""
    world.start()
    deep = '{"props":' + "[" * 7_000 + "]" * 7_000 + "}"
    token = {"Authorization": f"Bearer {world.write}"}
    cases = [
        ("GET", "/api/v1/collect/pageview", None, 405), ("DELETE", "/", None, 405), ("POST", "/health", "x", 405),
        ("GET", "/../../etc/passwd", None, 404), ("GET", "/%2e%2e/health", None, 404), ("GET", "//health", None, 404),
        ("GET", "/health/", None, 404), ("GET", "/health%00", None, 404), ("GET", "/HEALTH", None, 404),
        ("POST", "/api/v1/collect/event", "x" * 20_000, 413), ("POST", "/api/v1/collect/event", deep, 422),
        ("POST", "/api/v1/collect/event", b'{"url":"\xff\xfe"}', 422), ("POST", "/api/v1/collect/event", "", 422),
        ("POST", "/api/v1/collect/event", "[" * 10_000, 422), ("POST", "/api/v1/collect/event", '{"a":1e999999}', 422),
    ]
    for method, path, body, expected in cases:
        status, headers, text = world.ask(method, path, body, headers=token)
        check(status == expected, f"{method} {path}: {status} instead of {expected}")
        check(json.loads(text)["ok"] is False, f"{method} {path}: {text}")
        check(status != 405 or headers["Allow"], "405 without Allow")
    for data, what in [
        (b"nonsense\r\n\r\n", "no HTTP"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"y" * 40_000 + b"\r\n\r\n", "a long header"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 500 + b"\r\n", "many headers"),
        (b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "two lengths"),
        (b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "a negative length"),
    ]:
        got = raw(world, data)
        check(got.startswith(b"HTTP/1.1 4") or not got, f"{what}: {got[:60]}")
    injected = world.ask("POST", "/sign-in", "token=x%0d%0aSet-Cookie:%20a=b", headers=token)
    check("Set-Cookie" not in injected[1], "a header was injected")

    before = memory(world)
    body = b"POST /api/v1/collect/event HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nAuthorization: Bearer " \
        + world.write.encode() + b"\r\n\r\n"
    with socket.create_connection(("127.0.0.1", world.port), timeout=20) as endless:
        endless.sendall(body)
        sent = 0
        try:
            while sent < 200_000_000:
                endless.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
                sent += 65_536
        except OSError:
            pass
    slow = [socket.create_connection(("127.0.0.1", world.port), timeout=20) for _ in range(200)]
    start = time.time()
    for second in range(13):
        for one in slow:
            try:
                one.sendall(b"a" if second else b"GET / HTTP/1.1\r\nX: ")
            except OSError:
                pass
        check(world.ask("GET", "/health")[0] == 200, "slow callers block others")
        time.sleep(1)
    closed = 0
    for one in slow:
        try:
            one.settimeout(1)
            closed += b"408" in one.recv(1_000)
        except OSError:
            closed += 1
        one.close()
    check(closed == len(slow), f"{len(slow) - closed} slow callers are still there after {time.time() - start:.0f} s")
    grown = memory(world) - before
    check(grown < 60_000, f"memory has grown by {grown} KiB")
    check(world.stop() == 0, "the server did not end cleanly")


def memory(world):
    with open(f"/proc/{world.server.pid}/status") as status:
        return int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1))


class Load:
    """Callers that send page views until they are stopped, and count the 200 responses."""

    def __init__(self, world, callers=16):
        self.world = world
        self.accepted = [0] * callers
        self.unknown = [0] * callers
        self.isOver = False
        # Daemon threads, so that a failed check can end the program meanwhile.
        self.threads = [threading.Thread(target=self.send, args=(caller,), daemon=True) for caller in range(callers)]
        for thread in self.threads:
            thread.start()

    def send(self, caller):
        connection = None
        number = 0
        while not self.isOver:
            number += 1
            body = self.world.body(pathname=f"/{caller}/{number % 50}", ip=f"198.51.100.{number % 250}")
            try:
                connection = connection or self.world.connect()
                status = self.world.post("pageview", body, connection=connection)[0]
                if status == 200:
                    self.accepted[caller] += 1
                else:
                    check(status == 503, f"status {status}")
            except (OSError, http.client.HTTPException):
                # It may have been kept although its response was lost.
                self.unknown[caller] += 1
                connection = None
                time.sleep(0.02)

    def stop(self):
        self.isOver = True
        for thread in self.threads:
            thread.join()
        return sum(self.accepted)


def kill(world):
    """kill -9 under load: every request answered with 200 is kept, and none twice."""
    accepted = unknown = 0
    for round in range(4):
        world.start()
        accepted += world.post("pageview", world.body())[0] == 200
        load = Load(world)
        time.sleep(random.uniform(0.5, 2))
        load.isOver = round == 3
        world.stop(signal.SIGTERM if round == 3 else signal.SIGKILL)
        time.sleep(0.2)
        accepted += load.stop()
        unknown += min(sum(load.unknown), len(load.threads))
    world.start()
    time.sleep(1)
    world.stop()
    books, shown = world.counted()
    check(books == shown, f"{books} in the books, {shown} in the statistics")
    check(accepted > 40, f"hardly any load: {accepted}")
    check(accepted <= books <= accepted + unknown, f"{accepted} were answered 200, {books} are kept, {unknown} unknown")


def together(world):
    """An import at the same time: nothing is lost or counted twice."""
    lines = 60_000
    with open(os.path.join(world.folder, "access.log"), "w") as log:
        for number in range(lines):
            clock = f"{number // 6_000 % 24:02}:{number // 100 % 60:02}:{number % 60:02}"
            log.write(f'203.0.113.{number % 250} - - [10/Nov/2026:{clock} +0000] "GET /log/{number % 97} HTTP/1.1" 200 '
                      f'{number} "-" "{FIREFOX}"\n')
    world.start()
    load = Load(world)
    time.sleep(0.5)
    # Between imports the server counts days, which takes the writer's lock.
    world.run("import", "access.log", "--site", "example.com", "--quiet", "--wait", "60")
    world.run("import", "access.log", "--site", "example.com", "--reread", "--quiet", "--wait", "60")
    during = sum(load.accepted)
    time.sleep(0.5)
    accepted = load.stop()
    check(sum(load.unknown) == 0, "connections were lost")
    check(world.stop() == 0, "the server did not end cleanly")
    books, shown = world.counted()
    check(books == shown == accepted + lines, f"{accepted} requests and {lines} lines, but {books} in the books, {shown} shown")
    check(during > 50, "no load during the import")


def send(world):
    """`footfall send`: all lines arrive, and answered ones are not sent again, even if either side is killed."""
    lines = [world.body(type="pageview", pathname=f"/{number % 97}", timestamp=1_700_000_000 + number) for number in range(1_500)]
    lines[1_410] = {"type": "pageview", "tracking_id": "none"}
    lines[1_420] = world.body(tracking_id="gx_ZZZZZZZZZZZZ")
    lines[1_430] = world.body(user_agent="Googlebot/2.1")
    lines[1_440] = world.body(name="Signup", props={"plan": "pro"})
    path = os.path.join(world.folder, "requests.ndjson")
    with open(path, "w") as file:
        file.write("\n".join(map(json.dumps, lines)) + "\n\n")
    world.start()
    url = f"http://127.0.0.1:{world.port}"
    environment = os.environ | {"FOOTFALL_TOKEN": world.write}

    def start(*flags):
        return subprocess.Popen(
            [world.footfall, "send", path, "--to", url, "--json", *flags], cwd=world.folder, env=environment,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    connections = 8
    kills = 0
    for number in range(3):
        sender = start()
        deadline = time.time() + 60
        while time.time() < deadline and sender.poll() is None and journal(world) < 300 * (number + 1):
            time.sleep(0.01)
        if sender.poll() is None:
            kills += 1
            sender.kill()
        sender.communicate()
        if number == 1:
            world.stop(signal.SIGKILL)
            world.start()
    check(kills > 0, "the sender ended before it could be killed")
    done = journal(world)
    output, errors = (sender := start()).communicate()
    summary = json.loads(output)
    check(sender.returncode == 2, f"ended with {sender.returncode}: {errors}")
    check(summary["done_before"] == done and summary["blank"] == 1, f"{summary}, but {done} were done before")
    check(sum(summary.values()) == len(lines) + 1, f"{summary} does not add up to all lines")
    output, _ = start().communicate()
    check(json.loads(output)["done_before"] == len(lines), "a sent file is sent again")

    # Requests in flight when the sender or the server was killed may have been kept without a response.
    world.stop()
    most = (kills + 1) * connections
    books, _ = world.counted()
    check(len(lines) - 4 <= books <= len(lines) - 4 + most, f"{books} page views of {len(lines) - 4}, at most {most} twice")

    world.start()
    other = os.path.join(world.folder, "wrong.token")
    with open(other, "w") as file:
        file.write("fft_" + "0" * 64)
    for flags, code, said in [
        (["--journal", "a", "--token-file", other], 1, "401"), (["--journal", "b", "--token-file", "nowhere"], 64, "no such file"),
        (["--journal", path], 64, "another file"), (["--to", "stats.example"], 64, "--to needs"),
        (["--journal", "c", "--to", f"{url}/elsewhere"], 1, "404"),
        (["--journal", "d", "--to", "http://127.0.0.1:9", "--tries", "2"], 75, "cannot be reached"),
    ]:
        sender = start(*flags)
        errors = sender.communicate()[1]
        check(sender.returncode == code and said in errors, f"{flags}: {sender.returncode}, {errors}")


def journal(world):
    """Returns how many lines are recorded as done."""
    try:
        with open(os.path.join(world.folder, "requests.ndjson.sent")) as file:
            return max(0, file.read().count("\n") - 1)
    except FileNotFoundError:
        return 0


def docs(world):
    """The examples of docs/serve.md, as printed there."""
    world.start()
    with open(os.path.join(world.folder, "collect.token"), "w") as token:
        token.write(world.write)
    text = (ROOT / "docs/serve.md").read_text()
    examples = re.findall(r"<!-- tested -->\n```sh\n(.*?)```", text, re.S)
    check(len(examples) == 2, "examples are missing")
    for example in examples:
        command = example.replace("gx_XXXXXXXXXXXX", world.tracking_id).replace(":8080", f":{world.port}")
        done = subprocess.run(
            ["bash", "-c", command], cwd=world.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        check(done.stdout == '{"ok":true}\n', f"{done.stdout}{done.stderr}")
    world.stop()
    books, shown = world.counted()
    check(books == shown == 1, "the example is not counted")


def fuzz(world):
    """schemathesis: responses match the description, whatever is sent."""
    own = ROOT / ".build/schemathesis/bin/schemathesis"
    schemathesis = str(own) if own.exists() else shutil.which("schemathesis")
    if schemathesis is None:
        return "skipped: schemathesis is not installed (make schemathesis)"
    world.start()
    # Ids of this site, so the requests get further than the check of the id.
    described = json.loads(world.ask("GET", "/openapi.json")[2])
    described["components"]["schemas"]["TrackingID"] = {"const": world.tracking_id}
    # The latest accepted second changes all the time.
    described["components"]["schemas"]["Timestamp"] = {"enum": [0, 1_700_000_000, None]}
    with open(os.path.join(world.folder, "openapi.json"), "w") as file:
        json.dump(described, file)
    url = f"http://127.0.0.1:{world.port}"
    for where in (f"{url}/openapi.json", "openapi.json"):
        done = subprocess.run(
            [schemathesis, "run", where, "--url", url, "--header", f"Authorization: Bearer {world.write}",
             "--max-examples", "60", "--seed", "1", "--no-color"],
            cwd=world.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        check(done.returncode == 0, done.stdout[-6_000:])
    check(world.stop() == 0, "the server did not end cleanly")
    return None


if __name__ == "__main__":
    main(World, contract, pages, look, hostile, kill, together, send, docs, fuzz)
