#!/usr/bin/env python3
"""Recounts a real log with plain SQL and compares every number with the product's.

    oracle.py LOG HOST FOLDER

Imports LOG for the site HOST into a new database in FOLDER with the binary that FOOTFALL names, and recounts it.
Prints each value that differs, then how many were compared. The SQL runs in DuckDB if Python has it, otherwise in
SQLite.

lines.py and cleaning.py read the lines. What a user agent is (a robot, or which browser) and how a source is named
depend on lists that other tests check. This script asks the product for each of them, with a log of one line per day.
It reads the lists of extensions and of scanners' paths from the sources. behaviour.py judges visitors, but for the rule
about old browsers, which depends on a list, too, and is off. It counts everything else itself, also what robots fetched and
were answered.
"""
import collections
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys

import behaviour
import cleaning
import lines
import naming

SQL = pathlib.Path(__file__).with_name("oracle.sql")
SOURCES = pathlib.Path(__file__).parents[2] / "Sources"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0"
# All rules but the one about old browsers.
RULES = "probes,robots_txt,rate,one_page,errors,no_assets,network,fleet"
CLIENT_DIMENSIONS = ["browser", "browser_version", "os", "os_version", "device"]
FIRST_DAY = datetime.date(2001, 1, 1)


def footfall(*arguments):
    run = subprocess.run([os.environ["FOOTFALL"], *arguments], capture_output=True, check=True)
    return run.stdout.decode()


def dump(database):
    """Returns dimension, day and value -> measures."""
    rows = {}
    for row in footfall("dump", "--db", database).splitlines():
        kind, *cells = row.split("\t")
        if kind == "agg":
            rows[cells[2], cells[1], cells[3]] = tuple(map(int, cells[4:]))
    return rows


def asked(folder, agents, origins):
    """Asks the product for each user agent and each referrer with a query, by one line of a separate day each.

    A user agent's answer is its browser, system and device, each None for a robot.
    """
    questions = [(agent, ("-", "")) for agent in agents] + [(FIREFOX, origin) for origin in origins]
    days = [FIRST_DAY + datetime.timedelta(number) for number in range(len(questions))]
    text = ""
    for day, (agent, (referrer, query)) in zip(days, questions):
        text += f'192.0.2.1 - - [{day:%d/%b/%Y}:12:00:00 +0000] "GET /?{query} HTTP/1.1" 200 1 "{referrer}"'
        # A line may end before the user agent.
        text += f' "{agent}"\n' if agent else "\n"
    log, database = folder / "questions.log", folder / "questions.db"
    log.write_bytes(text.encode("latin-1"))
    footfall("sites", "add", "elsewhere.example", "--behaviour", "off", "--db", database)
    footfall("import", log, "--site", "elsewhere.example", "--format", "combined", "--redact", "off", "--db", database)
    found = {(day, dimension): value for dimension, day, value in dump(database)}
    clients = {agent: tuple(found.get((str(day), name)) for name in CLIENT_DIMENSIONS) for day, agent in zip(days, agents)}
    return clients, {origin: found.get((str(day), "source")) for day, origin in zip(days[len(agents):], origins)}


def robots_asked(folder, agents):
    """Returns the name, operator and class of each user agent that is a robot's, once all have been asked for."""
    days = {str(FIRST_DAY + datetime.timedelta(number)): agent for number, agent in enumerate(agents)}
    rows = dump(folder / "questions.db")
    return {days[day]: value.split("\x1f")[:3] for dimension, day, value in rows if dimension == "robot"}


def lists(file):
    """Returns the lists of texts that a source file declares, by name."""
    found = re.findall(r"let (\w+)(?:: \S+)? = \[(.*?)\]", (SOURCES / file).read_text(), re.DOTALL)
    return {name: re.findall(r'"([^"]*)"', body) for name, body in found}


def probe_paths():
    """Returns two expressions: for paths that no site has, and for all paths that scanners request."""
    def expression(texts, start):
        parts = [re.escape(text[:-1]) if text[-1] == "*" else re.escape(text.rstrip("/")) + ("(/|$)" if text[-1] == "/" else "$")
                 for text in texts]
        return re.compile(start + "(" + "|".join(parts) + ")", re.IGNORECASE)

    paths = lists("Hits/Robots/ProbeList.swift")
    nobodys = paths["secrets"] + paths["machines"] + paths["holes"]
    return expression(nobodys, "^"), expression(nobodys + paths["elsewhere"], "")


