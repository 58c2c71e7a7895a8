"""Measures how well robots are detected by behaviour, and prints a chapter of docs/quality.md.

  behaviour.py --footfall .build/release/footfall --data .build/share/footfall [--corpora FOLDER]

Imports real logs, made-up fleets beside made-up people (crowds.py), and people alone. Exits with 1 if a goal is missed.
"""
import argparse
import collections
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile

import crowds
import real_logs

# The folder of real logs beside the checkout.
BESIDE = pathlib.Path(__file__).resolve().parents[3] / "shared" / "corpora"
# The only rules that may take out visitors with evidence; for `rate`, those with 200 page views in 30 seconds.
MAY_TAKE_EVIDENCE = {"probes", "rate"}
# The share of people that may be taken out.
GOAL = 0.0005
# A fleet counts as found if this share of it is taken out.
FOUND = 0.95
SIZES = [20, 50, 100, 300, 1_000, 3_000, 10_000, 50_000]
CROWDS = [60, 300, 3_000]
# The most page views of one fleet, but for the largest, which is made for one kind of visit only.
MOST_VIEWS = 20_000
NOON = 12


class Footfall:
    """Imports logs with the binary, each into a new database."""

    def __init__(self, binary, data, folder):
        self.binary = os.path.abspath(binary)
        self.environment = {**os.environ, "FOOTFALL_DATA": os.path.abspath(data)}
        self.folder = pathlib.Path(folder)
        self.suspects = self.folder / "suspects.txt"
        self.suspects.write_text(crowds.SUSPECT_NETWORKS)

    def database(self, *arguments):
        """Returns a connection to a new database with the given logs; None if they cannot be read."""
        shutil.rmtree(self.folder / "db", ignore_errors=True)
        (self.folder / "db").mkdir()
        path = self.folder / "db" / "footfall.db"
        ran = subprocess.run(
            [self.binary, "import", *arguments, "--db", path, "--quiet", "--final", "--config", "none"],
            env=self.environment, capture_output=True, text=True)
        if ran.returncode != 0:
            return None
        return sqlite3.connect(path)

    def made(self, sites):
        """Imports made-up logs, given by the hosts of their sites. Returns, by host, the visitors left before and after
        noon, and what each rule took out: visitors, and visitors with evidence."""
        log = self.folder / "made.log"
        with open(log, "w", encoding="ascii") as file:
            for host, texts in sites:
                for text in texts:
                    file.write(text.replace("SITE", host))
        database = self.database(log, "--create-sites", "--suspect-networks", self.suspects)
        left, taken = collections.defaultdict(lambda: [0, 0]), collections.defaultdict(dict)
        for host, late, visitors in database.execute(
                f"SELECT site, hour >= {NOON}, sum(visitors) FROM (SELECT site, CAST(hour AS INTEGER) AS hour, visitors"
                " FROM hourly) GROUP BY 1, 2"):
            left[host][late] = visitors
        for host, rule, visitors, evidence in database.execute(
                "SELECT site, rule, sum(visitors), sum(visitors_seen_loading) FROM robots_daily GROUP BY 1, 2"):
            taken[host][rule] = visitors, evidence
        return left, taken


class Report:
    """What is printed, and which goals are missed."""

    def __init__(self):
        self.missed = []

    def say(self, text=""):
        print(text, flush=True)

    def table(self, head, rows):
        self.say("| " + " | ".join(head) + " |")
        self.say("|" + "---|" * len(head))
        for row in rows:
            self.say("| " + " | ".join(map(str, row)) + " |")
        self.say()

    def check_evidence(self, where, taken):
        for rule, (_, evidence) in taken.items():
            if evidence and rule not in MAY_TAKE_EVIDENCE:
                self.missed.append(f"{where}: {rule} took out {evidence} visitors that were seen loading")


def number(count):
    return f"{count:,}"


def percent(part, of):
    return f"{100 * part / of:.2f} %" if of else "-"


