"""Made-up crowds of people, and fleets of robots beside them, as lines of a log. The same seed makes the same lines.

People are active in the hours before noon and fleets after it, so that the statistics show who is left; no rule asks
for the hour. `SITE` in a line stands for the host.
"""
import dataclasses
import random

DAY = "14/May/2025"
# Addresses for people, for fleets, and for visitors from networks that the operator suspects.
PEOPLE, FLEET, SUSPECT = "198.18", "198.19", "100.64"
SUSPECT_NETWORKS = "100.64.0.0/16\n"
PAGES = ["/"] + [f"/articles/{number}" for number in range(1, 60)]
# Few pages get most views.
PAGE_WEIGHTS = [1 / (rank + 2) for rank in range(len(PAGES))]

KHTML = "AppleWebKit/537.36 (KHTML, like Gecko)"
WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
WINDOWS = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KHTML} Chrome/%d.0.0.0 Safari/537.36"
MAC = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {KHTML} Chrome/%d.0.0.0 Safari/537.36"
LINUX = f"Mozilla/5.0 (X11; Linux x86_64) {KHTML} Chrome/%d.0.0.0 Safari/537.36"
CHROME_OS = f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {KHTML} Chrome/%d.0.0.0 Safari/537.36"
ANDROID = f"Mozilla/5.0 (Linux; Android 10; K) {KHTML} Chrome/%d.0.0.0 Mobile Safari/537.36"
SAMSUNG = f"Mozilla/5.0 (Linux; Android 10; K) {KHTML} SamsungBrowser/%d.0 Chrome/125.0.0.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS %s like Mac OS X) " + WEBKIT + " Version/%s Mobile/15E148 Safari/604.1"
IPAD = "Mozilla/5.0 (iPad; CPU OS %s like Mac OS X) " + WEBKIT + " Version/%s Mobile/15E148 Safari/604.1"
IPHONE_APP = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_3_2 like Mac OS X) " + WEBKIT + " %s Mobile/15E148 Safari/604.1"
SAFARI = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/%s Safari/605.1.15"
FIREFOX = "Mozilla/5.0 (%s; rv:%d.0) Gecko/20100101 Firefox/%d.0"

# Browsers with their weights. The shares of phones, Safari, Edge and Samsung's browser to each other are those of a
# sample of real traffic in April 2025 (Intoli's, in fake-useragent 2.2.0), rounded. It hardly contains Chrome on Windows
# and Firefox; these have assumed shares. The last four are too old for the day, 0.4 % in all, which is assumed, too.
BROWSERS = [
    (WINDOWS % 136, 15), (WINDOWS % 135, 5), (WINDOWS % 134, 2), (WINDOWS % 109, 0.6),
    (WINDOWS % 135 + " Edg/135.0.0.0", 6), (WINDOWS % 136 + " Edg/136.0.0.0", 3),
    (WINDOWS % 132 + " OPR/117.0.0.0", 0.8), (MAC % 136, 5), (MAC % 134, 2), (MAC % 135 + " Edg/135.0.0.0", 0.3),
    (LINUX % 135, 1), (CHROME_OS % 134, 1.2), (ANDROID % 136, 14), (ANDROID % 135, 6), (ANDROID % 131, 2),
    (ANDROID.replace("Mobile ", "") % 135, 0.8), (SAMSUNG % 27, 2.2), (SAMSUNG % 26, 0.5),
    (IPHONE % ("18_4", "18.4"), 8), (IPHONE % ("18_3_2", "18.3.1"), 4), (IPHONE % ("17_6_1", "17.6"), 2),
    (IPHONE % ("16_6", "16.6"), 0.8), (IPHONE % ("15_8", "15.6"), 0.4), (IPAD % ("18_3_2", "18.3.1"), 0.4),
    (IPHONE_APP % "GSA/363.0.743255906", 4), (IPHONE_APP % "CriOS/135.0.7049.53", 2.2), (IPHONE_APP % "FxiOS/137.0", 0.2),
    (SAFARI % "18.3.1", 3), (SAFARI % "18.4", 2), (SAFARI % "17.6", 1), (SAFARI % "15.4", 0.2),
    (FIREFOX % ("Windows NT 10.0; Win64; x64", 138, 138), 2), (FIREFOX % ("Windows NT 10.0; Win64; x64", 128, 128), 0.5),
    (FIREFOX % ("Macintosh; Intel Mac OS X 10.15", 138, 138), 0.5), (FIREFOX % ("X11; Linux x86_64", 138, 138), 0.6),
    (f"Mozilla/5.0 (Windows NT 6.1; Win64; x64) {KHTML} Chrome/49.0.2623.112 Safari/537.36", 0.1),
    ("Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", 0.1),
    (IPHONE % ("9_3_5", "9.0"), 0.1), (f"Mozilla/5.0 (Linux; Android 7.0; SM-G930V) {KHTML} Chrome/59.0.3071.125 Mobile "
                                      "Safari/537.36", 0.1),
]
COMMON, RARE = BROWSERS[0][0], LINUX % 135
TEN = [WINDOWS % 120, WINDOWS % 124, WINDOWS % 131, MAC % 119, MAC % 126, LINUX % 120, SAFARI % "17.4",
       FIREFOX % ("Windows NT 10.0; Win64; x64", 121, 121), FIREFOX % ("X11; Linux x86_64", 115, 115),
       WINDOWS % 122 + " Edg/122.0.0.0"]
