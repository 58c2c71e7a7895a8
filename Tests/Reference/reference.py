#!/usr/bin/env python3
"""Recomputes all statistics of a random log from docs/counting.md and docs/robots.md, without any code of the product.

    reference.py FOLDER

Writes the expected output of `footfall dump` for the log in FOLDER to FOLDER/expected.txt, and the outcomes of each
of the three imports as JSON to FOLDER/expected.json.
"""
import collections
import datetime
import json
import pathlib
import re
import sys
import zoneinfo

from agents import AGENTS, SUBSCRIBERS, SUSPECT_NETWORKS, is_old
import behaviour
import cleaning
import events
import lines
import naming

# Site -> time zone and all its hosts. Lines of files without a host belong to the last ones.
SITES = {
    "example.com": ("Europe/Berlin", {"example.com", "example.net"}),
    "example.org": ("America/New_York", {"example.org"}),
    "x.de": ("Asia/Kathmandu", {"x.de"}),
    "single.example": ("Europe/Berlin", {"single.example"}),
    "headers.example": ("Europe/Berlin", {"headers.example"}),
}
CLIENT_DIMENSIONS = ["browser", "browser_version", "os", "os_version", "device"]
RULES = tuple(naming.RULES)
SOURCE_DIMENSIONS = ["source", "channel", "referrer", *cleaning.UTM_NAMES]
LONGEST_GAP = 30 * 60
KNOWN_AGENTS = {agent.encode().decode("latin-1"): verdict for agent, verdict in AGENTS.items()}

# A kind of log -> the site of its lines; None if its hosts decide. The last kind has headers after the user agent.
FORMS = {"vhost": None, "combined": "single.example", "headers": "headers.example"}

# The event is name, property, value, property, …; empty for a page view. The referrer is own, none or other.
Hit = collections.namedtuple("Hit", "instant kind page acquisition event referrer is_copy is_suspect is_old ends_like_page")
# In the order of hits within a second.
# Steps of funnels, as RandomLog.swift gives them: regular expressions of pages, names of events.
FUNNELS = {
    "example.com": [[("page:/*", r"/.*"), ("Signup", None), ("page:/about*", r"/about.*")],
                    [("page:/*e", r"/.*e"), ("page:/*", r"/.*"), ("page:/?*", r"/.+"), ("404", None)]],
    "example.org": [[("Download", None), ("page:/never", r"/never")]],
}
PAGEVIEW, EVENT, LOST, EVENT_OF_PAGEVIEW = range(4)


class Cell:
    """The six measures of one value."""

    def __init__(self):
        self.pageviews = self.seconds = 0
        self.visitors, self.loading, self.visits, self.bounces = set(), set(), set(), set()

    def add(self, visitor, pageviews, seconds, loads, visit=None, is_bounce=False):
        self.pageviews += pageviews
        self.seconds += seconds
        self.visitors.add(visitor)
        if loads:
            self.loading.add(visitor)
        if visit is not None:
            self.visits.add(visit)
        if is_bounce:
            self.bounces.add(visit)

    def counts(self):
        return [self.pageviews, len(self.visitors), len(self.visits), len(self.bounces), self.seconds, len(self.loading)]


class CubeCell(Cell):
    """A cell that does not tell who loads, but counts the visitors whose first visit from its source, by its channel and of the day this is."""

    def __init__(self):
        super().__init__()
        self.of_source = self.of_channel = self.of_day = 0

    def add_firsts(self, acquisition, earlier):
        """Counts a visit, given the acquisitions of the visitor's earlier visits."""
        source, channel = acquisition[:2]
        self.of_source += source not in {one[0] for one in earlier}
        self.of_channel += channel not in {one[1] for one in earlier}
        self.of_day += not earlier

    def counts(self):
        return [*super().counts()[:5], self.of_source, self.of_channel, self.of_day]


class NextPageCell(Cell):
    """How often one page followed another."""

    def counts(self):
        return super().counts()[:3]


class MarkedCell(Cell):
    """A cell whose visits are the first of their visitors in the respects that its marks name."""

    events = None

    def counts(self):
        return super().counts()[:5] + ([] if self.events is None else [self.events])


def firsts(visits, number):
    """Returns in which respects a visit is the first, given the values of all visits: a bit for each set of values.

    Visits with the same values are one cell, whose marks are those of the first. Bits without a set are set.
    """
    values = visits[number]
    earlier = visits[: visits.index(values)]
    marks = 0
    for bit in range(64):
        places = [place for place in range(6) if bit >> place & 1]
        is_set = bit < 1 << len(values)
        if not is_set or not any(all(values[place] == other[place] for place in places) for other in earlier):
            marks |= 1 << bit
    return marks - (1 << 64) if marks >> 63 else marks


