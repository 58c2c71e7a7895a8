#!/usr/bin/env python3
"""Writes a random log into a folder, the same files for the same seed.

    random_log.py FOLDER SEED VISITORS

Also writes the flags for counting it to flags.txt, one word per line, and the lists of networks that they name.
Some files are of three sites (vhost-*), others of one (combined-*), and one is of a site that logs DNT and
Signature-Agent, too (headers-*); a third of them are gzipped. Addresses are reserved for documentation.
"""
import collections
import datetime
import gzip
import json
import pathlib
import random
import re
import sys

from agents import (
    FAMILIES, FLOOD, NETWORKS, NO_AGENT, OTHER_NETWORKS, PEOPLE, ROBOTS, SIGNERS, SUBSCRIBERS, SUSPECT_NETWORKS)
import crowds
import events
import naming

# Around the two nights in which clocks change in Berlin, and the one in which they change in New York.
STARTS = [
    datetime.datetime(2026, *start, tzinfo=datetime.timezone.utc) for start in ((10, 23, 20), (3, 27, 20), (10, 31))
]
SPAN = 76 * 3600
DAY = 24 * 3600
HEADERS = "headers"
FILES = {
    "vhost": ["vhost-0.log", "vhost-1.log.gz", "vhost-2.log"], "combined": ["combined-0.log", "combined-1"],
    HEADERS: ["headers-0.log"],
}
GZIPPED = {"vhost-1.log.gz", "combined-1"}

GAPS = [0, 0, 0, 1, 2, 9, 30, 61, 240, 900, 1799, 1800, 1800, 1801, 1802, 3600, 5 * 3600]
OFFSETS = [0, 0, 2, 1, -7, 5.75, -3.5]
# One day of crowds for so many visitors.
VISITORS_PER_CROWD = 150
# Where crowds are: kind of log and host, if the log has it.
CROWDED = [
    ("vhost", "example.com"), ("vhost", "www.x.de:443"), ("vhost", "example.org"), ("combined", "single.example"),
    ("vhost", "example.net"), (HEADERS, "headers.example"), ("combined", "single.example"),
]
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
    "/users/anna%40example.com/x", "/order/3F2504E0-4F89-41D3-9A0C-0305E82C3301", "/peer/203.0.113.77", "//about//?page=2",
    "/docs/index.html", "/docs/Default.aspx", "/index.html/a", "/shop/trousers/", "/shop/trousers/blue/index.php",
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
# What robots ask for besides.
FEEDS = [
    "/feed", "/feed", "/feed/", "/blog/feed.xml", "/blog/%66eed.xml?page=2", "/Atom.XML", "/comments/rss", "/index.rdf",
    "/feed.json", "/?feed=rss2", "/blog?x=1&format=feed&type=rss", "/?FEED=rss2", "/api?feed=atoms&alt=atom",
]
THINGS = [
    "/robots.txt", "/robots.txt", "/robots.txt?x", "/sub/robots.txt", "/llms.txt", "/docs/llms-full.txt", "/LLMS.txt",
    "/about.md", "/Read.MD?raw=1", "/.md", "/md", "/llms", "/humans.txt", "/report.PDF", "/paper.docx", "/numbers.csv",
    "/book.epub/", "/all.zip", "/sound.mp3", "/sitemap.xml", "/api", "/api/v1/items?id=7", "/v1/API/items", "/a/b/api/c",
    "/graphql", "/wp-json/wp/v2/posts", "/api/icon.png", "/xmlrpc.php", "/mcp/", "/rest/report.pdf", "/apis/x", "/api.html",
    "/.well-known/mcp", "http://example.com/llms.txt", "/feed%2Exml", "//api/x", "/feeds/all",
]
ANSWERS = [200] * 10 + [
    204, 206, 301, 302, 304, 304, 401, 402, 403, 404, 404, 410, 429, 500, 503, 400, 499, "-", 100, 299, 303, 451, 599]
NO_PAGES = ["", "*", "example.com:443", "nothing", "http://example.com"]