def words(taken):
    """Returns what each rule took out, as text."""
    return ", ".join(
        f"`{rule}` {views} by {visitors}" + (f" ({evidence} with evidence)" if evidence else "")
        for rule, (views, visitors, evidence) in taken.items()) or "none"


# Real logs


def real(footfall, report, folder):
    report.say("### Real logs\n")
    if not folder.is_dir():
        report.say("Not measured: there is no folder of real logs. `make quality CORPORA=FOLDER` names one.\n")
        print("behaviour: no folder of real logs, so they are not measured", file=sys.stderr)
        return
    report.say("Robots by name are not in these numbers. *Seen loading* are visitors with evidence of a browser. On days\n"
               "whose people load parts of pages, more rules apply. The last column must be 0, except for `probes` and\n"
               "`rate`.\n")
    rows, shares = [], []
    rest = collections.Counter()
    for title, names in real_logs.logs(folder):
        paths = [os.path.join(folder, name) for name in names]
        host = real_logs.host(paths)
        database = footfall.database(*paths, "--site", host)
        if database is None:
            rest["refused"] += 1
            continue
        views, visitors, loading = totals(database, "daily", "pageviews")
        days, people_load = database.execute("SELECT count(*), total(people_load) FROM days").fetchone()
        taken = {
            rule: counts for rule, *counts in database.execute(
                "SELECT rule, sum(pageviews), sum(visitors), sum(visitors_seen_loading) FROM robots_daily GROUP BY rule"
                " ORDER BY 3 DESC")}
        report.check_evidence(title, {rule: counts[1:] for rule, counts in taken.items()})
        evidence = sum(counts[2] for counts in taken.values())
        if title == real_logs.REST:
            rest.update(logs=1, views=views, visitors=visitors, loading=loading, evidence=evidence)
            for rule, counts in taken.items():
                rest.update({(kind, rule): count for kind, count in zip(("views", "visitors", "evidence"), counts)})
            continue
        rows.append((title, f"{int(people_load)} of {days}", number(views), number(visitors), number(loading), words(taken),
                     evidence))
        if people_load:
            shares.append((title, real_logs.habits(paths, host)))
    rules = [key[1] for key in rest if key[0] == "visitors" and isinstance(key, tuple)]
    small = {rule: [rest[kind, rule] for kind in ("views", "visitors", "evidence")] for rule in rules}
    rows.append((f"{rest['logs']} {real_logs.REST}", "", number(rest["views"]), number(rest["visitors"]),
                 number(rest["loading"]), words(small), rest["evidence"]))
    report.table(["log", "days whose people load", "page views left", "visitors left", "of them seen loading",
                  "page views taken out, and visitors", "visitors with evidence taken out"], rows)
    report.say(f"{rest['refused']} more files are no access logs that can be read without a given format.\n")
    loading_habits(report, shares)


def totals(database, view, views):
    return database.execute(f"SELECT coalesce(sum({views}), 0), coalesce(sum(visitors), 0),"
                            f" coalesce(sum(visitors_seen_loading), 0) FROM {view}").fetchone()


def loading_habits(report, shares):
    report.say("How many visitors have a habit, and what share of them load parts, in those logs whose people do: counted\n"
               "from the lines before any rule by behaviour, so with robots that pretend to be browsers. The made-up people\n"
               "below have the shares of the last column.\n")
    rows = []
    for several in (False, True):
        for kind in ("none", "other", "own", "unknown"):
            cells = []
            for _, found in shares:
                count, loads = found.get((several, kind), (0, 0))
                everyone = sum(one for one, _ in found.values())
                cells.append(share(count / everyone, loads / count) if count else "")
            if kind in crowds.REFERRERS[several]:
                part = (1 - crowds.ONE_PAGE if several else crowds.ONE_PAGE) * crowds.REFERRERS[several][kind]
                cells.append(share(part, crowds.LOADING[several, kind]))
            else:
                cells.append("")
            rows.append(["several" if several else "one", kind, *cells])
    report.table(["pages", "best referrer", *(title for title, _ in shares), "made-up people"], rows)