TEN_OLD = [WINDOWS % version for version in range(60, 78, 2)] + [MAC % 72]

# How often people view one page only, and what the best referrer is that they send, by whether they view several.
ONE_PAGE = 0.65
REFERRERS = {False: {"none": 0.35, "other": 0.55, "own": 0.10}, True: {"none": 0.10, "other": 0.05, "own": 0.85}}
# What share of them loads parts of pages.
LOADING = {(False, "none"): 0.75, (False, "other"): 0.90, (False, "own"): 0.80, (True, "none"): 0.80,
           (True, "other"): 0.85, (True, "own"): 0.95}
SEARCH = "https://www.google.com/"


@dataclasses.dataclass
class Visitor:
    """What a visitor sends: the pages in order, each with its referrer."""

    agent: str
    pages: list
    referrers: list
    loads: bool
    network: str = PEOPLE


def draw(random, weighted):
    """Returns one of the keys of a mapping to weights."""
    return random.choices(list(weighted), list(weighted.values()))[0]


def any_browser(random):
    return random.choices(BROWSERS, [weight for _, weight in BROWSERS])[0][0]


def referrers(referrer, views):
    """Returns the referrers of views, of which the best is the given one: none, other, search or own."""
    if referrer == "none":
        return ["-"] * views
    if referrer == "own":
        return ["https://SITE/"] if views == 1 else [SEARCH] + ["https://SITE/"] * (views - 1)
    return [SEARCH] + ["-"] * (views - 1) if referrer == "other" else [SEARCH] * views


def person(random, agent=None, views=None, referrer=None, page=None, loading=None):
    """Returns a person with the usual habits, but for those that are given. `loading` multiplies the usual share."""
    if views is None:
        views = 1 if random.random() < ONE_PAGE else min(15, 2 + int(random.expovariate(1 / 2.5)))
    referrer = referrer or draw(random, REFERRERS[views > 1])
    share = LOADING[views > 1, referrer] * (1 if loading is None else loading)
    pages = [page] * views if page else random.choices(PAGES, PAGE_WEIGHTS, k=views)
    return Visitor(agent or any_browser(random), pages, referrers(referrer, views), random.random() < share)


def people(random, count, **habits):
    return [person(random, **habits) for _ in range(count)]


def fleet(random, count, agents, views, referrer, page=None, network=FLEET):
    """Returns robots that only fetch pages, different ones if there are several."""
    return [
        Visitor(agents(random), [page] if page else random.sample(PAGES, views), referrers(referrer, views), False, network)
        for _ in range(count)]


def lines(visitors, seed, first_hour):
    """Returns the lines of visitors, who are active in the twelve hours from the given one on."""
    chance = random.Random(seed)
    written = []
    for number, visitor in enumerate(visitors):
        address = f"{visitor.network}.{number >> 8}.{number & 255}"
        hour, second = first_hour + chance.randrange(12), chance.randrange(1_500)
        for page, referrer in zip(visitor.pages, visitor.referrers):
            written.append(line(address, hour, second, page, referrer, visitor.agent))
            second += chance.randrange(30, 90)
        if visitor.loads:
            written.append(line(address, hour, second, "/style.css", f"https://SITE{visitor.pages[0]}", visitor.agent))
    return "".join(written)


def line(address, hour, second, page, referrer, agent):
    clock = f"{DAY}:{hour:02}:{second // 60:02}:{second % 60:02} +0000"
    return f'SITE:443 {address} - - [{clock}] "GET {page} HTTP/1.1" 200 4321 "{referrer}" "{agent}"\n'
