"""Who is a robot and what robots do, by the rules of docs/robots.md."""
import collections
import functools
import ipaddress

from agents import NETWORKS, OTHER_NETWORKS, SIGNERS
import cleaning

# The paths of the random log that scanners request, classified by hand: no list is read here.
NOBODYS = {"/.env", "/.git/config", "/wp-config.php~"}
ELSEWHERE = {"/wp-login.php", "/tree/main/.env", "/blog/wp-admin/", "/phpMyAdmin/index.php"}
NOT_WRONG = {"401", "407", "408", "429"}
RULES = ["probes", "robots_txt", "rate", "one_page", "errors", "no_assets"]

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


def signal(method, path, status):
    """Returns what a line that is not a hit says about its visitor."""
    is_asset = method == "GET" and cleaning.is_asset(path)
    if is_asset and cleaning.is_part(path) and is_served(status):
        return "asset"
    page = cleaning.page(path) if path.startswith("/") else ""
    if page == "/robots.txt":
        return "robots_txt"
    if page in NOBODYS or page in ELSEWHERE and is_wrong(status):
        return "probe"
    return "refusal" if is_wrong(status) and not is_asset else None


class VisitorDay:
    """Everything that one visitor did on one day on one site."""

    def __init__(self):
        self.hits = []
        self.lost = []
        self.signals = collections.Counter()

    @property
    def views(self):
        return [hit for hit in self.hits if hit.kind == 0]

    def verdict(self, people_load_assets):
        """Returns the first rule that makes it a robot."""
        seen = collections.Counter(hit.page for hit in self.views)
        probes = {page for page in seen if page in NOBODYS} | {page for page in self.lost if page in NOBODYS | ELSEWHERE}
        errors = len(set(self.lost)) + self.signals["refusal"]
        found = {
            "probes": bool(probes or self.signals["probe"]),
            "robots_txt": self.signals["robots_txt"] > 0,
            "rate": busiest(self.views, 60) >= 100,
            "one_page": people_load_assets and any(
                busiest([hit for hit in self.views if hit.page == page], 3600) >= 200 for page in seen),
            "errors": errors >= 10 and errors >= 4 * len(self.views),
            "no_assets": people_load_assets and len(seen) >= 20,
        }
        if self.signals["asset"]:
            found = {"probes": found["probes"]}
        return next((rule for rule in RULES if found.get(rule)), None)


def busiest(hits, seconds):
    """Returns the most hits within this many seconds."""
    return max((sum(0 <= other.instant - hit.instant < seconds for other in hits) for hit in hits), default=0)


def people_load_assets(visitors):
    """Returns whether visitors who view more than one page of the site on a day load assets."""
    several = [visitor for visitor in visitors if len(visitor.views) > 1]
    loading = [visitor for visitor in several if visitor.signals["asset"]]
    return len(loading) >= 10 and len(loading) / len(several) >= 0.75
