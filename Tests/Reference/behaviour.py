"""Who is a robot and what robots do, by the rules of docs/robots.md."""
import collections
import fractions
import functools
import ipaddress
import math

from agents import NETWORKS, OTHER_NETWORKS, SIGNERS
import cleaning

# The paths of the random log that scanners request, classified by hand: no list is read here.
NOBODYS = {"/.env", "/.git/config", "/wp-config.php~"}
# Paths, and what is left of them in the names of pages.
ELSEWHERE = {"/wp-login.php", "/tree/main/.env", "/blog/wp-admin/", "/blog/wp-admin", "/phpMyAdmin/index.php", "/phpMyAdmin"}
NOT_WRONG = {"401", "407", "408", "429"}
# The last rule depends on who else is a robot by the others.
RULES = ["probes", "robots_txt", "rate", "one_page", "errors", "no_assets", "network", "stale"]

# How many robots, and how many pages of robots, a day keeps.
ROBOTS_KEPT, PAGES_KEPT = 500, 5000

Robot = collections.namedtuple("Robot", "name operator kind identity outcome")


def robot(verdict, address, signature):
    """Returns the robot that sent a line, given the verdict on its user agent; None for a person."""
    if signature in SIGNERS:
        return Robot(*SIGNERS[signature], "signed", "bot(signature)")
    if len(verdict) == 3:
        return Robot(*identified(verdict, address), "bot(user_agent)")
    listed = next((known for known, networks in NETWORKS if is_in(networks, address)), None)
    if listed:
        return Robot(*listed, "verified", "bot(address)")
    return Robot("(listed address)", "", "other_bot", "listed", "bot(address)") if is_in(OTHER_NETWORKS, address) else None


def identified(verdict, address):
    """Returns the name, operator and class of a robot by its user agent, and how well its address confirms them."""
    name, operator, kind = verdict
    own = [networks for known, networks in NETWORKS if known[0] == name]
    of_operator = [networks for known, networks in NETWORKS if operator and known[1] == operator]
    if any(is_in(networks, address) for networks in own + of_operator):
        return name, operator, kind, "verified"
    return (name, "", "scanner", "forged") if own else (name, operator, kind, "claimed")


def is_in(networks, address):
    return any(contains(network, address) for network in networks)


@functools.cache
def contains(network, address):
    return not address.startswith("name ") and ipaddress.ip_address(address) in ipaddress.ip_network(network)


class RobotDay:
    """What all robots fetched on one day from one site."""

    def __init__(self):
        self.fetched = collections.defaultdict(lambda: [0, 0])  # robot, page, thing, answer -> requests and bytes
        self.polled = collections.Counter()  # (page, name) -> requests for a feed
        self.readers = collections.defaultdict(dict)  # (page, name) -> reader -> how many people it fetches for

    def add(self, robot, page, thing, answer, size, reader):
        """Adds a request. The reader of a feed is how many people it fetches for, and who of that name it is."""
        sums = self.fetched[robot, page, thing, answer]
        sums[0] += 1
        sums[1] += size
        if thing == "feed" and answer in ("ok", "not_modified") and reader:
            count, who = reader
            self.polled[page, robot.name] += 1
            readers = self.readers[page, robot.name]
            readers[who] = max(count, readers.get(who, 0))

    def rows(self):
        """Returns dimension and value -> requests, readers and bytes."""
        names, pages, rows = collections.Counter(), collections.Counter(), collections.defaultdict(lambda: [0, 0, 0])

        def add(dimension, parts, requests, readers, size):
            row = rows[dimension, "\x1f".join(parts)]
            row[:] = [row[0] + requests, row[1] + readers, row[2] + size]

        for (robot, page, _, _), (requests, _) in self.fetched.items():
            names[robot.name] += requests
            pages[robot.name, page] += requests
        kept_names, kept_pages = most(names, ROBOTS_KEPT), most(pages, PAGES_KEPT)
        for (robot, page, thing, answer), (requests, size) in self.fetched.items():
            name, operator = (robot.name, robot.operator) if robot.name in kept_names else ("(other)", "")
            shown = page if robot.name in kept_names and (robot.name, page) in kept_pages else "(other)"
            add("robot_class", [robot.kind], requests, 0, 0)
            add("robot", [name, operator, robot.kind, robot.identity, thing, answer], requests, 0, size)
            add("robot_page", [name, robot.kind, shown, thing, answer], requests, 0, size)
        for (page, name), requests in self.polled.items():
            readers = sum(self.readers[page, name].values())
            add("feed", [page, name if name in kept_names else "(other)"], requests, readers, 0)
        return rows


def most(counts, limit):
    """Returns the keys with the highest counts, among equals the first ones in order."""
    return set(sorted(counts, key=lambda key: (-counts[key], key))[:limit])


def is_served(status):
    return status.startswith("2") or status == "304"


def is_wrong(status):
    return status.startswith("4") and status not in NOT_WRONG and status < "499"


