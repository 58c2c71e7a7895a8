#!/usr/bin/env python3
"""Imports a year in which each of 10,000 pages is viewed daily, and checks that reports take at most 200 ms of CPU.

The year and one more month are 4.8 million lines and 4.7 million rows of statistics; all days are sealed. They are
imported once and kept. Reports are measured over twelve whole months, over a year that starts within a month, and
with other options. Each report is a separate process, including its start. The exit status is 1 if a report exceeds
its budget.
"""
import argparse
import datetime
import os
import pathlib
import random
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FIRST, DAYS = datetime.date(2024, 1, 15), 366 + 31
PAGES, VISITORS, VIEWS = 10_000, 1_000, 12
BUDGET = 0.2

KHTML = "AppleWebKit/537.36 (KHTML, like Gecko)"
AGENTS = [
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KHTML} Chrome/142.0.0.0 Safari/537.36",
    f"Mozilla/5.0 (Linux; Android 10; K) {KHTML} Chrome/142.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
]
REFERRERS = ["-", "-", "https://www.google.com/", "https://news.ycombinator.com/item?id=1", "https://www.bing.com/"]


def day_lines(date, rng):
    """Returns the lines of a day: each page is viewed once or more, twelve by each visitor within four minutes."""
    pages = list(range(PAGES)) + [int(PAGES * rng.random() ** 3) for _ in range(VISITORS * VIEWS - PAGES)]
    rng.shuffle(pages)
    views = []
    for visitor in range(VISITORS):
        start, agent, referrer = rng.randrange(86_000), rng.choice(AGENTS), rng.choice(REFERRERS)
        for step in range(VIEWS):
            views.append((start + step * 20, visitor, pages[visitor * VIEWS + step], agent, referrer if step == 0 else "-"))
    views.sort()
    stamp = date.strftime("%d/%b/%Y")
    return "".join(
        f"2001:db8::{visitor:x} - - [{stamp}:{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02} +0000]"
        f' "GET /articles/{page:05}-a-page-like-others HTTP/1.1" 200 5120 "{referrer}" "{agent}"\n'
        for second, visitor, page, agent, referrer in views)


def make(days, output):
    rng = random.Random(1)
    for number in range(days):
        output.write(day_lines(FIRST + datetime.timedelta(days=number), rng))


def import_year(footfall, database):
    """Imports the year into a new database, unless an earlier run left one."""
    if database.exists():
        return
    print(f"importing {DAYS * VISITORS * VIEWS:,} lines into {database}", flush=True)
    partial = database.with_name("year.partial")
    for path in partial.parent.glob("year.partial*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    maker = subprocess.Popen([sys.executable, "-B", __file__, "--make", str(DAYS)], stdout=subprocess.PIPE)
    command = [footfall, "import", "-", "--site", "example.com", "--seal", "--quiet", "--db", partial]
    if subprocess.run(command, stdin=maker.stdout).returncode != 0 or maker.wait() != 0:
        sys.exit("dense year: the import failed")
    partial.rename(database)


def figures(footfall, database, page):
    """Returns name, command and budget of each measurement. Measurements without a budget are for comparison."""
    report = [footfall, "report", "--db", database, "--site", "example.com"]
    whole, shifted = ["--since", "2024-02-01", "--until", "2025-01-31"], ["--since", "2024-01-20", "--until", "2025-01-19"]
    return [
        ("a page, twelve whole months", [*report, *whole, "--html", page], BUDGET),
        ("a page, a year from the 20th", [*report, *shifted, "--html", page], BUDGET),
        ("a page of 200 rows per list", [*report, *whole, "--html", page, "--limit", "200"], BUDGET),
        ("JSON with the previous year", [*report, "--since", "2024-02-01", "--json", "--compare", "previous"], BUDGET),
        ("one page of 10,000", [*report, *whole, "--json", "--filter", "page=/articles/00077-a-page-like-others"], BUDGET),
        ("--version", [footfall, "--version"], None),
    ]


def measured(command):
    """Returns CPU and wall seconds of a command."""
    started = time.perf_counter()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"dense year: {command[1]} ended with {process.returncode}")
    return usage.ru_utime + usage.ru_stime, time.perf_counter() - started


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--footfall", default=ROOT / ".build/release/footfall", help="the binary to measure")
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / ".build/bench", help="where the database is kept")
    parser.add_argument("--rounds", type=int, default=7, help="how often each report is measured (default 7)")
    parser.add_argument("--make", type=int, metavar="DAYS", help="only write the log of this many days")
    options = parser.parse_args()
    if options.make:
        return make(options.make, sys.stdout)
    options.folder.mkdir(parents=True, exist_ok=True)
    database = options.folder / "year.db"
    import_year(options.footfall, database)
    within = True
    print(f"{'report of a dense year':<34}{'CPU ms':>9}{'wall ms':>9}{'budget':>9}")
    for name, command, budget in figures(options.footfall, database, options.folder / "year.html"):
        runs = [measured(command) for _ in range(options.rounds)]
        # On a busy machine, the wall time includes other programs. Reports use one thread, so CPU is a lower bound
        # for it.
        cpu, wall = (statistics.median(run[figure] for run in runs) for figure in (0, 1))
        limit = f"{budget * 1e3:.0f}" if budget else "–"
        within = within and (budget is None or cpu <= budget)
        print(f"{name:<34}{cpu * 1e3:>9.0f}{wall * 1e3:>9.0f}{limit:>9}")
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main())
