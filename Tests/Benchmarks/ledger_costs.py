#!/usr/bin/env python3
"""Measures the cost of counting exactly once: bytes of the ledger, many unchanged files, and recounting a day.

Bytes are those of the database's pages (SQLite's dbstat). A day is recounted because one more line of it is imported.
The exit status is 1 if a budget is exceeded. Budgets for times apply to an idle machine and are only printed.
"""
import argparse
import datetime
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys

from bench import HERE, ROOT, measured

FILES = 500
LEDGER = ("stream", "block", "block_by_id", "open_block_by_day", "open_block_by_time", "open_stream_by_time", "extent",
          "extent_of_import", "sample", "recent_sample", "sqlite_autoindex_block_1")
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:{}.0) Gecko/20100101 Firefox/{}.0"


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--lines", type=int, default=2_000_000, help="lines of the log of many days")
    parser.add_argument("--visitors", type=int, default=1_000_000, help="visitors of the day, with three page views each")
    parser.add_argument("--footfall", default=ROOT / ".build/release/footfall", help="the binary to measure")
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / ".build/bench", help="where logs are kept")
    return parser.parse_args()


def make_day(path, visitors):
    """Writes the log of one day: three page views for each of this many visitors, from 10.0.0.0/8, in order of time."""
    chance = random.Random(1)
    day = datetime.datetime(2026, 1, 10)
    agents = [AGENT.format(version, version) for version in range(100, 140)]
    count = 3 * visitors
    with open(path, "w") as log:
        for number in range(count):
            visitor = chance.randrange(visitors) if number >= visitors else number
            address = f"10.{visitor >> 16 & 255}.{visitor >> 8 & 255}.{visitor & 255}"
            at = (day + datetime.timedelta(seconds=number * 86_399 // count)).strftime("%d/%b/%Y:%H:%M:%S +0000")
            path_name = f"/page/{int(chance.paretovariate(0.7)) % 10_000}"
            log.write(f'{address} - - [{at}] "GET {path_name} HTTP/1.1" 200 {number} "-" "{agents[visitor % 40]}"\n')


class Costs:
    """The measurements, each on a new database."""

    def __init__(self, options):
        self.options = options
        self.folder = options.folder / "ledger"
        self.database = self.folder / "stats.db"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.rows = []
        self.exceeded = False

    def forget(self):
        for path in self.folder.glob("stats.db*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def importing(self, *paths):
        return measured([self.options.footfall, "import", *paths, "--site", "example.com", "--db", self.database,
                         "--final", "--quiet"])

    def note(self, name, value, unit, limit, fails=True):
        over = value > limit
        self.exceeded |= over and fails
        verdict = "ok" if not over else "EXCEEDED" if fails else "over, here"
        self.rows.append((name, f"{value:,.2f} {unit}", f"<= {limit:g} {unit}", verdict))

    def ledger_bytes(self):
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as database:
            marks = ",".join("?" * len(LEDGER))
            query = f"SELECT sum(pgsize) FROM dbstat WHERE name IN ({marks})"
            return database.execute(query, LEDGER).fetchone()[0]

    def bytes_per_line(self):
        log = self.folder / f"days-{self.options.lines}.log"
        if not log.exists():
            command = [sys.executable, "-B", HERE / "generate_log.py", str(self.options.lines), "2", "7", log]
            subprocess.run(command, check=True)
        self.forget()
        self.importing(log)
        self.note("ledger, days open", self.ledger_bytes() / self.options.lines, "B/line", 10)
        # The generator's days end before today, so all of them can be sealed. The number of blocks depends on the
        # ledger's key: 0.096 to 0.101 bytes per line.
        measured([self.options.footfall, "seal", "--until", "2026-11-01", "--db", self.database])
        self.note("ledger, days sealed", self.ledger_bytes() / self.options.lines, "B/line", 0.11)
        return log

    def unchanged_files(self, log):
        files = self.folder / "many"
        shutil.rmtree(files, ignore_errors=True)
        files.mkdir()
        with open(log, "rb") as lines:
            for number in range(FILES):
                (files / f"access.log.{number + 1}").write_bytes(b"".join(lines.readline() for _ in range(200)))
        self.forget()
        subprocess.run(["sleep", "2.1"], check=True)  # a file that changed just before it was read is read again
        self.importing(files)
        run = self.importing(files)
        self.note(f"{FILES} unchanged files, wall", run["wall"] * 1e3, "ms", 50, fails=False)
        self.note(f"{FILES} unchanged files, CPU", run["cpu"] * 1e3, "ms", 50, fails=False)

    def day_anew(self):
        visitors = self.options.visitors
        log = self.folder / f"day-{visitors}.log"
        if not log.exists():
            make_day(log, visitors)
        more = self.folder / "more.log"
        more.write_text('10.255.255.1 - - [10/Jan/2026:12:00:00 +0000] "GET /more HTTP/1.1" 200 5 "-" '
                        f'"{AGENT.format(90, 90)}"\n')
        self.forget()
        self.importing(log)
        run = self.importing(more)
        name = f"a recount of {visitors:,} visitors and {3 * visitors:,} page views"
        self.note(f"{name}, CPU", run["cpu"], "s", 5, fails=False)
        self.note(f"{name}, peak", run["peak"] / 1e6, "MB", 300)
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as database:
            size = database.execute("SELECT sum(length(data)) * 1.0 / sum(hits) FROM run").fetchone()[0]
        self.rows.append(("runs of the day", f"{size:,.2f} B/hit", "", ""))


def main():
    costs = Costs(arguments())
    log = costs.bytes_per_line()
    costs.unchanged_files(log)
    costs.day_anew()
    for row in costs.rows:
        print("{:62} {:>16}  {:>14}  {}".format(*row).rstrip())
    sys.exit(1 if costs.exceeded else 0)


main()