EXTENSIONS = lists("Collecting/Targets/AssetExtensions.swift")
# What is redacted is counted anew elsewhere: by the reference program, on logs whose personal data it knows.
cleaning.redacted = naming.redacted = str
cleaning.PARTS = {name for kind in ("styles", "images", "fonts", "media") for name in EXTENSIONS[kind]}
cleaning.ASSETS = cleaning.PARTS | {name for kind in ("data", "downloads") for name in EXTENSIONS[kind]}
NOBODYS, PROBES = probe_paths()


class Line:
    """A line, as far as it could be read."""

    def __init__(self, text, takes_names, site):
        fields = lines.parse(text, False, takes_names)
        self.is_nobodys = isinstance(fields, str)
        if self.is_nobodys:
            self.outcome = f"malformed({fields})"
            return
        foreign = cleaning.split_target(lines.split_request(fields["request"])[1])[0]
        if foreign and cleaning.host_name(foreign) != site:
            self.is_nobodys, self.outcome = True, "unknown_site"
            return
        self.day = datetime.datetime.fromtimestamp(fields["instant"], datetime.timezone.utc).date().isoformat()
        self.instant, self.status = fields["instant"], fields["status"]
        self.agent = fields["agent"]
        self.host, self.address = fields["client"], cleaning.client_address(fields["client"])
        self.method, logged = lines.split_request(fields["request"])
        _, path, query = cleaning.split_target(lines.unescaped(logged))
        self.origin = fields["referrer"] or "-", query if re.search("utm_|mtm_|matomo_|pk_|piwik_|ref=|source=|clid=|braid=", query, re.I) else ""
        self.path = cleaning.page(path) if path.startswith("/") else None
        self.page = naming.page(path) if path.startswith("/") else None
        self.thing, self.answer = cleaning.thing(self.method, path, query), cleaning.answer(self.status)
        self.bytes = 0 if fields["size"] == "-" else int(fields["size"])
        self.referrer = "own" if cleaning.is_own(lines.unescaped(fields["referrer"]), {site}) else "other"
        if behaviour.lacks_referrer(fields):
            self.referrer = "none"
        self.is_copy, self.is_suspect, self.is_old = self.status == "304", False, False
        self.is_icon = logged.startswith(cleaning.ICONS)
        self.outcome, self.kind = self.classified(path, bool(logged))

    def classified(self, path, is_there):
        """Returns the outcome of a line that is not a robot's, and what is recorded about it."""
        is_served, is_asset = behaviour.is_served(self.status), cleaning.is_asset(path)
        if self.method == "GET" and not is_asset and (is_served or self.status == "404"):
            if self.path is None:
                return ("invalid(pathname)" if is_there else "invalid(url)") if is_served else "not_counted(status)", None
            if is_served:
                return "pageview", "nobodys" if NOBODYS.search(self.path) else "view"
            return "not_counted(status)", "probed" if PROBES.search(self.path) else "lost"
        outcome = "not_counted(asset)" if is_asset else "not_counted(status)"
        return "not_counted(method)" if self.method != "GET" else outcome, self.noted(path, is_asset)

    def noted(self, path, is_asset):
        is_asset = is_asset and self.method == "GET"
        if is_asset and cleaning.is_part(path) and behaviour.is_served(self.status):
            return ("icon" if self.referrer != "none" else None) if self.is_icon else "asset"
        if self.path == "/robots.txt":
            return "robots_txt"
        is_wrong = behaviour.is_wrong(self.status)
        if self.path and (NOBODYS.search(self.path) or is_wrong and PROBES.search(self.path)):
            return "probe"
        return "refusal" if is_wrong and not is_asset else None


def connected():
    try:
        import duckdb
        return duckdb.connect()
    except ImportError:
        import sqlite3
        return sqlite3.connect(":memory:")


# A page view or a missing page, as behaviour.py judges it.
Hit = collections.namedtuple("Hit", "instant kind page referrer is_copy is_suspect is_old ends_like_page")


