"""The world of one scenario: a folder of logs, databases that import them, and the lines that were really logged."""
import collections
import datetime
import gzip
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess

START = datetime.datetime(2026, 9, 1, tzinfo=datetime.timezone.utc)
AGENTS = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:141.0) Gecko/20100101 Firefox/141.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 "
    "Mobile/15E148 Safari/604.1",
]
NETWORKS = ["192.0.2", "198.51.100", "203.0.113"]


class Log:
    """A generated log. Every page view has its own page, so each line can be recognised in the statistics.

    Some lines are repeated within a second, as a reloaded page or an impatient program would do. They are ordinary
    lines and count as often as they occur.
    """

    def __init__(self, random, lines, server="", days=3):
        self.random = random
        self.server = server
        self.time = START
        self.step = days * 86_400 / max(lines, 1)
        self.count = 0
        self.lines = []
        while len(self.lines) < lines:
            self.lines += [self._line()] * self._copies()
        del self.lines[lines:]

    def _copies(self):
        chance = self.random.random()
        return 1 if chance < .96 else self.random.randint(2, 4) if chance < .998 else self.random.randint(5, 40)

    def _line(self):
        self.count += 1
        self.time += datetime.timedelta(seconds=self.random.expovariate(1 / self.step))
        client = f"{self.random.choice(NETWORKS)}.{self.random.randint(1, 254)}"
        clock = self.time.strftime("%d/%b/%Y:%H:%M:%S +0000")
        name = f"{self.server}{self.count}"
        chance = self.random.random()
        if chance < .01:
            return f"{name} is no line of an access log\n".encode()
        request, status = f"GET /p/{name}", 200
        if chance < .2:
            request = f"GET /s/{name}.css"
        elif chance < .23:
            request, status = f"GET /missing/{name}", 404
        elif chance < .25:
            request = f"POST /form/{name}"
        agent = self.random.choice(AGENTS)
        return f'{client} - - [{clock}] "{request} HTTP/1.1" {status} 512 "-" "{agent}"\n'.encode()


class Problem(Exception):
    """Something other than a count is wrong."""


class Database:
    """A separate database, with its own vault and therefore its own salts and keys."""

    def __init__(self, world, name, *options):
        self.world = world
        self.path = world.folder / f"{name}.db"
        self.options = list(options)
        # A visitor who requests a page a hundred times a minute is a robot, but here every line must count.
        self.run("sites", "add", "example.com", "--behaviour", "off")

    def run(self, *arguments, stdin=None):
        command = [self.world.footfall, *map(str, arguments), "--db", self.path]
        # Standard input is a pipe: it cannot be read twice and has no size.
        return subprocess.run(
            command, cwd=self.world.logs, input=b"" if stdin is None else stdin, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)

    def import_(self, paths, code, options, stdin=None):
        workers = self.world.random.randint(1, 4)
        run = self.run(
            "import", *paths, "--site", "example.com", "--json", "--workers", workers, *options, *self.options,
            stdin=stdin)
        # Malformed lines produce a warning, which is not an error here.
        is_warning = run.returncode == 2 and code == 0 and not any(
            file.get("problem") for file in json.loads(run.stdout)["files"])
        if run.returncode != code and not is_warning:
            raise Problem(f"import {paths} {options}: exit code {run.returncode}, expected {code}: "
                          f"{run.stderr.decode(errors='replace').strip()}")
        summary = json.loads(run.stdout)
        if summary["lines"] != sum(summary["outcomes"].values()):
            raise Problem("the outcomes do not add up to the lines")
        return summary

    def query(self, sql):
        connection = sqlite3.connect(self.path)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def pages(self):
        return collections.Counter(dict(self.query("SELECT page, sum(pageviews) FROM pages_daily GROUP BY page")))

    def outcomes(self):
        """Returns the outcomes of lines that are neither page views nor known."""
        return collections.Counter(dict(self.query(
            "SELECT outcome, sum(lines) FROM outcome WHERE outcome NOT IN ('already_imported', 'pageview') "
            "GROUP BY outcome")))

    def dump(self):
        return self.run("dump").stdout