def signal(method, logged, path, fields):
    """Returns what a line that is not a hit says about its visitor."""
    status = fields["status"]
    is_asset = method == "GET" and cleaning.is_asset(path)
    if is_asset and cleaning.is_part(path) and is_served(status):
        if not logged.startswith(cleaning.ICONS):
            return "asset"
        return None if lacks_referrer(fields) else "icon"
    page = cleaning.page(path) if path.startswith("/") else ""
    if page == "/robots.txt":
        return "robots_txt"
    if page in NOBODYS or page in ELSEWHERE and is_wrong(status):
        return "probe"
    return "refusal" if is_wrong(status) and not is_asset else None


def lacks_referrer(fields):
    """Returns whether a line has a place for the referrer, and none was sent."""
    return fields["has_referrer"] and fields["referrer"] in ("", "-")


# What a visitor that views the site is compared by: whether it views more than one page, and its best referrer.
Habit = collections.namedtuple("Habit", "several referrer")


def is_picture(hit):
    """Returns whether a hit is a picture without an extension. The name of its page may have lost its end."""
    return cleaning.is_picture(hit.page) and not hit.ends_like_page


class VisitorDay:
    """Everything that one visitor did on one day on one site."""

    def __init__(self, client):
        self.client = client
        self.hits = []
        self.lost = []
        self.signals = collections.Counter()

    @functools.cached_property
    def views(self):
        return [hit for hit in self.hits if hit.kind == 0]

    @functools.cached_property
    def loads_parts(self):
        every = self.hits + self.lost
        return self.signals["asset"] > 0 or any(
            hit.is_copy or hit.referrer == "own" and is_picture(hit) for hit in every)

    @property
    def loads(self):
        return self.loads_parts or self.signals["icon"] > 0

    @functools.cached_property
    def habit(self):
        sent = {hit.referrer for hit in self.hits + self.lost}
        return Habit(len(self.views) > 1, "own" if "own" in sent else "none" if sent == {"none"} else "other")

    @functools.cached_property
    def alone(self):
        """The first rule that makes it a robot whatever others do."""
        return self.verdict(people_load=False, somebody_loads=False)

    def verdict(self, people_load, somebody_loads):
        """Returns the first rule that makes it a robot, but for fleets."""
        hits = self.hits + self.lost
        seen = {hit.page for hit in self.views}
        lost = {hit.page for hit in self.lost}
        pages = {page for page in seen if not cleaning.is_picture(page)}
        probes = seen & NOBODYS or lost & (NOBODYS | ELSEWHERE)
        errors = len(lost) + self.signals["refusal"]
        found = {
            "probes": bool(probes or self.signals["probe"]),
            "rate": views_faster_than_browsers(self.views),
        }
        if not self.loads:
            found |= {
                "robots_txt": self.signals["robots_txt"] > 0,
                "rate": found["rate"] or views_too_fast(self.views),
                "one_page": people_load and any(
                    busiest([hit for hit in self.views if hit.page == page], 3600) >= 200 for page in seen),
                "errors": errors >= 10 and errors >= 4 * len(self.views),
                "no_assets": people_load and len(pages) >= 20,
                "network": people_load and any(hit.is_suspect for hit in hits),
                "stale": somebody_loads and self.habit.referrer == "none" and any(hit.is_old for hit in hits),
            }
        # Whoever is faster than browsers is so even before it is asked for robots.txt.
        rules = ["probes", "rate", *RULES] if views_faster_than_browsers(self.views) else RULES
        return next((rule for rule in rules if found.get(rule)), None)


def busiest(hits, seconds):
    """Returns the most hits within this many seconds."""
    times = collections.Counter(hit.instant for hit in hits)
    return max((sum(times[time] for time in times if 0 <= time - first < seconds) for first in times), default=0)


def views_faster_than_browsers(views):
    return busiest([hit for hit in views if hit.referrer != "own" and not is_picture(hit)], 30) >= 200


def views_too_fast(views):
    pages = [hit for hit in views if not is_picture(hit)]
    return busiest(views, 60) >= 600 or busiest(pages, 60) >= 100 and busiest(without_parts(pages), 60) >= 100


def without_parts(views):
    """Returns the views without those of one kind that are parts of the others, each soon after one of them."""
    kinds = collections.Counter(cleaning.stem(hit.page) for hit in views)
    most, count = kinds.most_common(1)[0]
    parts = [hit for hit in views if cleaning.stem(hit.page) == most]
    others = [hit for hit in views if cleaning.stem(hit.page) != most]
    soon = [hit for hit in parts if hit.referrer != "none" and any(0 <= hit.instant - one.instant <= 5 for one in others)]
    are_parts = count >= 8 and len(others) >= 2 and count >= 2 * len(others) and 10 * len(soon) >= 7 * count
    return others if are_parts else views


MIXED = Habit(True, "none"), Habit(True, "other")