def judged(read, clients):
    """Yields day, visitor, page views, rule and whether it loads of each visitor, given lines of no robots."""
    days = collections.defaultdict(dict)
    for line in read:
        visitor = f"{line.address} {lines.unescaped(line.agent)}"
        done = days[line.day].setdefault(visitor, behaviour.VisitorDay(clients[line.agent]))
        is_view = line.kind in ("view", "nobodys")
        if is_view or line.kind in ("lost", "probed"):
            hit = Hit(
                line.instant, 0, line.page, line.referrer, line.is_copy, line.is_suspect, line.is_old, line.path.endswith(cleaning.PAGE_ENDINGS))
            (done.hits if is_view else done.lost).append(hit)
        else:
            done.signals[line.kind] += 1
        done.signals["probe"] += line.kind in ("nobodys", "probed")
    for day, visitors in days.items():
        crowd = behaviour.Crowd(visitors.values())
        for visitor, done in visitors.items():
            yield day, visitor, len(done.views), crowd.verdict(done) or "", int(done.loads)


def recount(read, clients, robots, sources, host):
    """Computes with SQL what `dump` must print."""
    connection = connected()
    connection.execute("CREATE TABLE fetched(day TEXT, class TEXT, robot TEXT, page TEXT, bytes BIGINT)")
    fetched = []
    for line in read:
        if not line.is_nobodys and line.agent in robots:
            name, operator, kind = robots[line.agent]
            what = line.thing, line.answer
            fetched.append((
                line.day, kind, "\x1f".join((name, operator, kind, "claimed", *what)),
                "\x1f".join((name, kind, line.page or "(no path)", *what)), line.bytes))
    connection.executemany("INSERT INTO fetched VALUES(?, ?, ?, ?, ?)", fetched)
    connection.execute(
        "CREATE TABLE line(day TEXT, visitor TEXT, instant BIGINT, kind TEXT, page TEXT, referrer TEXT, acquisition TEXT, "
        "source TEXT, browser TEXT)")
    rows = []
    for line in read:
        if not line.is_nobodys and line.kind and line.agent not in robots:
            logged, query = line.origin
            _, channel, referrer, *utm = cleaning.acquisition("" if logged == "-" else lines.unescaped(logged), query, {host})
            source = sources[line.origin] if referrer or query else "Direct / None"
            rows.append((
                line.day, f"{line.address} {lines.unescaped(line.agent)}", line.instant, line.kind, line.page, referrer,
                "\x1f".join((source, channel, referrer, *utm)), source, clients[line.agent][0]))
    connection.executemany("INSERT INTO line VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.execute("CREATE TABLE judged(day TEXT, visitor TEXT, views BIGINT, rule TEXT, loads BIGINT)")
    people = [line for line in read if not line.is_nobodys and line.kind and line.agent not in robots]
    connection.executemany("INSERT INTO judged VALUES(?, ?, ?, ?, ?)", list(judged(people, clients)))
    statements = SQL.read_text().split(";\n")
    for statement in statements[:-2]:
        connection.execute(statement)
    found = connection.execute(statements[-2]).fetchall()
    return {(dimension, day, str(value)): tuple(map(int, counts)) for dimension, day, value, *counts in found}


def outcomes(read, robots):
    def ended(line):
        is_robot = not line.is_nobodys and line.agent in robots
        return "bot(user_agent)" if is_robot else line.outcome

    return dict(collections.Counter(map(ended, read)))


def main():
    log, host, folder = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
    texts = list(lines.read_file(log))
    takes_names = lines.has_names(texts, False)
    read = [Line(text, takes_names, cleaning.host_name(host)) for text in texts]
    good = [line for line in read if not line.is_nobodys]
    agents = sorted({line.agent for line in good})
    clients, sources = asked(folder, agents, sorted({line.origin for line in good}))
    robots = robots_asked(folder, agents)
    database = folder / "stats.db"
    footfall("sites", "add", host, "--behaviour", RULES, "--db", database)
    summary = json.loads(footfall("import", log, "--site", host, "--redact", "off", "--db", database, "--json"))
    expected = recount(read, clients, robots, sources, host)
    dimensions = {dimension for dimension, _, _ in expected}
    got = {key: counts for key, counts in dump(database).items() if key[0] in dimensions}
    expected |= {("outcome", "", name): (count,) for name, count in outcomes(read, robots).items()}
    got |= {("outcome", "", name): (count,) for name, count in summary["outcomes"].items()}
    for key in sorted(expected.keys() | got.keys()):
        if expected.get(key) != got.get(key):
            print("\t".join(key), expected.get(key), got.get(key), sep="\t")
    print(f"{len(expected)} values compared, {len(dimensions)} dimensions")


if __name__ == "__main__":
    main()
