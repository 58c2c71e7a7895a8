"""Makes crowds for the random log: days of a site on either side of the thresholds that compare its visitors.

Yields requests; random_log.py writes them as lines.
"""
import collections

from agents import OLD_FROM, PEOPLE

# Where none was sent, the referrer is `-`; OWN is any page of the site. If the log has no place for it, it is None.
NOTHING, OWN, OTHER = "-", "own", "https://friend.example/"
Request = collections.namedtuple("Request", "second person agent method target status referrer is_suspect")
Habit = collections.namedtuple("Habit", "several referrer")

HABITS = [Habit(several, referrer) for several in (False, True) for referrer in (NOTHING, OTHER, OWN)]
PAGES = ["/", "/about", "/post/1", "/post/2", "/shop/list", "/img/", "/images/tour.html", "/photo.html"]
# What a browser loads, as target, status and referrer; and what is no sign of one. `{host}` is the site's.
LOADED = [
    ("/app.css", 200, NOTHING), ("/img/a.png", 304, OWN), ("/favicon.ico", 200, OWN), ("/favicon.svg?v=2", 304, OTHER),
    ("/apple-touch-icon-120x120.png", 200, OWN), ("/%66avicon.ico", 200, NOTHING), ("/old/favicon.ico", 206, NOTHING),
    ("http://{host}/favicon.ico", 200, NOTHING),
]
SHAM = [
    ("/favicon.ico", 200, NOTHING), ("/favicon.svg", 304, NOTHING), ("/apple-touch-icon.png", 200, NOTHING),
    ("/app.css", 500, OWN), ("/img/a.png", 301, OWN), ("/feed.xml", 200, OWN), ("/robots.txt", 304, NOTHING),
]
# The same for hits; what is missing is an event, too. Some of them change the habit.
LOADED_HITS = [
    ("/img/12", 200, OWN), ("/a/Thumbs/x.php", 404, OWN), ("/about", 304, NOTHING), ("/report.pdf", 304, NOTHING),
    ("/icon/report.pdf", 200, OWN), ("/img/x.HTML", 200, OWN),
]
SHAM_HITS = [
    ("/img/12", 200, NOTHING), ("/images/1/2", 200, OTHER), ("/img/", 200, OWN), ("/avatar/me.md", 200, OWN),
    ("/imgs2/x", 200, OWN), ("/a/img", 200, OWN), ("/report.pdf", 200, OWN), ("/favicon.ico", 404, OWN),
]


class Day:
    """What visitors do on a day, in seconds since it begins."""

    def __init__(self, rng, turn, agents):
        self.rng = rng
        self.turn = turn
        self.agents = agents
        self.requests = []
        self.people = 0

    def next(self, choices):
        """Returns the choices in turn, one on each day that does the same."""
        return choices[self.turn % len(choices)]

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


def people(day, loading, silent, habits, agents):
    """Adds visitors most of whom load, as people do."""
    rng = day.rng
    for number in range(loading + silent):
        signs = [rng.choice(LOADED if number < loading else SHAM[:6])] if number < loading or rng.random() < 0.2 else []
        day.visit(day.person(rng.choice(agents)), rng.choice(habits), rng.sample(PAGES[:5], rng.choice([1, 2, 3])), signs)


def strangers(day, agents):
    """Adds visitors whose hits are a sign of a browser, or look like one."""
    for _ in range(6):
        signs = [day.rng.choice(day.rng.choice([LOADED_HITS, SHAM_HITS]))]
        day.visit(day.person(day.rng.choice(agents)), day.rng.choice(HABITS), day.rng.sample(PAGES, 2), signs)


