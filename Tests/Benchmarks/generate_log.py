#!/usr/bin/env python3
"""Writes a combined log like that of a busy site, the same bytes for the same arguments.

    generate_log.py LINES SEED DAYS FILE [ASSETS]

About 220 bytes a line; 60 % assets, or the share ASSETS; a new visitor every 14 lines, 2,000 at a time; one user agent in eight is a
robot; thousands of distinct user agents; campaigns on 8 % of the pages. Addresses are drawn from all of IPv4 and from
2001:db8::/32, so such a log is generated and never committed.
"""
import datetime
import pathlib
import random
import re
import sys

ACTIVE_VISITORS = 2_000
UAP_TESTS = pathlib.Path("/usr/share/uap-core/tests")

KHTML = "AppleWebKit/537.36 (KHTML, like Gecko)"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS {v}_{m} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{v}.{m} Mobile/15E148 Safari/604.1"
COMMON = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) " + KHTML + " Chrome/{c}.0.0.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 10; K) " + KHTML + " Chrome/{c}.0.0.0 Mobile Safari/537.36",
    IPHONE,
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/{v}.{m} Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:{c}.0) Gecko/20100101 Firefox/{c}.0",
]
RARE = [
    "Mozilla/5.0 (Linux; Android {a}; {d}) " + KHTML + " Chrome/{c}.0.{b}.{p} Mobile Safari/537.36",
    "Mozilla/5.0 (Linux; Android {a}; {d}) " + KHTML + " SamsungBrowser/{v}.0 Chrome/{c}.0.{b}.{p} Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) " + KHTML + " Chrome/{c}.0.{b}.{p} Safari/537.36 Edg/{c}.0.{p}.{m}",
    "Mozilla/5.0 (iPhone; CPU iPhone OS {v}_{m} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/{c}.0.{b}.{p} Mobile/15E148 Safari/604.1",
]
BOTS = [
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", "curl/8.14.1", "python-requests/2.32.5",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
]
REFERRERS = ["-"] * 6 + ["https://www.google.com/"] * 4 + [
    "https://t.co/abc", "https://news.ycombinator.com/item?id=1", "https://www.bing.com/search?q=x",
    "https://duckduckgo.com/", "https://example.com/", "https://chatgpt.com/", "https://www.reddit.com/r/test/",
]


def tested_agents():
    """Returns the user agents of uap-core's own tests, if Debian's package is installed."""
    found = {}
    for name in ("test_ua.yaml", "test_os.yaml"):
        path = UAP_TESTS / name
        if path.exists():
            for agent in re.findall(r"user_agent_string: *'([^'\n]*)'", path.read_text(errors="replace")):
                if agent.isascii() and agent.isprintable():
                    found[agent.replace("\\", "").replace('"', '\\"')] = None
    return list(found)


def filled(rng, template):
    return template.format(
        c=rng.randrange(90, 143), v=rng.randrange(14, 27), m=rng.randrange(8), a=rng.randrange(9, 16),
        b=rng.randrange(4000, 7500), p=rng.randrange(30, 220),
        d=f"{rng.choice(['SM-A', 'SM-S', 'Pixel ', 'M210', 'CPH2', 'RMX3'])}{rng.randrange(100, 999)}")


def agent_pools(rng):
    """Returns common user agents, rare ones (the first is the most frequent) and robots."""
    common = [filled(rng, rng.choice(COMMON + COMMON[-1:])) for _ in range(400)]
    robot = re.compile("bot|spider|crawl", re.IGNORECASE)
    tested = tested_agents()
    rare = [agent for agent in tested if not robot.search(agent)]
    rare += [filled(rng, rng.choice(RARE)) for _ in range(12_000)]
    rng.shuffle(rare)
    return common, rare, BOTS * 20 + [agent for agent in tested if robot.search(agent)]


def pages(rng):
    kinds = ["how", "why", "top", "guide", "intro", "review"]
    return (["/"] + [f"/blog/{rng.choice(kinds)}-{number}" for number in range(3000)]
            + [f"/docs/v{number % 4}/page-{number}" for number in range(2000)] + [f"/p/{number}" for number in range(5000)])


def request_pools(rng):
    """Returns requests with status, ready to be joined: assets and pages, in the shares given above."""
    static = [f"/static/app.{number:x}.js" for number in range(40)] + [f"/assets/img/{number}.png" for number in range(400)]
    static += ["/favicon.ico", "/robots.txt", "/css/main.css", "/fonts/text.woff2"]
    assets = [f'"GET {path} HTTP/1.1" {status} ' for path in static for status in (200, 200, 200, 200, 304)]
    paths, requests = pages(rng), []
    for _ in range(60_000):
        path = paths[min(int(rng.paretovariate(0.5)) - 1, len(paths) - 1)]
        share = rng.random()
        if share < 0.08:
            path += (f"?utm_source={rng.choice(['newsletter', 'twitter', 'fb'])}&utm_medium={rng.choice(['email', 'social', 'cpc'])}"
                     f"&utm_campaign=c{rng.randrange(1, 31)}")
        elif share < 0.17:
            path += f"?q={rng.randrange(1_000_000)}"
        method = "GET" if rng.random() < 0.97 else rng.choice(["POST", "HEAD"])
        status = 200 if rng.random() < 0.93 else rng.choice([301, 302, 404, 500])
        requests.append(f'"{method} {path} HTTP/1.1" {status} ')
    return assets, requests


def visitor(rng, common, rare, robots):
    """Returns the text before the time and after the size, which all lines of a visitor share."""
    share = rng.random()
    if share < 0.12:
        agent = rng.choice(robots)
    elif share < 0.75:
        agent = rng.choice(common)
    else:
        agent = rare[int(rng.random() ** 3 * len(rare))]
    if rng.random() < 0.1:
        address = f"2001:db8:{rng.getrandbits(16):x}:{rng.getrandbits(16):x}::{rng.randrange(1, 65536):x}"
    else:
        bits = rng.getrandbits(32)
        address = f"{1 + (bits >> 24) % 223}.{bits >> 16 & 255}.{bits >> 8 & 255}.{1 + bits % 254}"
    return f"{address} - - [", f' "https://example.com/" "{agent}"\n', f' "{rng.choice(REFERRERS)}" "{agent}"\n'


def write(lines, seed, days, path, share_of_assets=0.6):
    rng = random.Random(seed)
    common, rare, robots = agent_pools(rng)
    assets, requests = request_pools(rng)
    active = [visitor(rng, common, rare, robots) for _ in range(ACTIVE_VISITORS)]
    start = datetime.datetime(2026, 9, 1)
    number, step, second, stamp = rng.random, days * 86_400 / lines, -1, ""
    with open(path, "w", buffering=1 << 20) as log:
        for index in range(lines):
            if int(index * step) != second:
                second = int(index * step)
                stamp = (start + datetime.timedelta(seconds=second)).strftime("%d/%b/%Y:%H:%M:%S +0000] ")
            place = int(number() * ACTIVE_VISITORS)
            if number() < 1 / 14:
                active[place] = visitor(rng, common, rare, robots)
            head, asset_tail, page_tail = active[place]
            size = int(number() * 60_000)
            if number() < share_of_assets:
                log.write(f"{head}{stamp}{assets[int(number() * len(assets))]}{size}{asset_tail}")
            else:
                log.write(f"{head}{stamp}{requests[int(number() * len(requests))]}{size}{page_tail}")


if __name__ == "__main__":
    if len(sys.argv) not in (5, 6):
        sys.exit(__doc__)
    write(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4], *map(float, sys.argv[5:]))