def share(habit, loading):
    return f"{100 * habit:.0f} %, {100 * loading:.0f} % load"


# Fleets


def one_of(agents):
    return lambda chance: chance.choice(agents)


AGENTS = {
    "one, the most common": one_of([crowds.COMMON]),
    "one, rare": one_of([crowds.RARE]),
    "ten": one_of(crowds.TEN),
    "ten, old": one_of(crowds.TEN_OLD),
    "as people's": crowds.any_browser,
    "as people's, suspected network": crowds.any_browser,
}
# The number of pages, and the page if all view the same one.
VISITS = {"1": (1, None), "1, all the same": (1, "/"), "2": (2, None), "5": (5, None), "20": (20, None)}


def kinds(crowd):
    """Yields the kinds of fleets that are put beside a crowd: user agents, pages, referrer and sizes."""
    for agents in AGENTS:
        for visit, (views, _) in VISITS.items():
            for referrer in ("none", "search", "own"):
                if referrer == "own" and views == 1:
                    continue
                plain = visit in ("1", "2") and referrer != "search" and "suspected" not in agents
                if crowd != 300 and not plain:
                    continue
                if "suspected" in agents and (views > 2 or referrer == "own"):
                    continue
                most = MOST_VIEWS // views
                if "suspected" in agents or crowd == 3_000:
                    most = min(most, 3_000)
                elif (visit, referrer, crowd) == ("1", "none", 300):
                    most = SIZES[-1]
                yield agents, visit, referrer, [size for size in SIZES if size <= most]


def fleets(footfall, report):
    report.say("### Fleets of robots\n")
    report.say("A fleet only fetches pages, each of its visitors from another address, beside people of the same day: the\n"
               "share of it that any rule takes out, by its size. Those with several pages view different ones; `own` is a\n"
               "referrer from the second page on.\n")
    results = {}
    lost = collections.Counter()
    for crowd in CROWDS:
        rows = []
        for number_of_kind, (agents, visit, referrer, sizes) in enumerate(kinds(crowd)):
            found = recall(footfall, report, crowd, number_of_kind, agents, visit, referrer, sizes, lost)
            results.update({(crowd, agents, visit, referrer, size): share for size, share in zip(sizes, found)})
            cells = [f"{100 * share:.0f}" for share in found] + ["" for _ in SIZES[len(sizes):]]
            rows.append((agents, visit, referrer, *cells))
        report.say(f"Beside {number(crowd)} people, in percent:\n")
        report.table(["user agents", "pages", "referrer", *map(number, SIZES)], rows)
    report.say(f"Of the people beside these fleets, counted once for each fleet, {number(lost['taken'])} of"
               f" {number(lost['people'])} were taken out ({percent(lost['taken'], lost['people'])}); at most"
               f" {lost['most']} of a day's.\n")
    return results


def recall(footfall, report, crowd, seed, agents, visit, referrer, sizes, lost):
    """Returns the share of a fleet that is taken out, for each size."""
    views, page = VISITS[visit]
    network = crowds.SUSPECT if "suspected" in agents else crowds.FLEET
    chance = random.Random(1_000 * crowd + seed)
    people = crowds.lines(crowds.people(chance, crowd), seed, 0)
    sites = []
    for size in sizes:
        robots = crowds.fleet(chance, size, AGENTS[agents], views, referrer, page, network)
        sites.append((f"fleet{size}.example", [people, crowds.lines(robots, seed, NOON)]))
    left, taken = footfall.made(sites)
    shares = []
    for size, (host, _) in zip(sizes, sites):
        report.check_evidence(f"{agents}, {visit}, {referrer}, {size} beside {crowd}", taken[host])
        shares.append(1 - left[host][1] / size)
        gone = crowd - left[host][0]
        lost.update(people=crowd, taken=gone)
        lost["most"] = max(lost["most"], gone)
    return shares