def group(day, agents, habits, count, loading, kind="own"):
    """Adds visitors of whom few load. They view pages of their own, or any, or most of them share one."""
    rng = day.rng
    page = f"/shared/{rng.randrange(100)}"
    silent = count - loading
    together = day.next([silent // 2 + 1, silent, silent // 2])
    for number in range(count):
        pages = [f"/story/{number}-{view}" for view in range(rng.choice([2, 2, 3]))]
        if kind == "any":
            pages = rng.sample(PAGES, 3)
        elif kind == "shared" and number < together:
            pages[0] = page
        signs = [rng.choice(LOADED)] if number >= silent else [rng.choice(SHAM[:6])] if rng.random() < 0.1 else []
        if count < 99 and rng.random() < 0.005:
            signs.append(SHAM[-1])
        day.visit(day.person(agents[number % len(agents)]), rng.choice(habits), pages, signs)
    if kind == "shared":
        # Who loads nothing has an agent of others, or one that hardly anybody has.
        loads = day.next([5, 4, 6, 5, 0])
        for number in range(loads + near(rng, loads)):
            ask = day.person(rng.choice(day.agents[:3] if rng.random() < 0.1 else day.agents[3:]))
            day.visit(ask, rng.choice(HABITS), [page, page], [LOADED[0]] if number < loads else [])


def fleet(day, own, others):
    """One program with many addresses, or nearly."""
    rng = day.rng
    people(day, *day.next([(36, 0), (27, 3), (24, 0)]), rng.sample(HABITS, day.next([2, 1])), others)
    count, loading = day.next([(20, 0), (20, 1), (19, 0), (40, 2), (20, 1), (40, 3), (21, 1)])
    group(day, own[:1], HABITS, count, loading)


def few_people(day, own, others):
    """A fleet beside just enough people who load, or too few."""
    rng = day.rng
    people(day, day.next([10, 9, 11]), rng.choice([0, 3]), [rng.choice(HABITS)], others)
    group(day, own[:1], HABITS, 30, 0)


def lazy_people(day, own, others):
    """A fleet that does what half of the people who do the same do not load for, or nearly half; or few do the same."""
    rng = day.rng
    habit = Habit(False, OTHER)
    loading, known = day.next([(12, 24), (24, 49), (5, 10), (4, 9), (11, 24), (6, 11)])
    people(day, loading, known - loading, [habit], others)
    people(day, 24, rng.choice([0, 6]), [Habit(True, OWN), Habit(False, NOTHING)], others)
    group(day, own[:1], [habit, habit, habit, rng.choice(HABITS)], day.next([60, 33, 32, 34]), day.next([0, 0, 1, 0, 3]))


def habitual(day, own, others):
    """A fleet with the agent of people who do something else."""
    rng = day.rng
    habit, count = rng.choice(HABITS), rng.choice([19, 20, 21, 40])
    people(day, 24, rng.choice([0, 4]), [habit, rng.choice(HABITS)], others)
    people(day, rng.choice([2, 5, 12]), 0, [each for each in HABITS if each != habit], own[:1])
    group(day, own[:1], [habit], count, rng.choice([0, 0, 1, count // 20]), rng.choice(["own", "any", "shared"]))


def mixed(day, own, others):
    """A fleet that calls itself anything."""
    rng = day.rng
    others = [agent for agent in others if agent]
    count, loading, *followers = day.next([
        (100, 0, 20, 0), (99, 0, 20, 0), (100, 10, 20, 0), (100, 0, 12, 4), (100, 9, 20, 0), (100, 0, 10, 0), (100, 0, 9, 0),
        (100, 0, 12, 5)])
    people(day, *followers, [Habit(True, OWN)], others)
    people(day, 6, 0, [Habit(False, OTHER)], others)
    group(day, others, [Habit(True, NOTHING)], count, loading)
    if followers == [20, 0] and rng.random() < 0.5:
        group(day, own[:1], [Habit(True, NOTHING)], 20, 0, "shared")


def sharing(day, own, others):
    """A fleet that views one page, which has parts, or none, or nobody knows."""
    people(day, 24, 0, day.rng.sample(HABITS, 2), others)
    group(day, own[:1], HABITS, 30, 0, "shared")
    # Few silent ones of one client are not asked what people do.
    people(day, 0, day.rng.choice([3, 4, 5, 6]), HABITS, own[1:2])
    people(day, 0, day.rng.choice([4, 5, 6]), [day.rng.choice(HABITS)], own[2:3])


CROWDS = [fleet, mixed, sharing, few_people, lazy_people, habitual]


def crowd(day, kind):
    """People, and a group beside them that may be a fleet."""
    day.rng.shuffle(day.agents)
    CROWDS[kind](day, day.agents[:3], day.agents[3:])
    if day.rng.random() < 0.2:
        strangers(day, day.agents[3:])


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
    strange = parts * 3 // 10 + rng.choice([-5, 0, 1])
    seconds, delays = sorted(rng.randrange(6, 50) for _ in range(pages)), [0, 1, 4, 5]
    is_even = rng.random() < 0.6
    if is_even:
        # A part of one page is long before the next.
        seconds, delays = [second // 20 * 20 + 6 for second in seconds], [5]
    listed = rng.choice(["/list", "/list/{0}", "/goods/all-{1}"])
    for number, second in enumerate(seconds):
        ask(second, listed.format(number, "abcdefghijklmnopqrstuvwxyz"[number % 26] * (number // 26 + 1)), 200, NOTHING)
    for number in range(parts):
        second, referrer = rng.choice(seconds) + rng.choice(delays), rng.choice([OWN, OTHER])
        if number < strange:
            second, referrer = rng.choice([(second, NOTHING), (second + 1 if is_even else rng.randrange(6), referrer)])
        ask(second, f"/thing/{number % 40}/small", 200, referrer)


def fast(day, kind):
    """Visitors that view faster than people, or nearly."""
    rng, ask = day.rng, day.person()
    if kind == 0:
        count, seconds = day.next([(600, 59), (599, 59), (600, 60)])
        in_a_row(day, ask, [(f"/image/{number % 30}", rng.choice([NOTHING, OTHER])) for number in range(count)], seconds)
    elif kind == 1:
        count, seconds = day.next([(100, 60), (100, 59), (99, 59), (101, 60)])
        requests = [(f"/post/{number}", rng.choice([NOTHING, OTHER, OWN])) for number in range(count)]
        requests[9:9] = [("/img/7", OTHER)] * rng.choice([0, 20])
        in_a_row(day, ask, requests, seconds)
    elif kind == 2:
        count, seconds = day.next([(200, 29), (199, 29), (200, 30)])
        requests = [(rng.choice(PAGES[:5]), rng.choice([NOTHING, OTHER])) for _ in range(count)]
        requests[9:9] = [(rng.choice(["/", "/img/7"]), OWN)] * day.next([1, 30, 0])
        in_a_row(day, ask, requests, seconds)
        ask(0, *rng.choice(LOADED + [SHAM[-1]] * 7))
    elif kind == 3:
        count, seconds = day.next([(200, 3600), (200, 3599), (199, 3599), (201, 3600)])
        in_a_row(day, ask, [(rng.choice(["/", "/img/7"]), OTHER)] * count, seconds)
    else:
        shop(day)


def silent(day):
    """Visitors that load nothing, and are robots if people or somebody load."""
    rng = day.rng
    pages = [(f"/many/{number}", 200, NOTHING) for number in range(rng.choice([17, 18, 19]))]
    day.visit(day.person(), Habit(True, OTHER), ["/", "/about"], pages + [SHAM_HITS[0]] * 3)
    for _ in range(4):
        habit = rng.choice(HABITS[:3])
        signs = [rng.choice(LOADED[:3] + SHAM[:6])]
        day.visit(day.person(is_suspect=True), habit, rng.sample(PAGES, 2), signs)
        day.visit(day.person(rng.choice(list(OLD_FROM))), habit, rng.sample(PAGES, 2), signs)


PEOPLE_AND_OTHERS = [(12, 3), (10, 0), (1, 5), (9, 0), (12, 4), (10, 2), (0, 5), (11, 3)]


def alone(day, number):
    """People, nearly people or nobody who loads, and single robots among them."""
    rng = day.rng
    counts = day.next(PEOPLE_AND_OTHERS) if number % 2 else (rng.choice([24, 30]), 0)
    people(day, *counts, [Habit(True, referrer) for referrer in (NOTHING, OTHER, OWN)], day.agents)
    if number % 2 == 0:
        for kind in (4, 4, number // 2 % 4):
            fast(day, kind)
    elif counts[0] < 9:
        fast(day, 3)
    silent(day)


def requests(rng, number, may_lack_agent):
    """Returns what the visitors of a day do; days have numbers, and do all kinds of things in turn."""
    agents = [agent for agent in PEOPLE if agent or may_lack_agent]
    if number % 3 == 2:
        day = Day(rng, number // 6, agents)
        alone(day, number // 3)
    else:
        turn, kind = divmod(number // 3 * 2 + number % 3, len(CROWDS))
        day = Day(rng, turn, agents)
        crowd(day, kind)
    return day.requests