REFERRERS = [
    "-", "-", "-", "-", "", "https://www.google.com/", "https://www.google.co.uk/search?q=secret", "http://google.de",
    "https://duckduckgo.com/?q=x", "https://www.bing.com:443/search#f", "https://t.co/AbC", "https://www.t.me/chan",
    "https://www.reddit.com/r/Test/?utm=1", "https://m.facebook.com/", "https://chatgpt.com/",
    "https://mail.google.com/mail/",
    "https://news.ycombinator.com/item?id=1", "https://www.youtube.com/watch?v=1", "https://www.amazon.de/dp/1",
    "https://blog.Friend.example/a/../post;x?q#f", "https://www.friend.example", "https://user@friend.example/p%61th",
    "https://example.com/", "https://www.example.com/about?x", "https://example.net/", "https://m.example.org/",
    "https://EXAMPLE.org/page", "https://single.example/", "https://m.headers.example/a", "https://x.de/",
    "https://www.x.de/a", "nonsense", "/relative", "https://",
    "localhost:8080/x", "http://localhost:8080/x", "http://-/", "https://a b.example/", "chrome-extension://abcdef/x.html",
    "file:///home/x.html", "friend.example/x", "https://docs.google.com/document/d/1", "https://accounts.google.de/",
    "https://finance.yahoo.com/", "https://de.search.yahoo.com/", "https://us-mg6.mail.yahoo.com/",
    "https://tieba.baidu.com/p/1", "https://aws.amazon.com/", "https://openai.com/", "https://bsky.app/",
    "android-app://com.google.android.gm/", "https://friend.example/say\"hi\"", "http://[2001:db8:1::77]/six",
    "https://list.example/unsubscribe/anna@example.com/now",
]
UTM = {
    "utm_source": ["google", "Google", "fb", "twitter", "newsletter", "News%20Letter", "friend.example",
                   "www.reddit.com", "%20%20padded+", "", "bing", "y" * 300, "caf%C3%A9", "%FF%C3x", "a%1Fb%00c", "chatgpt.com", "t",
                   "openai", "bsky"],
    "utm_medium": ["cpc", "CPC", "email", "e-mail", "social", "organic", "referral", "paid_social", "display", "banner",
                   "affiliate", "sms", "push", "video", "audio", "ppc", "qr", "(none)", ""],
    "utm_campaign": ["spring", "Cross-Network", "web+shop", "eshop", "wordshop", "shopping%20week", "",
                     "%E2%82%AC" * 90],
    "utm_content": ["to-bob%40example.org", "a", "b%26c", "d=e"],
    "utm_term": ["running+shoes", "%2B", "x"],
    "mtm_campaign": ["summer", ""],
    "mtm_kwd": ["red+shoes"],
    "pk_source": ["newsletter", "bing"],
    "piwik_campaign": ["winter"],
    "mtm_cid": ["12"],
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
        # Private addresses whose bytes are not by chance in a file of a database.
        self.spellings = rng.choice([
            [f"192.0.2.{low}", f"::ffff:192.0.2.{low}", f"::FFFF:c000:2{low:02x}", f"192.0.2.{low}:4711"],
            [f"198.51.100.{low}"],
            [f"203.0.113.{low}", f"203.0.113.{low}, 10.173.211.1", f"192.0.2.9, 203.0.113.{low}"],
            [f"2001:db8::{high:x}", f"2001:DB8:0:0:0:0:0:{high:x}", f"2001:db8::{high:x}%eth0",
             f"[2001:db8::{high:x}]:80"],
            [f"10.94.187.{low}, 10.173.211.1"],
        ])
        # If a log has few names, they are not clients; if it has many, they are.
        if rng.random() < (0.8 if has_names else 0.01):
            self.spellings = [f"host-{low}.example.test", f"HOST-{low}.Example.test"]
        self.agents = self.chosen_agents(rng)
        self.user = rng.choice(["-"] * 8 + ["frank", "John Doe", "a[1]b"])

    @staticmethod
    def chosen_agents(rng):
        """Returns what a person, a robot, or an aggregator of feeds in the course of a day sends."""
        kind = rng.random()
        if kind < 0.68:
            return [rng.choice(list(PEOPLE))]
        return rng.choice(FAMILIES)[0] if kind < 0.74 else [rng.choice(list(ROBOTS))]

    @property
    def is_robot(self):
        return self.agents[0] in ROBOTS

    @property
    def reads_feeds(self):
        return self.agents[0] in SUBSCRIBERS or ROBOTS.get(self.agents[0], ("", "", ""))[2] == "feed_reader"


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


def robot_request(rng, reads_feeds):
    """Returns method, target and status of a robot's request."""
    if rng.random() < 0.2:
        return request(rng)
    if rng.random() < 0.03:
        return "OPTIONS", "*", rng.choice([200, 405])
    target = rng.choice(FEEDS if rng.random() < (0.7 if reads_feeds else 0.05) else THINGS + PAGES[:6])
    return rng.choice(["GET"] * 8 + ["HEAD", "HEAD", "POST", "PUT", "get"]), target, rng.choice(ANSWERS)


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
    agent = rng.choice(visitor.agents)
    text = (f'{rng.choice(visitor.spellings)} - {visitor.user} {stamp(rng, instant)} "{escaped(rng, logged)}" {status} '
            f'{rng.choice([rng.randrange(90000), "-"])}')
    referrer = f' "{escaped(rng, rng.choice(REFERRERS))}"'
    if not agent and len(text) < 300:
        return text + rng.choice(["", referrer])
    return f'{text}{referrer} "{rng.choice(["-", ""]) if agent in ("", NO_AGENT) else escaped(rng, agent)}"'


def headers(rng):
    """Returns what the browser or robot sends besides, in two more columns."""
    signer = rng.choice(list(SIGNERS)) if rng.random() < 0.05 else "-"
    return f' "{rng.choice(["-", "-", "-", "1", "0", ""])}" "{escaped(rng, signer)}"'


def sham(rng):
    """Yields delays and requests of a robot with anybody's user agent, on either side of the thresholds."""
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


def crowded(seed, start, visitors, has_names):
    """Yields the lines of crowds, at noon in Europe. Most of them have a day of a site for themselves."""
    noon = start - start % DAY + DAY // 2
    for number in range(visitors // VISITORS_PER_CROWD + 2):
        rng = random.Random(f"crowd {number} of {seed}")
        form, host = CROWDED[number % len(CROWDED)]
        first = noon + DAY * (1 if number % 5 == 4 else 6 + number)
        people = {}
        for request in crowds.requests(rng, seed * 12 + number, may_lack_agent=form != HEADERS):
            if request.person not in people:
                people[request.person] = crowd_member(rng, number, request, has_names)
            text = crowd_line(rng, people[request.person], first + request.second, request, host)
            yield first + request.second, form, host, text


def crowd_member(rng, crowd, request, has_names):
    """Returns the visitor that sent a request."""
    member = Visitor(rng, 0, False)
    number = f"{crowd + 1:x}:{request.person:x}"
    member.agents, member.user = [request.agent], "-"
    member.spellings = [f"2001:db8:c0::{number}", f"2001:DB8:C0:0:0:0:{number}"]
    if request.is_suspect:
        member.spellings = [f"2001:db8:bad::{number}", f"[2001:db8:BAD::{number}]:80"]
    elif has_names:
        member.spellings = [f"crowd-{crowd}-{request.person}.example.test"]
    return member


def crowd_line(rng, member, instant, request, host):
    """Returns the line of a request. Nothing in it is by chance that matters to the crowd."""
    name = re.sub(r"^www\.|:.*", "", host)
    own = [f"https://{name}/", f"http://www.{name}/about?q=1", f"https://m.{name}/x"]
    if name == "example.net":
        own.append("https://example.com/")
    target = request.target.replace("{host}", name)
    text = (f'{rng.choice(member.spellings)} - - {stamp(rng, instant)} "{request.method} {target} HTTP/1.1" '
            f'{request.status} {rng.randrange(90000)}')
    if request.referrer is None:
        return text
    referrer = rng.choice(own) if request.referrer == crowds.OWN else request.referrer or rng.choice(["-", ""])
    text += f' "{referrer}"' + (f' "{escaped(rng, request.agent)}"' if request.agent else "")
    return text + f' "{rng.choice(["-", "0"])}" "-"' if host == "headers.example" else text


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


def flood(rng, start):
    """Yields more robots, and more pages of one robot, than a day keeps."""
    robots = [Visitor(rng, rng.randrange(200), False) for _ in FLOOD]
    for robot, agent in zip(robots, FLOOD):
        robot.agents = [agent]
        for _ in range(rng.choice([1, 1, 2, 3])):
            instant = start + rng.randrange(3600)
            yield instant, line(rng, robot, instant, ("GET", rng.choice(PAGES + FEEDS), rng.choice(ANSWERS)))
    for number in range(5200):
        instant = start + number // 2
        for _ in range(rng.choice([1, 1, 1, 2])):
            yield instant, line(rng, robots[0], instant, ("GET", f"/deep/{number}", rng.choice([200, 404])))


def lines(rng, start, visitors, loads_parts, has_names):
    """Yields the lines of single visitors with their instants, and the kind of log and the host."""
    for number in range(visitors):
        visitor = Visitor(rng, rng.randrange(visitors), has_names)
        instant = start + rng.randrange(SPAN)
        hosts = [rng.choice(HOSTS) for _ in range(2)]
        if rng.random() < 0.02:
            for gap, asked in sham(rng):
                instant += gap
                yield instant, "combined", None, line(rng, visitor, instant, asked)
            continue
        # In some logs people load the assets of pages; in others, assets are not logged.
        if loads_parts and not visitor.is_robot and rng.random() < 0.95:
            for host in hosts * 3:
                text = line(rng, visitor, instant, ("GET", rng.choice(ASSETS[:6]), 200))
                yield instant, form_of(rng, host), host, text
        for _ in range(rng.choice([1, 1, 2, 3, 5, 8, 20])):
            asked = robot_request(rng, visitor.reads_feeds) if visitor.is_robot else None
            text = line(rng, visitor, instant, asked)
            for _ in range(2 if rng.random() < 0.03 else 1):
                host = HEADERS if all(visitor.agents) and rng.random() < 0.15 else rng.choice(hosts)
                yield instant, form_of(rng, host), host, text + headers(rng) if host == HEADERS else text
            instant += rng.choice(GAPS)
        if number % 16 == 0:
            host = rng.choice(HOSTS)
            yield instant, form_of(rng, host), host, malformed(rng, number, instant)


def form_of(rng, host):
    return HEADERS if host == HEADERS else "combined" if rng.random() < 0.3 else "vhost"


def write(folder, name, texts):
    data = "".join(texts).encode("utf-8", "surrogateescape")
    if name in GZIPPED:
        half = data.index(b"\n", len(data) // 2) + 1
        data = gzip.compress(data[:half], mtime=0) + gzip.compress(data[half:], mtime=0)
    (folder / name).write_bytes(data)


def flags(folder):
    """Writes the lists of networks, and yields the flags for counting."""
    for rule, *_ in events.RULES:
        yield from ("--event", rule)
    yield from naming.flags()
    for number, ((name, _, _), networks) in enumerate(NETWORKS):
        path = folder / f"networks-{number}.json"
        path.write_text(json.dumps(
            {"prefixes": [{"ipv6Prefix" if ":" in network else "ipv4Prefix": network} for network in networks]}))
        yield from ("--robot-addresses", f"{name}={path}")
    path = folder / "networks.txt"
    path.write_text("# robots\n" + "".join(f"{network}  # anybody's\n" for network in OTHER_NETWORKS))
    yield from ("--bot-addresses", path)
    path = folder / "suspects.txt"
    path.write_text("".join(f"{network}\n" for network in SUSPECT_NETWORKS))
    yield from ("--suspect-networks", path)


def main():
    folder, seed, visitors = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    rng = random.Random(seed)
    start = int(STARTS[seed % len(STARTS)].timestamp())
    has_names = seed % 3 == 1
    in_order = [
        *lines(rng, start, visitors, loads_parts=seed % 3 != 2, has_names=has_names),
        *crowded(seed, start, visitors, has_names)]
    out_of_order = sorted(in_order, key=lambda each: each[0] + rng.choice([0] * 9 + [5000]))
    files = collections.defaultdict(list)
    if seed % 3 == 0:
        out_of_order += [(instant, "combined", None, text) for instant, text in flood(rng, start + SPAN // 2)]
    for _, form, host, text in out_of_order:
        whole = f"{host} {text}" if form == "vhost" and text[0] not in "#\0" else text
        # Equal texts always go to the same file: a page loaded twice within a second is two lines of one log.
        name = FILES[form][sum(whole.encode()) % len(FILES[form])]
        files[name].append(whole + ("\r\n" if name == "vhost-2.log" else "\n"))
    files["vhost-0.log"].insert(7, "\n")
    # Behind the first lines, by which the format of a file is recognised.
    files["combined-0.log"].insert(1500, "192.0.2.1 - - " + "x" * 1_200_000 + "\n")
    for name, texts in files.items():
        write(folder, name, texts)
    (folder / "flags.txt").write_text("".join(f"{word}\n" for word in flags(folder.resolve())))


main()