# People


def usual(count, **habits):
    return lambda chance: crowds.people(chance, count, **habits)


def shop(chance):
    """Two in five have been here before, and have a copy of every part that need not be asked for again."""
    return crowds.people(chance, 600) + crowds.people(chance, 400, loading=0)


def feed_app(chance):
    """A third of all comes from a feed on phones of one make: one client, one page, the app's referrer."""
    return crowds.people(chance, 1_000) + crowds.people(chance, 500, agent=crowds.SAMSUNG % 27, views=1, referrer="other")


def shared_page(chance, loading, followers=0, staying=0):
    """500 people open one page from an app that names no referrer. Others follow links to it, and load parts elsewhere; of
    the readers, some stay and do so, too."""
    readers = crowds.people(chance, 500, agent=crowds.IPHONE % ("18_5", "18.5"), views=1, referrer="none", page="/notes",
                            loading=loading)
    others = crowds.people(chance, followers, views=3, referrer="own")
    for other in others:
        other.pages[1] = "/notes"
    for reader in readers[:staying]:
        reader.pages, reader.referrers, reader.loads = ["/notes", "/articles/3"], ["-", "https://SITE/"], True
    return crowds.people(chance, 1_000) + readers + others


def start_page(chance, loading):
    """An intranet: 800 equal browsers open their start page, beside 200 other visitors."""
    return crowds.people(chance, 200) + crowds.people(
        chance, 800, agent=crowds.WINDOWS % 135 + " Edg/135.0.0.0", views=1, referrer="none", page="/", loading=loading)


def no_referrers(chance):
    """A site that forbids referrers, with as many returning visitors as the shop."""
    return crowds.people(chance, 600, referrer="none") + crowds.people(chance, 400, referrer="none", loading=0)


def suspected(chance):
    """One in ten comes through a network that the operator suspects."""
    people = crowds.people(chance, 1_000)
    for person in people[::10]:
        person.network = crowds.SUSPECT
    return people


# Days with people only: how many of them, and the visitors of one.
PLAIN = {f"{number(count)} people": (days, usual(count))
         for count, days in [(60, 100), (100, 60), (300, 40), (1_000, 20), (3_000, 6), (20_000, 2)]}
DIFFICULT = {
    "a shop: 2 in 5 of 1,000 have cached all parts": (20, shop),
    "a feed app: a third of 1,500 with one client": (10, feed_app),
    "500 of 1,500 open one page from one app, parts load": (10, lambda chance: shared_page(chance, 1)),
    "500 of 1,500 open a page without parts from one app": (10, lambda chance: shared_page(chance, 0)),
    "the same page, and 40 others follow a link to it": (10, lambda chance: shared_page(chance, 0, followers=40)),
    "the same page, and 40 of its readers stay": (10, lambda chance: shared_page(chance, 0, staying=40)),
    "a start page: 800 of 1,000 with one client": (10, lambda chance: start_page(chance, 1)),
    "a start page: 2 in 3 have cached all parts": (10, lambda chance: start_page(chance, 0.33)),
    "a start page: nearly all have cached all parts": (10, lambda chance: start_page(chance, 0.02)),
    "1,000 people without referrers, 2 in 5 have cached all": (20, no_referrers),
    "1,000 people, of whom every second loads": (20, usual(1_000, loading=0.55)),
    "1,000 people, of whom every fourth loads": (20, usual(1_000, loading=0.27)),
    "1,000 people, 1 in 10 from a suspected network": (20, suspected),
}


def only_people(footfall, report):
    report.say("### People\n")
    report.say("Days without any robot. On plain days at most 0.05 % of all people may be taken out. The others are\n"
               "difficult on purpose, and have no goal.\n")
    rows, results = [], {}
    for cases, is_plain in ((PLAIN, True), (DIFFICULT, False)):
        for title, (days, visitors) in cases.items():
            gone, count, rules = day_by_day(footfall, report, title, days, visitors)
            results[title] = gone / count
            rows.append((title, days, number(gone), percent(gone, count),
                         ", ".join(f"`{rule}` {found}" for rule, found in rules.most_common()),
                         "<= 0.05 %" if is_plain else ""))
            if is_plain and gone > GOAL * count:
                report.missed.append(f"{title}: {percent(gone, count)} of people were taken out")
    report.table(["people", "days", "taken out", "share", "by", "goal"], rows)
    return results


