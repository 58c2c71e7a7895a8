"""Makes crowds for the random log: days of a site on either side of the thresholds that compare its visitors.

Yields requests; random_log.py writes them as lines.
"""
import collections
import math

from agents import OLD_FROM, PEOPLE

# Where none was sent, the referrer is `-`; OWN is any page of the site. If the log has no place for it, it is None.
NOTHING, OWN, OTHER = "-", "own", "https://friend.example/"
Request = collections.namedtuple("Request", "second person agent method target status referrer is_suspect")
Habit = collections.namedtuple("Habit", "several referrer")

HABITS = [Habit(several, referrer) for several in (False, True) for referrer in (NOTHING, OTHER, OWN)]
PAGES = ["/", "/about", "/post/1", "/post/2", "/shop/list", "/img/", "/images/tour.html", "/photo.html"]
# What a browser loads, as target, status and referrer; and what is no sign of one.
LOADED = [
    ("/app.css", 200, NOTHING), ("/img/a.png", 304, OWN), ("/favicon.ico", 200, OWN), ("/favicon.svg?v=2", 304, OTHER),
    ("/apple-touch-icon-120x120.png", 200, OWN), ("/%66avicon.ico", 200, NOTHING), ("/old/favicon.ico", 206, NOTHING),
]
SHAM = [
    ("/favicon.ico", 200, NOTHING), ("/favicon.ico", 404, OWN), ("/apple-touch-icon.png", 200, NOTHING),
    ("/app.css", 404, OWN), ("/img/a.png", 301, OWN), ("/feed.xml", 200, OWN), ("/robots.txt", 304, NOTHING),
]
# The same for hits. Some of them change the habit.
LOADED_HITS = [
    ("/img/12", 200, OWN), ("/a/Thumbs/x.php", 404, OWN), ("/about", 304, NOTHING), ("/report.pdf", 304, NOTHING),
    ("/icon/report.pdf", 200, OWN), ("/img/x.HTML", 200, OWN),
]
SHAM_HITS = [
    ("/img/12", 200, NOTHING), ("/images/1/2", 200, OTHER), ("/img/", 200, OWN), ("/avatar/me.md", 200, OWN),
    ("/imgs2/x", 200, OWN), ("/a/img", 200, OWN), ("/report.pdf", 200, OWN),
]


class Day:
    """What visitors do on a day, in seconds since it begins."""

    def __init__(self, rng, agents):
        self.rng = rng
        self.agents = agents
        self.requests = []
        self.people = 0

    def person(self, agent=None, is_suspect=False):
        """Returns a function that adds a request of a new visitor."""
        number, self.people = self.people, self.people + 1
        agent = self.rng.choice(self.agents) if agent is None else agent
        # Lines may end before the referrer if they have no user agent.
        has_referrers = agent or self.rng.random() < 0.5

        def ask(second, target, status=200, referrer=NOTHING, method="GET"):
            self.requests.append(Request(
                second, number, agent, method, target, status, referrer if has_referrers else None, is_suspect))

        return ask

    def visit(self, ask, habit, pages, signs=()):
        """Views pages with a habit, and shows signs of a browser, or of none."""
        rng, second = self.rng, self.rng.randrange(18_000)
        targets = pages[:1] if not habit.several else pages if len(pages) > 1 else pages * 2
        telling = rng.randrange(len(targets))
        for number, target in enumerate(targets):
            other = NOTHING if habit.referrer != OWN else rng.choice([NOTHING, OTHER])
            ask(second, target, 200, habit.referrer if number == telling else other)
            second += rng.choice([0, 3, 40, 900])
        for target, status, referrer in signs:
            ask(second, target, status, referrer)


def near(rng, number):
    return max(0, number + rng.choice([-1, 0, 0, 1]))


