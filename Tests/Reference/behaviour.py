"""Robots by behaviour, by the rules of docs/counting.md."""
import collections

import cleaning

# The paths of the random log that scanners request, classified by hand: no list is read here.
NOBODYS = {"/.env", "/.git/config", "/wp-config.php~"}
ELSEWHERE = {"/wp-login.php", "/tree/main/.env", "/blog/wp-admin/", "/phpMyAdmin/index.php"}
NOT_WRONG = {"401", "407", "408", "429"}
RULES = ["probes", "robots_txt", "rate", "one_page", "errors", "no_assets"]


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