class Crowd:
    """All visitors of one day on one site, compared with each other to find fleets: one program behind many addresses."""

    def __init__(self, visitors):
        self.viewers = [one for one in visitors if one.views and not one.alone]
        self.by_key = grouped(self.viewers)
        self.low = {key for key, group in self.by_key.items() if is_low(group)}
        self.control = [one for one in self.viewers if not self.is_low(one)]
        several = [one for one in self.control if one.habit.several]
        self.somebody_loads = any(one.loads_parts for one in self.viewers)
        # Robots where people load do not decide whether people do.
        self.people_load = self.somebody_loads and is_enough([one for one in several if one.loads or not one.verdict(True, True)])
        self.candidates = self.groups() if self.somebody_loads and len(loading(self.control)) >= 10 else {}
        self.fleets = {key for key, group in self.candidates.items() if not self.shares_bare_page(group)}

    def verdict(self, visitor):
        """Returns the first rule that makes a visitor a robot."""
        rule = visitor.verdict(self.people_load, self.somebody_loads)
        if rule or visitor.loads or not visitor.views:
            return rule
        keys = (visitor.client, (visitor.client, visitor.habit), ("mixed", visitor.habit))
        mine = [] if self.is_spared(visitor) else [key for key in keys if key in self.candidates]
        return "fleet" if mine and mine[0] in self.fleets else None

    def is_low(self, visitor):
        return (visitor.client, visitor.habit) in self.low or visitor.client in self.low and not self.is_spared(visitor)

    def is_spared(self, visitor):
        """Returns whether at least half of those with a visitor's client and habit load."""
        group = self.by_key[visitor.client, visitor.habit]
        return 2 * len(loading(group)) >= len(group)

    def groups(self):
        """Returns the groups that may be fleets, with all their visitors."""
        found, rest = {}, collections.defaultdict(list)
        for client in {one.client for one in self.viewers}:
            own = [one for one in self.viewers if one.client == client]
            if self.may_be_fleet(own):
                found[client] = [one for one in own if not self.is_spared(one)]
                continue
            for habit in {one.habit for one in own}:
                alike = [one for one in own if one.habit == habit]
                if self.may_be_fleet(alike):
                    found[client, habit] = alike
                elif habit in MIXED and not self.is_spared(alike[0]):
                    rest[habit] += alike
        # People who view several pages follow links, and browsers name the page with the link.
        followers = [one for one in self.control if one.habit == Habit(True, "own")]
        for habit, group in rest.items():
            if len(group) >= 100 and is_enough(followers) and is_unlikely(group, share(followers) / 4):
                found["mixed", habit] = group
        return found

    def may_be_fleet(self, group):
        if len(group) < 20 or not is_low(group):
            return False
        usual = sum(map(self.usual_share, group)) / len(group)
        return usual >= fractions.Fraction(1, 2) and is_unlikely(group, usual / 2)

    def usual_share(self, visitor):
        """Returns how many of the people with a visitor's habit load; of those with the laziest one, if few have it."""
        return self.shares.get(visitor.habit, min(self.shares.values(), default=0))

    @functools.cached_property
    def shares(self):
        habits = {one.habit: [other for other in self.control if other.habit == one.habit] for one in self.control}
        return {habit: share(group) for habit, group in habits.items() if len(group) >= 10}

    def shares_bare_page(self, group):
        """Returns whether most of a group viewed some page, and no such page has parts that it could have loaded."""
        silent = [one for one in group if not one.loads]
        counts = collections.Counter(page for one in silent for page in {hit.page for hit in one.views})
        shared = [page for page, count in counts.items() if 2 * count > len(silent)]
        return bool(shared) and not any(map(self.has_parts, shared))

    def has_parts(self, page):
        viewers = [one for one in self.viewers if len(one.views) == 1 and one.views[0].page == page]
        others = [one for one in viewers if not one.loads and not self.is_low(one)]
        return len(loading(viewers)) >= max(3, len(others))


def grouped(visitors):
    """Returns the visitors of each client, and those of each client with each habit."""
    groups = collections.defaultdict(list)
    for visitor in visitors:
        groups[visitor.client].append(visitor)
        groups[visitor.client, visitor.habit].append(visitor)
    return groups


def loading(visitors):
    return [one for one in visitors if one.loads]


def share(visitors):
    return fractions.Fraction(len(loading(visitors)), len(visitors))


def is_low(visitors):
    """Returns whether so few of them load that they are not asked what people do."""
    return len(visitors) >= 5 and 20 * len(loading(visitors)) <= len(visitors)


def is_enough(visitors):
    """Returns whether at least ten and three in four load."""
    return len(loading(visitors)) >= 10 and share(visitors) >= fractions.Fraction(3, 4)


def is_unlikely(visitors, chance):
    """Returns whether so few load in one of 10,000 groups of people at most, each of whom loads with this chance."""
    count, most = len(visitors), len(loading(visitors))
    if most >= count * chance:
        return False
    chances = [math.comb(count, number) * chance**number * (1 - chance)**(count - number) for number in range(most + 1)]
    return sum(chances) <= fractions.Fraction(1, 10_000)
