#!/usr/bin/env python3
"""Writes a random log into a folder, the same files for the same seed.

    random_log.py FOLDER SEED VISITORS

Also writes the event rules for counting it to events.txt, one per line. Some files are of three sites (vhost-*), the
others of one (combined-*); a third of them are gzipped. Addresses are reserved for documentation.
"""
import collections
import datetime
import gzip
import pathlib
import random
import re
import sys

from agents import AGENTS
import events

# Around the two nights in which clocks change in Berlin, and the one in which they change in New York.
STARTS = [
    datetime.datetime(2026, *start, tzinfo=datetime.timezone.utc) for start in ((10, 23, 20), (3, 27, 20), (10, 31))
]
SPAN = 76 * 3600
FILES = {"vhost": ["vhost-0.log", "vhost-1.log.gz", "vhost-2.log"], "combined": ["combined-0.log", "combined-1"]}
GZIPPED = {"vhost-1.log.gz", "combined-1"}

GAPS = [0, 0, 0, 1, 2, 9, 30, 61, 240, 900, 1799, 1800, 1800, 1801, 1802, 3600, 5 * 3600]
OFFSETS = [0, 0, 2, 1, -7, 5.75, -3.5]
HOSTS = [
    "example.com", "example.com:443", "WWW.Example.COM:80", "example.net", "www.example.net:443", "example.org",
    "www.example.org.", "x.de", "www.x.de:443", "elsewhere.example", "www.elsewhere.example:443",
]

PAGES = [
    "/", "/", "/", "/about", "/about/", "/About", "/blog/post.html", "/blog/../blog/./post.html", "/blog/%70ost.html",
    "/caf%c3%a9", "/caf%C3%A9", "/café", "/a%2fb", "/a b", "/x/..", "/../..", "/.", "//double", "/%", "/%zz/%4",
    "/100%25",
    "/shop;jsessionid=AB12/item", "/shop;JSESSIONID=1?x=2", "/m;v=1/page", "/tilde%7e", "/pipe|bar", "/q\"uote",
    "/index.php", "/v1.2/docs", "/file.", "/dir.css/", "/%2e%2e/etc", "/back\\slash", "/frag#part", "/;a", "/%00nul",
    "http://example.com/absolute", "https://example.org:8443/absolute?x=1", "/" + "long%20" * 400, "/" + "x" * 2500,
]
ASSETS = [
    "/app.css", "/APP.JS?v=3", "/img/a.png", "/img/b.JPG", "/logo.svg#x", "/f.woff2", "/favicon.ico", "/robots.txt",
    "/.well-known/security", "/feed.xml", "/site.webmanifest", "/a.png;jsessionid=1", "/doc.pdf", "/v.mp4", "/m.wasm",
    "/m;v=1/style.css", "/data.json?callback=x", "/lib.mjs", "/p.avif", "/p.webp",
]
LOST = ["/lost", "/Lost", "/los%74", "/old/../lost?x=1"] * 20 + [
    "/wp-login.php", "/.env", "/tree/main/%2Eenv", "/blog/wp-admin/?x", "/phpMyAdmin/index.php", "/wp-config-explained"]
# Some of these are not hits; they count only for what they say about their visitor.
ODD = ["/.env", "/tree/main/.env", "/wp-login.php", "/secret", "/robots.txt?x", "/.git/config", "/wp-config.php~", "/img/a.png"]
NO_PAGES = ["", "*", "example.com:443", "nothing", "http://example.com"]

REFERRERS = [
    "-", "-", "-", "-", "", "https://www.google.com/", "https://www.google.co.uk/search?q=secret", "http://google.de",
    "https://duckduckgo.com/?q=x", "https://www.bing.com:443/search#f", "https://t.co/AbC", "https://www.t.me/chan",
    "https://www.reddit.com/r/Test/?utm=1", "https://m.facebook.com/", "https://chatgpt.com/",
    "https://mail.google.com/mail/",
    "https://news.ycombinator.com/item?id=1", "https://www.youtube.com/watch?v=1", "https://www.amazon.de/dp/1",
    "https://blog.Friend.example/a/../post;x?q#f", "https://www.friend.example", "https://user@friend.example/p%61th",
    "https://example.com/", "https://www.example.com/about?x", "https://example.net/", "https://m.example.org/",
    "https://EXAMPLE.org/page", "https://x.de/", "https://www.x.de/a", "nonsense", "/relative", "https://",
    "android-app://com.google.android.gm/", "https://friend.example/say\"hi\"", "http://[2001:db8::77]/six",
]
UTM = {
    "utm_source": ["google", "Google", "fb", "twitter", "newsletter", "News%20Letter", "friend.example",
                   "www.reddit.com", "%20%20padded+", "", "bing", "y" * 300, "caf%C3%A9", "%FF%C3x", "a%1Fb%00c", "chatgpt.com", "t"],
    "utm_medium": ["cpc", "CPC", "email", "e-mail", "social", "organic", "referral", "paid_social", "display", "banner",
                   "affiliate", "sms", "push", "video", "audio", "ppc", "qr", "(none)", ""],
    "utm_campaign": ["spring", "Cross-Network", "web+shop", "eshop", "wordshop", "shopping%20week", "",
                     "%E2%82%AC" * 90],
    "utm_content": ["a", "b%26c", "d=e"],
    "utm_term": ["running+shoes", "%2B", "x"],
    "ref": ["partner", "ph"],
    "source": ["hint"],
    "gclid": ["Cj0secretclick1"],
    "wbraid": ["Cj0secretclick2"],
    "msclkid": ["secretclick3"],
    "fbclid": ["secretclick4"],
    "UTM_Source": ["CaseMatters"],
    "page": ["1", "2"],
    "q": ["secret+words"],
    "utm_id": ["7"],
}


