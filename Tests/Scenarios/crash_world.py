"""A small world for crash tests: invented logs, a database of them, and its invariants."""
import gzip
import os
import random
import shutil
import sqlite3
import subprocess
import sys

DAYS = ["2024-09-01", "2024-09-02", "2024-09-03"]
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:%d.0) Gecko/20100101 Firefox/140.0"
RULES = {
    "browsers.rules": "browser\t-\t(Firefox)/(\\d+)\t\t\t\t\t\n",
    "crawlers.rules": "Googlebot\\/\tsearch-engine\n",
    "REVISIONS": "crash-tests\t1\tcrash-tests\n",
}


def log_lines(seed, day, count):
    """Returns the lines of one day: pages, assets, a robot; only documentation addresses; no missing pages."""
    chance = random.Random(f"{seed} {day}")
    seconds = sorted(chance.randrange(86400) for _ in range(count))
    lines = []
    for second in seconds:
        address = "%s.%d" % (chance.choice(["192.0.2", "198.51.100", "203.0.113"]), chance.randrange(1, 255))
        path = chance.choice(["/", "/a", "/b", f"/page/{chance.randrange(300)}", "/style.css", "/photo.jpg"])
        agent = chance.choice([BROWSER % 140, BROWSER % 141, "Mozilla/5.0 (compatible; Googlebot/2.1)"])
        clock = "%02d:%02d:%02d" % (second // 3600, second // 60 % 60, second % 60)
        lines.append(
            f'{address} - - [{day[8:]}/Sep/2024:{clock} +0000] "GET {path} HTTP/1.1" 200 {second} "-" "{agent}"\n')
    return lines


class World:
    """A folder with a database `stats.db` and the logs to be counted into it."""

    def __init__(self, footfall, folder):
        self.footfall = footfall
        self.folder = folder
        os.makedirs(folder + "/rules", exist_ok=True)
        for name, text in RULES.items():
            with open(f"{folder}/rules/{name}", "w") as file:
                file.write(text)
        self.environment = dict(os.environ, FOOTFALL_DATA=folder + "/rules")

    def write(self, name, lines, rest=""):
        """Writes a log, gzipped if its name ends that way."""
        data = ("".join(lines) + rest).encode()
        with open(f"{self.folder}/{name}", "wb") as file:
            file.write(gzip.compress(data, mtime=0) if name.endswith(".gz") else data)

    def start(self, arguments, tracer=()):
        """Starts footfall on the world's database, under a tracer if given."""
        return subprocess.Popen(
            [*tracer, self.footfall, *arguments, "--db", "stats.db"], cwd=self.folder, env=self.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def run(self, arguments, tracer=(), allowed=(0,)):
        """Runs footfall to its end and returns its exit code and output."""
        process = self.start(arguments, tracer)
        output, errors = process.communicate()
        if process.returncode not in allowed:
            fail(f"footfall {' '.join(arguments)} ended with {process.returncode}: {errors.strip()}")
        return process.returncode, output

    def dump(self):
        return self.run(["dump"])[1]

    def copy(self, folder):
        """Copies this world into another folder."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        return World(self.footfall, folder)

    def check(self):
        """Checks the invariants. Reads a copy, since reading could repair the original."""
        look = self.folder + "/look"
        shutil.rmtree(look, ignore_errors=True)
        os.makedirs(look)
        for name in ("stats.db", "stats.db-wal", "stats.db-journal"):
            if os.path.exists(f"{self.folder}/{name}"):
                shutil.copy(f"{self.folder}/{name}", look)
        facts = check_database(look + "/stats.db", self.folder + "/stats.db.vault")
        shutil.rmtree(look)
        return facts


def check_database(path, vault):
    """Checks a database file and its vault, and returns (lines in the ledger, sealed days)."""
    if not os.path.exists(path):
        return 0, 0
    database = sqlite3.connect(path)
    try:
        ask = lambda sql: database.execute(sql).fetchall()
        expect(ask("PRAGMA integrity_check") == [("ok",)], "integrity_check")
        if not ask("SELECT 1 FROM sqlite_schema WHERE name = 'block'"):
            return 0, 0
        expect(ask("PRAGMA foreign_key_check") == [], "foreign_key_check")
        lines = ask("SELECT coalesce(sum(lines), 0) FROM block")[0][0]
        expect(lines == ask("SELECT coalesce(sum(lines), 0) FROM extent")[0][0], "each line belongs to one import")
        expect(not ask("""SELECT 1 FROM run JOIN day USING (site, day) WHERE state = 'sealed'"""), "no hits in sealed days")
        counted = """SELECT site, day, sum(hits) FROM run GROUP BY site, day"""
        booked = """SELECT outcome.site, outcome.day, sum(lines) FROM outcome
            JOIN day ON day.site = outcome.site AND day.day = outcome.day
            WHERE outcome = 'pageview' AND state = 'open' GROUP BY outcome.site, outcome.day"""
        expect(sorted(ask(counted)) == sorted(ask(booked)), "books and hits of open days agree")
        if lines:
            expect(size(vault + "/ledger.key") == 16, "the ledger's key is stored before it is used")
        for (day,) in ask("SELECT DISTINCT date(day * 86400, 'unixepoch') FROM run"):
            expect(size(f"{vault}/salts/{day}") == 32, "a salt is stored before it is used")
        return lines, ask("SELECT count(*) FROM day WHERE state = 'sealed'")[0][0]
    except sqlite3.DatabaseError as error:
        fail(f"the database is damaged: {error}")
    finally:
        database.close()


def size(path):
    return os.path.getsize(path) if os.path.exists(path) else None


def expect(condition, what):
    if not condition:
        fail(f"broken: {what}")


class Broken(Exception):
    """An invariant does not hold."""


def fail(what):
    raise Broken(what)


def strace():
    """Returns the path of strace if it may trace, otherwise None."""
    path = shutil.which("strace")
    if path and subprocess.run([path, "-qq", "-o", "/dev/null", "true"], stderr=subprocess.DEVNULL).returncode == 0:
        return path
    return None


def say(text):
    print(text, flush=True)
    sys.stdout.flush()