class Reference:
    def __init__(self):
        self.visitors = {}  # (site, day, visitor) -> what it did
        self.cells = collections.defaultdict(Cell)  # ("agg", site, day, dimension, value) -> measures
        self.cube = collections.defaultdict(CubeCell)  # ("visit_cube", site, day, values…) -> measures
        self.marked = collections.defaultdict(MarkedCell)  # (name of the cube, site, day, values…, marks) -> measures
        self.next = collections.defaultdict(NextPageCell)  # ("next_page_cube", site, day, page, page) -> measures
        self.robots = collections.defaultdict(behaviour.RobotDay)  # (site, day) -> what robots fetched
        self.unknown_hosts = collections.Counter()

    def count(self, text, form, takes_names):
        """Counts one line of a kind of log and returns its outcome."""
        site = FORMS[form]
        fields = lines.parse(text, site is None, takes_names, form == "headers")
        if isinstance(fields, str):
            return f"malformed({fields})"
        host = cleaning.host_name(fields["host"])
        site = site or next((name for name, (_, hosts) in SITES.items() if host in hosts), None)
        if not site:
            self.unknown_hosts[host] += 1
            return "unknown_site"
        method, logged = lines.split_request(fields["request"])
        foreign = "" if fields["host"] else cleaning.split_target(logged)[0]
        if foreign and cleaning.host_name(foreign) not in SITES[site][1]:
            self.unknown_hosts[cleaning.host_name(foreign)] += 1
            return "unknown_site"
        target = lines.unescaped(logged)
        _, path, query = cleaning.split_target(target)
        agent = lines.unescaped(fields["agent"])
        found = behaviour.robot(
            KNOWN_AGENTS[agent], cleaning.client_address(fields["client"]), lines.unescaped(fields["signature"]))
        if found:
            self.count_robot(found, fields, site, method, path, query)
            return found.outcome
        outcome = self.count_page(fields, site, method, logged)
        event = events.event_of(method, fields["status"], target, referrer_of(fields), SITES[site][1])
        if not event or not outcome.startswith(("pageview", "not_counted")):
            return outcome
        kind = EVENT_OF_PAGEVIEW if outcome == "pageview" else EVENT
        event_outcome = self.count_request(fields, site, logged, path, query, kind, event)
        return outcome if outcome == "pageview" else event_outcome

    def count_page(self, fields, site, method, logged):
        """Returns the outcome of a line by its request, whatever the event rules say."""
        _, path, query = cleaning.split_target(lines.unescaped(logged))
        is_lost = fields["status"] == "404"
        is_page = method == "GET" and not cleaning.is_asset(path) and (is_lost or behaviour.is_served(fields["status"]))
        if is_page:
            outcome = self.count_request(fields, site, logged, path, query, LOST if is_lost else PAGEVIEW)
            return "not_counted(status)" if is_lost else outcome
        self.note(fields, site, behaviour.signal(method, logged, path, fields))
        if method != "GET":
            return "not_counted(method)"
        return "not_counted(asset)" if cleaning.is_asset(path) else "not_counted(status)"

    def count_robot(self, robot, fields, site, method, path, query):
        """Counts a line of a robot, whatever it asked for."""
        agent = lines.unescaped(fields["agent"])
        reader = None
        if robot.identity == "forged":
            pass
        elif agent in SUBSCRIBERS and robot.identity != "signed":
            reader = SUBSCRIBERS[agent]
        elif robot.kind == "feed_reader" and fields["opt_out"] != "1":
            # Somebody's own program; one that asks not to be tracked is not told from others.
            reader = (1, (cleaning.client_address(fields["client"]), agent))
        self.robots[site, self.day(fields, site)].add(
            robot, naming.page(path, query, RULES) if path.startswith("/") else "(no path)", cleaning.thing(method, path, query),
            cleaning.answer(fields["status"]), 0 if fields["size"] == "-" else int(fields["size"]), reader)

    def visitor(self, fields, site):
        """Returns the visitor's day that a line belongs to."""
        visitor = cleaning.client_address(fields["client"]), lines.unescaped(fields["agent"])
        key = site, self.day(fields, site), visitor
        return self.visitors.setdefault(key, behaviour.VisitorDay(client=KNOWN_AGENTS[visitor[1]]))

    def day(self, fields, site):
        zone = zoneinfo.ZoneInfo(SITES[site][0])
        return datetime.datetime.fromtimestamp(fields["instant"], zone).date().isoformat()

    def referrer(self, fields, site):
        if behaviour.lacks_referrer(fields):
            return "none"
        return "own" if cleaning.is_own(referrer_of(fields), SITES[site][1]) else "other"

    def note(self, fields, site, signal):
        """Records what a line that is not a hit says about its visitor."""
        if signal and fields["opt_out"] != "1":
            self.visitor(fields, site).signals[signal] += 1

    def count_request(self, fields, site, logged, path, query, kind, event=()):
        if not path.startswith("/"):
            return "invalid(pathname)" if logged else "invalid(url)"
        if fields["opt_out"] == "1":
            return "opted_out"
        visitor = self.visitor(fields, site)
        acquisition = cleaning.acquisition(referrer_of(fields), query, SITES[site][1])
        hit = Hit(
            fields["instant"], kind, naming.page(path, query, RULES), acquisition, event, self.referrer(fields, site),
            fields["status"] == "304", behaviour.is_in(SUSPECT_NETWORKS, cleaning.client_address(fields["client"])),
            is_old(lines.unescaped(fields["agent"]), self.day(fields, site)),
            cleaning.page(path).endswith(cleaning.PAGE_ENDINGS))
        (visitor.lost if kind == LOST else visitor.hits).append(hit)
        return "event" if event else "pageview"

    def count_days(self):
        days = collections.defaultdict(list)
        for (site, day, visitor), done in self.visitors.items():
            days[site, day].append((visitor, done))
        for (site, day), visitors in days.items():
            crowd = behaviour.Crowd([done for _, done in visitors])
            for visitor, done in visitors:
                rule = crowd.verdict(done)
                if not rule:
                    self.count_visitor(site, day, visitor, done)
                    continue
                for name, kind in (("behaviour", PAGEVIEW), ("behaviour_event", EVENT)):
                    taken = sum(hit.kind == kind for hit in done.hits)
                    if taken:
                        self.cells["agg", site, day, name, rule].add(visitor, taken, 0, done.loads)

    def count_visitor(self, site, day, visitor, done):
        for hit in done.lost:
            self.cells["agg", site, day, "not_found", hit.page].add(visitor, 1, 0, done.loads)
        # Ties within a second are broken by text, as docs/decisions/0004 says.
        done.hits.sort(key=lambda hit: (
            hit.instant, hit.kind, hit.page.encode(), "\x1f".join(hit.acquisition).encode(),
            "\x1f".join(hit.event).encode()))
        visits = []
        for hit in done.hits:
            if visits and hit.instant - visits[-1][-1].instant <= LONGEST_GAP:
                visits[-1].append(hit)
            else:
                visits.append([hit])
        for number, visit in enumerate(visits):
            earlier = [one[0].acquisition for one in visits[:number]]
            measures = dict(visitor=visitor, loads=done.loads, visit=(visitor, number))
            self.count_visit(site, day, visitor, visit, earlier, measures)
            self.count_marked(site, day, visitor, visits, number, measures)
            self.count_next_pages(site, day, visit, measures)
            self.count_funnels(site, day, visit, measures)

    def count_next_pages(self, site, day, visit, measures):
        """Counts which page follows which."""
        pages = [hit.page for hit in visit if not hit.event]
        path = [page for page, before in zip(pages, [""] + pages) if page != before]
        for page, following in zip([""] + path, path + [""]) if path else ():
            self.next["next_page_cube", site, day, page, following].add(
                **measures | dict(pageviews=1, seconds=0, is_bounce=False))

    def count_funnels(self, site, day, visit, measures):
        """Counts how far a visit went in each funnel; a value of several funnels counts once."""
        reached = set()
        for funnel in FUNNELS.get(site, []):
            names = [" > ".join(text for text, _ in funnel[: taken + 1]) for taken in range(len(funnel))]
            taken = 0
            for hit in visit:
                if taken == len(funnel):
                    break
                text, pattern = funnel[taken]
                takes = not hit.event and re.fullmatch(pattern, hit.page) if pattern else hit.event[:1] == (text,)
                taken += bool(takes)
            reached.update(names[:taken])
            for name in names:
                self.cells["agg", site, day, "funnel", name]
        for name in reached:
            self.cells["agg", site, day, "funnel", name].add(
                **measures | dict(pageviews=0, seconds=0, is_bounce=len(visit) == 1 and not visit[0].event))

    def count_visit(self, site, day, visitor, visit, earlier, measures):
        views = [hit for hit in visit if not hit.event]
        measures |= dict(
            pageviews=len(views), seconds=visit[-1].instant - visit[0].instant,
            is_bounce=len(views) == len(visit) == 1)
        client = KNOWN_AGENTS[visitor[1]]
        values = {"total": "0", "country": "", "region": "", "city": "", "network": ""} | dict(zip(CLIENT_DIMENSIONS, client))
        if views:
            values |= {"entry_page": views[0].page, "exit_page": views[-1].page}
        values |= {name: text for name, text in zip(SOURCE_DIMENSIONS, visit[0].acquisition) if text}
        values["utm"] = "\x1f".join([visit[0].acquisition[0], *visit[0].acquisition[3:8]])
        for dimension, value in values.items():
            self.cells["agg", site, day, dimension, value].add(**measures)
        source, channel = visit[0].acquisition[:2]
        cell = self.cube["visit_cube", site, day, source, channel, "", client[0], client[2], client[4]]
        cell.add(**measures)
        cell.add_firsts(visit[0].acquisition, earlier)
        self.count_hits(site, day, visit, measures)

    def count_marked(self, site, day, visitor, visits, number, measures):
        """Counts a visit by its first page and where it came from, and its pages by where it came from."""
        def first_page(visit):
            return next((hit.page for hit in visit if not hit.event), "")

        visit = visits[number]
        measures = measures | dict(
            pageviews=sum(not hit.event for hit in visit), seconds=visit[-1].instant - visit[0].instant,
            is_bounce=len(visit) == 1 and not visit[0].event)
        def way(visit):
            return (first_page(visit), *visit[0].acquisition[:2], *visit[0].acquisition[3:6])

        def marks_among(visits):
            place = next(place for place, one in enumerate(visits) if one is visit)
            return firsts([way(one) for one in visits], place)

        client = KNOWN_AGENTS[visitor[1]]
        self.marked["entry_cube", site, day, *way(visit), "", client[4], marks_among(visits)].add(**measures)
        for event in {hit.event[0] for hit in visit if hit.event}:
            marks = marks_among([one for one in visits if any(hit.event and hit.event[0] == event for hit in one)])
            cell = self.marked[
                "event_cube", site, day, event, *way(visit), "", client[0], client[2], client[4], marks]
            cell.add(**measures)
            cell.events = (cell.events or 0) + sum(bool(hit.event) and hit.event[0] == event for hit in visit)
        seen = None
        for hit, following in zip(visit, visit[1:] + [visit[-1]]):
            seen = seen if hit.event else hit.page
            if seen is None:
                continue
            with_page = [one for one in visits if any(not other.event and other.page == seen for other in one)]
            ways = [one[0].acquisition[:2] for one in with_page]
            place = next(place for place, one in enumerate(with_page) if one is visit)
            measures |= dict(pageviews=0 if hit.event else 1, seconds=following.instant - hit.instant)
            self.marked["page_cube", site, day, seen, *ways[place], firsts(ways, place)].add(**measures)

    def count_hits(self, site, day, visit, measures):
        zone = zoneinfo.ZoneInfo(SITES[site][0])
        seen = None
        for hit, following in zip(visit, visit[1:] + [visit[-1]]):
            measures |= dict(pageviews=0 if hit.event else 1, seconds=following.instant - hit.instant)
            hour = datetime.datetime.fromtimestamp(hit.instant, zone).hour
            self.cells["agg", site, day, "hour", str(hour)].add(**measures)
            # The time after an event goes to the page viewed last, which the visit has already viewed.
            seen = seen if hit.event else hit.page
            if seen is not None:
                self.cells["agg", site, day, "page", seen].add(**measures)
            measures |= dict(pageviews=1, seconds=0)
            name, properties = "".join(hit.event[:1]), hit.event[1:]
            if name:
                self.cells["agg", site, day, "event", name].add(**measures)
            for pair in zip(properties[::2], properties[1::2]):
                self.cells["agg", site, day, "event_property", "\x1f".join([name, *pair])].add(**measures)

    def dump(self):
        self.count_days()
        rows = ["\t".join(["site", site, zone]) for site, (zone, _) in SITES.items()]
        for (site, day), robots in self.robots.items():
            rows += [
                f"agg\t{site}\t{day}\t{dimension}\t{value}\t{requests}\t{readers}\t0\t0\t{size}\t0"
                for (dimension, value), (requests, readers, size) in robots.rows().items()]
        rows += [
            "\t".join([*map(str, key), *map(str, cell.counts())]) for key, cell in [
                *self.cells.items(), *self.cube.items(), *self.marked.items(), *self.next.items()]]
        return sorted(row.encode() for row in rows)


def referrer_of(fields):
    referrer = lines.unescaped(fields["referrer"])
    return "" if referrer == "-" else referrer


def main():
    folder = pathlib.Path(sys.argv[1])
    reference = Reference()
    books = {}
    for form in FORMS:
        files = []
        for path in sorted(folder.glob(f"{form}-*")):
            texts = list(lines.read_file(path))
            takes_names = lines.has_names(texts, form == "vhost")
            outcomes = collections.Counter(reference.count(text, form, takes_names) for text in texts)
            files.append({"name": path.name, "lines": outcomes.total(), "outcomes": outcomes})
        total = sum((file["outcomes"] for file in files), collections.Counter())
        books[form] = {
            "lines": total.total(), "outcomes": total, "files": files, "unknown_hosts": reference.unknown_hosts}
        reference.unknown_hosts = collections.Counter()
    (folder / "expected.txt").write_bytes(b"".join(row + b"\n" for row in reference.dump()))
    (folder / "expected.json").write_text(json.dumps(books, sort_keys=True))


main()