class Visitor:
    """A person with an address, which may have several spellings, and a user agent."""

    def __init__(self, rng, number, has_names):
        low, high = number % 200 + 1, number % 65000
        self.spellings = rng.choice([
            [f"192.0.2.{low}", f"::ffff:192.0.2.{low}", f"::FFFF:c000:2{low:02x}", f"192.0.2.{low}:4711"],
            [f"198.51.100.{low}"],
            [f"203.0.113.{low}", f"203.0.113.{low}, 10.0.0.1", f"192.0.2.9, 203.0.113.{low}"],
            [f"2001:db8::{high:x}", f"2001:DB8:0:0:0:0:0:{high:x}", f"2001:db8::{high:x}%eth0",
             f"[2001:db8::{high:x}]:80"],
            [f"10.1.0.{low}, 10.2.0.1"],
        ])
        # If a log has few names, they are not clients; if it has many, they are.
        if rng.random() < (0.6 if has_names else 0.01):
            self.spellings = [f"host-{low}.example.test", f"HOST-{low}.Example.test"]
        self.agent = rng.choice(list(AGENTS))
        self.user = rng.choice(["-"] * 8 + ["frank", "John Doe", "a[1]b"])


def escaped(rng, text):
    """Returns a text as nginx or Apache logs it."""
    if rng.random() < 0.5:
        return re.sub(r'[^ -~]|["\\]', lambda found: "".join(f"\\x{byte:02X}" for byte in found[0].encode()), text)
    return text.replace("\\", "\\\\").replace('"', '\\"')


def query(rng):
    names = [name for name in UTM if rng.random() < 0.25]
    pairs = [f"{name}={rng.choice(UTM[name])}" for name in names]
    if rng.random() < 0.2:
        pairs += [f"utm_source={rng.choice(UTM['utm_source'])}", "utm_medium", "&", "=x"]
    rng.shuffle(pairs)
    return "&".join(pairs)


def request(rng):
    """Returns method, target and status."""
    kind = rng.random()
    if kind < 0.60:
        target = rng.choice(PAGES)
        if rng.random() < 0.25 and "?" not in target and "#" not in target:
            target += "?" + query(rng)
        return "GET", target, rng.choice([200] * 12 + [304, 204, 206, 299, 301, 302, 403, 500, "-", 300, 199])
    if kind < 0.80:
        return "GET", rng.choice(ASSETS), rng.choice([200, 200, 304, 404])
    if kind < 0.895:
        return "GET", rng.choice(LOST), 404
    if kind < 0.90:
        return rng.choice(["GET", "GET", "HEAD"]), rng.choice(ODD), rng.choice([200, 301, 401, 403, 404, 410, 429, 499, 500])
    if kind < 0.96:
        target = rng.choice(["/about?" + query(rng), "/abou%74/us", rng.choice(PAGES)])
        return rng.choice(["POST", "HEAD", "OPTIONS", "get", "PROPFIND"]), target, rng.choice([200, 404])
    return "GET", rng.choice(NO_PAGES), rng.choice([200, 404])


def stamp(rng, instant):
    offset = rng.choice(OFFSETS)
    moment = datetime.datetime.fromtimestamp(instant, datetime.timezone(datetime.timedelta(hours=offset)))
    return moment.strftime("[%d/%b/%Y:%H:%M:%S %z]")


def line(rng, visitor, instant, asked=None):
    method, target, status = asked or request(rng)
    words = [method, target, rng.choice(["HTTP/1.1", "HTTP/1.1", "HTTP/2.0", ""])]
    logged = " ".join(word for word in words if word)
    if rng.random() < 0.01:
        logged = rng.choice(["-", "", "\x16\x03\x01 hello", "GET"])
    agent = escaped(rng, visitor.agent) or rng.choice(["-", ""])
    return (f'{rng.choice(visitor.spellings)} - {visitor.user} {stamp(rng, instant)} "{escaped(rng, logged)}" {status} '
            f'{rng.choice([rng.randrange(90000), "-"])} "{escaped(rng, rng.choice(REFERRERS))}" "{agent}"')