def people(day, loading, share, habits, agents):
    """Adds visitors most of whom load, as people do."""
    rng = day.rng
    for number in range(loading + math.ceil(loading * (1 / share - 1))):
        signs = [rng.choice(LOADED if number < loading else SHAM)] if number < loading or rng.random() < 0.2 else []
        day.visit(day.person(rng.choice(agents)), rng.choice(habits), rng.sample(PAGES[:5], rng.choice([1, 2, 3])), signs)
    for _ in range(rng.choice([0, 1, 6])):
        day.visit(
            day.person(rng.choice(agents)), rng.choice(habits), rng.sample(PAGES, 2),
            [rng.choice(rng.choice([LOADED_HITS, SHAM_HITS]))])


def group(day, agents, habits, count, loading):
    """Adds visitors of whom few load. Most of them may view one page."""
    rng = day.rng
    page, kind = f"/shared/{rng.randrange(100)}", rng.choice(["own", "own", "any", "bare", "parts"])
    silent = count - loading
    together = rng.choice([silent, silent // 2, silent // 2 + 1])
    for number in range(count):
        pages = [f"/story/{number}-{view}" for view in range(rng.choice([2, 2, 3]))]
        if kind == "any":
            pages = rng.sample(PAGES, 3)
        elif kind != "own" and number < together:
            pages[0] = page
        signs = [rng.choice(LOADED)] if number >= silent else [rng.choice(SHAM[:6])] if rng.random() < 0.1 else []
        if rng.random() < 0.01:
            signs.append(SHAM[-1])
        day.visit(day.person(agents[number % len(agents)]), rng.choice(habits), pages, signs)
    if kind == "parts":
        loads = rng.choice([4, 5, 6, 7])
        for number in range(loads + near(rng, loads)):
            ask = day.person(rng.choice(day.agents))
            day.visit(ask, rng.choice(HABITS), [page, page], [LOADED[0]] if number < loads else [])


def crowd(day):
    """People, and groups that may be fleets beside them."""
    rng = day.rng
    rng.shuffle(day.agents)
    own, others = day.agents[:3], day.agents[3:]
    kinds = rng.choice([["client"], ["client", "habit"], ["habit"], ["mixed"], ["mixed", "client"], ["client", "client"]])
    habits = rng.choice([HABITS, HABITS, [Habit(True, OWN), Habit(True, OWN), Habit(False, OTHER)], [Habit(True, OWN)]])
    share = rng.choice([1, 1, 0.9, 0.8, 0.75, 0.6, 0.5, 0.45])
    people(day, rng.choice([0, 9, 10, 11, 14, 24, 40]), share, habits, rng.choice([others, day.agents]))
    for kind, agent in zip(kinds, own):
        count = rng.choice([19, 20, 21, 30, 40, 60])
        if kind == "client":
            few = rng.choice([HABITS, rng.sample(HABITS, 2)])
            group(day, [agent], few, count, rng.choice([0, near(rng, count // 20)]))
        elif kind == "habit":
            habit = rng.choice(HABITS)
            people(day, rng.choice([2, 5, 12]), 1, [each for each in HABITS if each != habit], [agent])
            group(day, [agent], [habit], count, rng.choice([0, near(rng, count // 20)]))
        else:
            people(day, rng.choice([9, 10, 12]), rng.choice([1, 0.8, 0.75, 0.74]), [Habit(True, OWN)], others)
            group(day, others, [Habit(True, NOTHING)], rng.choice([99, 100, 101, 130]), rng.choice([0, 3, 9, 10, 11, 20]))


def in_a_row(day, ask, requests, seconds):
    """Asks for pages with their referrers, evenly within these seconds from first to last."""
    start = day.rng.randrange(18_000)
    for number, (target, referrer) in enumerate(requests):
        ask(start + seconds * number // max(1, len(requests) - 1), target, 200, referrer)


def shop(day):
    """A shop whose things have a path of a kind, loaded as parts of pages, or of nothing."""
    rng, ask = day.rng, day.person()
    pages = rng.choice([1, 2, 3, 20, 33, 34, 50, 99, 100])
    parts = max(2 * pages + rng.choice([-1, 0, 1]), 100 - pages + rng.choice([-1, 0, 1]))
    strange = near(rng, parts * 3 // 10)
    seconds = sorted(rng.randrange(6, 50) for _ in range(pages))
    if rng.random() < 0.5:
        seconds = [second // 10 * 10 + 6 for second in seconds]
    listed = rng.choice(["/list", "/list/{0}", "/goods/all-{1}"])
    for number, second in enumerate(seconds):
        ask(second, listed.format(number, "abcdefghijklmnopqrstuvwxyz"[number % 26] * (number // 26 + 1)), 200, NOTHING)
    for number in range(parts):
        second, referrer = rng.choice(seconds) + rng.choice([0, 1, 4, 5]), rng.choice([OWN, OTHER])
        if number < strange:
            second, referrer = rng.choice([(second, NOTHING), (rng.randrange(6), referrer)])
        ask(second, f"/thing/{number % 40}/small", 200, referrer)


def fast(day):
    """Visitors that view faster than people, or nearly."""
    rng, kind = day.rng, day.rng.randrange(5)
    ask = day.person()
    if kind == 0:
        pictures = [(f"/image/{number % 30}", rng.choice([NOTHING, OTHER])) for number in range(rng.choice([598, 599, 600]))]
        in_a_row(day, ask, pictures + [("/", NOTHING)], rng.choice([59, 60]))
    elif kind == 1:
        requests = [(f"/post/{number}", rng.choice([NOTHING, OTHER, OWN])) for number in range(rng.choice([99, 100, 101]))]
        in_a_row(day, ask, requests + [("/img/7", OTHER)] * rng.choice([0, 20]), rng.choice([50, 59, 60]))
    elif kind == 2:
        ask(0, *rng.choice(LOADED))
        requests = [(rng.choice(PAGES[:5]), rng.choice([NOTHING, OTHER])) for _ in range(rng.choice([199, 200, 201]))]
        for _ in range(rng.choice([0, 1, 30])):
            requests.insert(rng.randrange(1, len(requests)), (rng.choice(["/", "/img/7"]), OWN))
        in_a_row(day, ask, requests, rng.choice([29, 30]))
    elif kind == 3:
        in_a_row(day, ask, [(rng.choice(["/", "/img/7"]), OTHER)] * rng.choice([199, 200, 201]), rng.choice([3599, 3600]))
    else:
        shop(day)


def silent(day):
    """Visitors that load nothing, and are robots if people or somebody load."""
    rng = day.rng
    pages = [(f"/many/{number}", 200, NOTHING) for number in range(rng.choice([18, 19, 20]))]
    day.visit(day.person(), Habit(True, OTHER), ["/", "/about"], pages + [rng.choice(SHAM_HITS[:2])] * 3)
    for _ in range(3):
        day.visit(
            day.person(is_suspect=True), rng.choice(HABITS), rng.sample(PAGES, 2), [rng.choice(LOADED + SHAM[:6] * 2)])
        day.visit(
            day.person(rng.choice(list(OLD_FROM))), rng.choice(HABITS), rng.sample(PAGES, 2),
            [rng.choice(LOADED + SHAM[:6] * 2)])


def alone(day):
    """People, nearly people or nobody who loads, and single robots among them."""
    rng = day.rng
    loading = rng.choice([0, 0, 1, 9, 10, 20])
    people(day, loading, rng.choice([1, 0.9, 0.75, 0.74]), [Habit(True, referrer) for referrer in (NOTHING, OTHER, OWN)],
           day.agents)
    for _ in range(2):
        fast(day)
    silent(day)


def requests(rng, number, may_lack_agent):
    """Returns what the visitors of a day do."""
    day = Day(rng, [agent for agent in PEOPLE if agent or may_lack_agent])
    (alone if number % 3 == 2 else crowd)(day)
    return day.requests