def day_by_day(footfall, report, title, days, visitors):
    """Returns how many people were taken out, how many there were, and what each rule took out."""
    sites, count = [], 0
    chance = random.Random(title)
    for day in range(days):
        people = visitors(chance)
        count += len(people)
        sites.append((f"day{day}.example", [crowds.lines(people, day, 0)]))
    left, taken = footfall.made(sites)
    rules = collections.Counter()
    for host, _ in sites:
        report.check_evidence(title, taken[host])
        rules.update({rule: counts[0] for rule, counts in taken[host].items()})
    return count - sum(left[host][0] for host, _ in sites), count, rules


# What remains


def remaining(report, recalls, people):
    """Lists what the numbers say cannot be told."""
    report.say("### What still cannot be told\n")
    report.say("Fleets beside 300 people, by the size from which on at least 95 % are taken out at all sizes measured:\n")
    sizes = collections.defaultdict(dict)
    for (crowd, agents, visit, referrer, size), share in recalls.items():
        if crowd == 300:
            sizes[agents, visit, referrer][size] = share
    from_size = collections.defaultdict(list)
    for kind, shares in sizes.items():
        below = [size for size, share in shares.items() if share < FOUND]
        least = min((size for size in shares if not below or size > max(below)), default=None)
        from_size[least].append(kind)
    for least in sorted(from_size, key=lambda size: size or 10 ** 9):
        title = f"From {number(least)} on" if least else "At none of them"
        report.say(f"- **{title}:** " + "; ".join(map(described, grouped(from_size[least]))) + ".")
    report.say("- **Any robot that loads parts of pages**, as a complete browser does: it has people's evidence.")
    report.say("- **Small fleets** below the sizes above: so few visitors without parts may be people by chance.")
    report.say("- **Any fleet on a site whose people are not seen loading**, because parts come from another host, are\n"
               "  cached by a CDN, or are not logged.")
    wrong = [f"{title} ({100 * share:.2f} %)" for title, share in people.items() if share > GOAL]
    if wrong:
        report.say("- **People who are taken for robots:** " + "; ".join(wrong) + ".")
    report.say()


def grouped(kinds):
    """Joins kinds that differ in their referrers only."""
    found = collections.defaultdict(list)
    for agents, visit, referrer in kinds:
        found[agents, visit].append(referrer)
    return found.items()


def described(kind):
    (agents, visit), referrers = kind
    return f"{agents}, pages: {visit}, referrer: {'/'.join(referrers)}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--footfall", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--corpora", default=BESIDE, type=pathlib.Path)
    parser.add_argument("--parts", default="real,fleets,people")
    arguments = parser.parse_args()
    parts = arguments.parts.split(",")
    report = Report()
    report.say("## Robots by behaviour\n")
    report.say("What the [rules by behaviour](robots.md#by-behaviour) take out, of real logs and of made-up days. All made-up\n"
               "visitors are drawn by chance from fixed seeds: `Tests/Quality/crowds.py` says how.\n")
    with tempfile.TemporaryDirectory() as folder:
        footfall = Footfall(arguments.footfall, arguments.data, folder)
        if "real" in parts:
            real(footfall, report, arguments.corpora)
        recalls = fleets(footfall, report) if "fleets" in parts else {}
        people = only_people(footfall, report) if "people" in parts else {}
    if recalls and people:
        remaining(report, recalls, people)
    for missed in report.missed:
        print("behaviour: " + missed, file=sys.stderr)
    sys.exit(1 if report.missed else 0)


if __name__ == "__main__":
    main()