def robot(rng):
    """Yields delays and requests of a robot with a browser's user agent, on either side of the thresholds."""
    kind = rng.randrange(4)
    if kind == 0:
        for _ in range(rng.choice([99, 100, 110])):
            yield rng.choice([0, 0, 0, 1, 1]), ("GET", rng.choice(PAGES[:6]), 200)
    elif kind == 1:
        for number in range(rng.choice([199, 200, 230])):
            yield rng.choice([14, 16, 18]), ("GET", "/" if number % 50 else "/about", 200)
    elif kind == 2:
        for number in range(rng.choice([19, 20, 25])):
            yield rng.choice([5, 60, 600]), ("GET", f"/many/{number}", rng.choice([200, 304]))
    else:
        for number in range(rng.choice([9, 10, 12])):
            yield 1, rng.choice([("GET", f"/lost/{number}", 404), ("GET", "/secret", 403), ("POST", "/", 404)])
        for _ in range(rng.choice([1, 2, 3, 4])):
            yield 1, ("GET", "/", 200)


def malformed(rng, number, instant):
    """Returns a malformed line, never the same twice: equal lines in a row would look like lines imported before."""
    time = stamp(rng, instant)
    client = f"192.0.2.{number % 250 + 1} - user{number}"
    return rng.choice([
        f"# comment {number}", "\0" * (number + 1), f"nothing{number}", f"{client}", f"{client} no time",
        f'{client} [31/Feb/2026:10:00:00 +0100] "GET / HTTP/1.1" 200 1 "-" "x"',
        f'{client} [10/Oct/2026:10:00:61 +0100] "GET / HTTP/1.1" 200 1 "-" "x"', f"{client} {time}",
        f"{client} {time} GET / HTTP/1.1 200 1", f'{client} {time} "GET / HTTP/1.1', f'{client} {time} "GET /" 2000 1',
        f'{client} {time} "GET / HTTP/1.1" 200', f'{client} {time} "GET / HTTP/1.1" 200 many "-" "x"',
        f'{client} {time} "GET / HTTP/1.1" 200 1 "https://friend.example/ "',
        f'{client} {time} "GET / HTTP/1.1" 200 1 "-" "Mozilla/5.0 (cut',
    ])


def lines(rng, start, visitors, loads_parts, has_names):
    """Yields all lines with their instants, and their hosts if they go into a file of several sites, otherwise None."""
    for number in range(visitors):
        visitor = Visitor(rng, rng.randrange(visitors), has_names)
        instant = start + rng.randrange(SPAN)
        hosts = [rng.choice(HOSTS) for _ in range(2)]
        if rng.random() < 0.02:
            for gap, asked in robot(rng):
                instant += gap
                yield instant, None, line(rng, visitor, instant, asked)
            continue
        # In some logs people load the assets of pages; in others, assets are not logged.
        if loads_parts and rng.random() < 0.95:
            for host in hosts * 3:
                yield instant, host, line(rng, visitor, instant, ("GET", rng.choice(ASSETS[:6]), 200))
        for _ in range(rng.choice([1, 1, 2, 3, 5, 8, 20])):
            text = line(rng, visitor, instant)
            for _ in range(2 if rng.random() < 0.03 else 1):
                yield instant, rng.choice(hosts), text
            instant += rng.choice(GAPS)
        if number % 12 == 0:
            yield instant, rng.choice(HOSTS), malformed(rng, number, instant)


def write(folder, name, texts):
    data = "".join(texts).encode("utf-8", "surrogateescape")
    if name in GZIPPED:
        half = data.index(b"\n", len(data) // 2) + 1
        data = gzip.compress(data[:half], mtime=0) + gzip.compress(data[half:], mtime=0)
    (folder / name).write_bytes(data)


def main():
    folder, seed, visitors = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    rng = random.Random(seed)
    start = int(STARTS[seed % len(STARTS)].timestamp())
    out_of_order = sorted(
        lines(rng, start, visitors, loads_parts=seed % 3 != 2, has_names=seed % 3 == 1), key=lambda each: each[0] + rng.choice([0] * 9 + [5000]))
    files = collections.defaultdict(list)
    for _, host, text in out_of_order:
        form = "combined" if host is None or rng.random() < 0.3 else "vhost"
        whole = f"{host} {text}" if form == "vhost" and text[0] not in "#\0" else text
        # Equal texts always go to the same file: a page loaded twice within a second is two lines of one log.
        name = FILES[form][sum(whole.encode()) % len(FILES[form])]
        files[name].append(whole + ("\r\n" if name == "vhost-2.log" else "\n"))
    files["vhost-0.log"].insert(7, "\n")
    files["combined-0.log"].insert(9, "192.0.2.1 - - " + "x" * 1_200_000 + "\n")
    for name, texts in files.items():
        write(folder, name, texts)
    (folder / "events.txt").write_text("".join(rule[0] + "\n" for rule in events.RULES))


main()