class World:
    """What a scenario works on. Two databases import everything: only one of them reads unchanged files again."""

    def __init__(self, footfall, folder, random, is_small):
        self.high = 3_000 if is_small else 6_000
        self.footfall = footfall
        self.folder = pathlib.Path(folder)
        self.logs = self.folder / "logs"
        self.logs.mkdir(parents=True)
        self.random = random
        self.truth = []
        self.databases = [Database(self, "spared"), Database(self, "reread", "--reread")]

    # Logs.

    def log(self, low=1_500, high=None, **options):
        return Log(self.random, self.random.randint(low, high or self.high), **options).lines

    def write(self, name, lines, rest=b""):
        """Makes a new file with another inode, as log rotation does."""
        self.remove(name)
        (self.logs / name).write_bytes(b"".join(lines) + rest)

    def overwrite(self, name, data):
        """Truncates a file to nothing and fills it again, as copytruncate and then the server do."""
        with open(self.logs / name, "r+b") as file:
            file.truncate(0)
            file.write(data)

    def append(self, name, lines, rest=b""):
        with open(self.logs / name, "ab") as file:
            file.write(b"".join(lines) + rest)

    def gzip(self, name, lines, level=6):
        self.remove(name)
        (self.logs / name).write_bytes(gzip.compress(b"".join(lines), level, mtime=self.random.randint(1, 2**31)))

    def rename(self, name, to):
        os.replace(self.logs / name, self.logs / to)

    def remove(self, name):
        (self.logs / name).unlink(missing_ok=True)

    def copy(self, name, to):
        shutil.copyfile(self.logs / name, self.logs / to)

    # Random values.

    def cuts(self, count, below):
        """Returns different places within a log, in order."""
        return sorted(self.random.sample(range(1, below), count))

    def clear_cut(self, lines, low=1, high=None):
        """Returns a place between two different lines: within a run of equal lines, places look alike."""
        while True:
            place = self.random.randint(low, len(lines) - 1 if high is None else high)
            if lines[place - 1] != lines[place]:
                return place

    def shuffled(self, things):
        things = list(things)
        self.random.shuffle(things)
        return things

    # Imports.

    def import_(self, *paths, code=0, options=(), stdin=None):
        summaries = [database.import_(paths, code, list(options), stdin) for database in self.databases]
        for summary in summaries:
            summary.pop("import", None)
            for file in summary["files"]:
                # How many of a file's lines are sampled depends on the key.
                file["problem"] = re.sub(r"\d+ of \d+ sampled", "sampled", file.get("problem") or "")
        if summaries[0] != summaries[1]:
            raise Problem(f"import {paths}: the summary differs when unchanged files are read again")
        return summaries[0]

    def check(self):
        """Returns how many lines were counted too often or not at all. Compares statistics with one ordered run."""
        whole = Database(self, "whole")
        self.write("whole.log", self.truth)
        whole.import_(["whole.log"], 0, ["--final"])
        if whole.pages() != expected_pages(self.truth):
            raise Problem("even the ordered run does not count correctly")
        double = missed = 0
        for database in self.databases:
            for counted, true in ((database.pages(), whole.pages()), (database.outcomes(), whole.outcomes())):
                double += sum((counted - true).values())
                missed += sum((true - counted).values())
            if database.query("PRAGMA integrity_check") != [("ok",)]:
                raise Problem("the database is damaged")
        if not double and not missed and len({database.dump() for database in [*self.databases, whole]}) != 1:
            raise Problem("the dump differs from that of one ordered run")
        return double, missed


def expected_pages(lines):
    pages = collections.Counter()
    for line in lines:
        if b'"GET /p/' in line:
            pages[line.split(b'"GET ', 1)[1].split(b" ", 1)[0].decode()] += 1
    return pages
