"""Imports statistics of AWStats, Webalizer and GoAccess that these programs have just written, and compares every total
with their own pages. Searches everything that remains for what is personal in the log.

  python3 -B origins.py --footfall BINARY [awstats|awstats_xml|awstats_days|webalizer|goaccess …]
  python3 -B origins.py --footfall BINARY --log LOG --table

--table prints what the programs and Footfall make of the same log, for docs/moving.md.
"""

import argparse
import csv
import datetime
import html
import io
import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

AWSTATS = "/usr/lib/cgi-bin/awstats.pl"
SITE = "example.com"
PERSONAL = ["192.0.2.", "198.51.100.", "2001:db8:", "jane-doe", "secretword", "mail=jane", "token123", "anna@example.org"]


class Wrong(Exception):
    pass


def check(condition, what):
    if not condition:
        raise Wrong(what)


def equal(here, there, what):
    check(here == there, f"{what}: {here} instead of {there}")


def write_log(path):
    """Writes three months of requests: people, robots, errors, downloads, users, search words, queries."""
    rng = random.Random(26)
    agents = [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "curl/7.88.1",
    ]
    paths = [
        "/", "/about.html", "/shop/item.php?sid=token123", "/search?q=secretword&mail=jane@example.org",
        "/docs/manual.pdf", "/style.css", "/img/logo.png", "/blog/caf%C3%A9.html", "/weg/übung.html",
        "/unsubscribe/anna@example.org", "/missing.html", "/robots.txt", "/favicon.ico",
    ]
    referrers = [
        "-", "https://www.google.com/search?q=secretword", "https://www.example.net/links.html?from=jane-doe",
        "http://www.example.com/about.html",
    ]
    start = datetime.datetime(2024, 1, 3, tzinfo=datetime.timezone.utc)
    moment = start
    with open(path, "w", encoding="utf-8") as log:
        for _ in range(1_500):
            moment += datetime.timedelta(seconds=rng.randrange(20, 9_000))
            host = rng.choice([f"192.0.2.{rng.randrange(1, 60)}", f"198.51.100.{rng.randrange(1, 40)}", "2001:db8::25"])
            user = "jane-doe" if rng.random() < 0.05 else "-"
            target = rng.choice(paths)
            status = 404 if "missing" in target else rng.choice([200, 200, 200, 200, 304, 302, 500])
            size = 0 if status in (304, 302) else rng.randrange(100, 90_000)
            stamp = moment.strftime("%d/%b/%Y:%H:%M:%S +0000")
            log.write(
                f'{host} - {user} [{stamp}] "GET {target} HTTP/1.1" {status} {size} "{rng.choice(referrers)}" '
                f'"{rng.choice(agents)}"\n')


class World:
    def __init__(self, footfall, log=None):
        self.footfall = footfall
        self.folder = tempfile.mkdtemp(prefix="footfall-origins-")
        self.log = log or os.path.join(self.folder, "access.log")
        if not log:
            write_log(self.log)
        self.database = os.path.join(self.folder, "db", "footfall.db")
        os.mkdir(os.path.dirname(self.database))
        self.outputs = []

    def run(self, *arguments, code=0):
        result = subprocess.run(
            [self.footfall, *arguments, "--db", self.database], cwd=self.folder, capture_output=True, text=True)
        self.outputs += [result.stdout, result.stderr]
        equal(result.returncode, code, " ".join(arguments[:2]) + ": exit code, " + result.stderr.strip())
        return result.stdout

    def bring(self, kind, *paths, site=SITE):
        return json.loads(self.run("import-stats", kind, *paths, "--site", site, "--json"))

    def rows(self, sql, *values):
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as db:
            return db.execute(sql, values).fetchall()

    def totals(self, view, day):
        return dict(self.rows(
            f"SELECT measure, number FROM {view} WHERE dimension = 'total' AND day = ? AND site = ?", day, SITE))

    def months(self):
        """The log's months."""
        with open(self.log, encoding="latin-1") as log:
            names = {re.search(r"\[\d\d/(\w{3}/\d{4})", line)[1] for line in log if "[" in line}
        return sorted(datetime.datetime.strptime(name, "%b/%Y") for name in names)

    def search(self):
        """Nothing personal is in any file that remains, nor in any output."""
        for report in (["report", "--site", SITE, "--json"], ["report", "--site", SITE, "--csv"],
                       ["report", "--site", SITE, "--html", "page.html"], ["status"], ["imports"], ["dump"],
                       ["export", "csv", "--output", "tables"]):
            self.run(*report)
        texts = [text.encode() for text in self.outputs]
        for root in (os.path.dirname(self.database), os.path.join(self.folder, "tables")):
            for folder, _, files in os.walk(root):
                for file in files:
                    with open(os.path.join(folder, file), "rb") as data:
                        texts.append(data.read())
        with open(os.path.join(self.folder, "page.html"), "rb") as page:
            texts.append(page.read())
        for personal in PERSONAL:
            check(not any(personal.encode() in text for text in texts), f"{personal} remains")

    def awstats_files(self, *settings, breaks=None):
        """Lets AWStats count the log, and returns its folder."""
        folder = os.path.join(self.folder, "awstats")
        os.mkdir(folder)
        lines = [
            f'LogFile="{self.log}"', "LogFormat=1", 'SiteDomain="www.example.com"', f'HostAliases="{SITE}"',
            f'DirData="{folder}"', "DNSLookup=0", "URLWithQuery=1", "URLReferrerWithQuery=1", "KeepBackupOfHistoricFiles=1",
            'ExtraSectionName1="Hosts"', 'ExtraSectionCodeFilter1="200"', 'ExtraSectionCondition1="URL,."',
            'ExtraSectionFirstColumnTitle1="Host"', 'ExtraSectionFirstColumnValues1="HOST,(.*)"',
            'ExtraSectionStatTypes1=PHBL', "MaxNbOfExtra1=100", *settings,
        ]
        with open(os.path.join(folder, f"awstats.{SITE}.conf"), "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        self.awstats("-update", *([f"-databasebreak={breaks}"] if breaks else []))
        return folder

    def awstats(self, *arguments):
        folder = os.path.join(self.folder, "awstats")
        result = subprocess.run(
            ["perl", AWSTATS, f"-config={SITE}", f"-configdir={folder}", *arguments], capture_output=True, check=True,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C"})
        return result.stdout.decode("utf-8", "replace")

    def close(self):
        shutil.rmtree(self.folder)


def cells(row):
    return [html.unescape(re.sub("<[^>]*>", " ", cell)).replace("\xa0", " ").strip()
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]


def bytes_of(number):
    """AWStats's Format_Bytes."""
    for unit, name in ((1 << 40, "TB"), (1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")):
        if number >= unit:
            return f"{number / unit:.2f} {name}"
    return str(number) if number == 0 else f"{number} Bytes"


def compare_awstats(world, months):
    """The page of each month: its row in the history, what was not viewed, days and hours."""
    figures = 0
    for month in months:
        page = world.awstats("-output", "-staticlinks", f"-month={month:%m}", f"-year={month:%Y}", "-lang=en")
        here = world.totals("past_monthly", month.strftime("%Y-%m-%d"))
        row = [cells(line) for line in page.splitlines() if cells(line)[:1] == [month.strftime("%b %Y")]][0]
        equal(
            [str(here[name]) for name in ("unique_visitors", "visits", "pages", "hits")] + [bytes_of(here["bytes"])],
            [cell.replace(",", "") for cell in row[1:5]] + row[5:6], f"{month:%Y-%m}")
        not_viewed = re.search(r"Not viewed traffic.*\n(.*)", page)[1]
        found = [re.sub(r"\D", "", cell) for cell in cells(not_viewed)[-3:-1]]
        equal([str(here["not_viewed_pages"]), str(here["not_viewed_hits"])], found, f"{month:%Y-%m} not viewed")
        days = 0
        for line in page.splitlines():
            for row in re.findall(r"<tr[^>]*>.*?</tr>", line):
                row = cells(row)
                if len(row) != 5 or not re.fullmatch(r"\d\d " + month.strftime("%b %Y"), row[0]):
                    continue
                date = datetime.datetime.strptime(row[0], "%d %b %Y")
                here = world.totals("past_daily", date.strftime("%Y-%m-%d"))
                equal(
                    [str(here.get(name, 0)) for name in ("visits", "pages", "hits")] + [bytes_of(here.get("bytes", 0))],
                    [cell.replace(",", "") for cell in row[1:4]] + row[4:], row[0])
                days += 1
        check(days >= 28, f"{days} days on AWStats's page")
        figures += 7 + days * 4
        figures += compare_missing(world, month)
    return figures


def compare_missing(world, month):
    """The page of all addresses that were not found."""
    page = world.awstats("-output=errors404", "-staticlinks", f"-month={month:%m}", f"-year={month:%Y}", "-lang=en")
    rows = [cells(row) for row in re.findall(r"<tr[^>]*>.*?</tr>", page, re.S)]
    found = {row[0]: int(row[1].replace(",", "")) for row in rows if len(row) == 3 and row[0].startswith("/")}
    here = dict(world.rows(
        "SELECT value, number FROM past_monthly WHERE dimension = 'not_found' AND day = ?", month.strftime("%Y-%m-%d")))
    check(found, f"{month:%Y-%m}: no row on AWStats's page of errors")
    equal(here, found, f"{month:%Y-%m} errors404")
    return len(found)


def awstats(world, *settings):
    folder = world.awstats_files(*settings)
    files = sorted(name for name in os.listdir(folder) if name.endswith(".txt"))
    months = world.months()
    equal(len([name for name in files if SITE in name]), len(months), "files of AWStats")
    # The whole folder, with backups and other files beside the months.
    summary = world.bring("awstats", folder)
    equal(sum(file["added"] for file in summary["files"]), len(months), "months added")
    figures = compare_awstats(world, months)
    # Another run over the same log writes the lists in another order.
    again = os.path.join(world.folder, "again")
    os.mkdir(again)
    shutil.copytree(folder, again, dirs_exist_ok=True)
    for name in files:
        os.remove(os.path.join(folder, name))
    world.awstats("-update")
    summary = world.bring("awstats", folder)
    equal(sum(file["known"] for file in summary["files"]), len(months), "months that are known")
    world.search()
    return f"{figures} figures equal"


def awstats_xml(world):
    return awstats(world, "BuildHistoryFormat=xml")


def awstats_days(world):
    folder = world.awstats_files(breaks="day")
    days = [name for name in os.listdir(folder) if re.fullmatch(r"awstats\d{8}\..*\.txt", name)]
    world.bring("awstats", folder)
    for name in days:
        month, year, day = name[7:9], name[9:13], name[13:15]
        here = world.totals("past_daily", f"{year}-{month}-{day}")
        with open(os.path.join(folder, name), encoding="latin-1") as file:
            text = file.read()
        equal(here["visits"], int(re.search(r"TotalVisits (\d+)", text)[1]), name)
        equal(here["unique_visitors"], int(re.search(r"TotalUnique (\d+)", text)[1]), name)
        hours = re.search(r"BEGIN_TIME 24\n(.*?)END_TIME", text, re.S)[1].splitlines()
        equal(here["pages"], sum(int(hour.split()[1]) for hour in hours), name)
        equal(here["hits"], sum(int(hour.split()[2]) for hour in hours), name)
    world.search()
    return f"{len(days) * 4} figures equal"


def webalizer(world):
    folder = os.path.join(world.folder, "webalizer")
    os.mkdir(folder)
    with open(os.path.join(folder, "webalizer.conf"), "w", encoding="utf-8") as file:
        file.write("Incremental yes\nHideURL *.nothing\n")
    subprocess.run(
        ["webalizer", "-Q", "-c", os.path.join(folder, "webalizer.conf"), "-o", folder, "-n", "www.example.com",
         world.log], check=True, capture_output=True)
    world.bring("webalizer", os.path.join(folder, "webalizer.hist"), os.path.join(folder, "webalizer.current"))
    figures = 0
    titles = {"hits": "Total Hits", "files": "Total Files", "pages": "Total Pages", "visits": "Total Visits",
              "sites": "Total Unique Sites"}
    for month in world.months():
        here = world.totals("past_monthly", month.strftime("%Y-%m-%d"))
        with open(os.path.join(folder, f"usage_{month:%Y%m}.html"), encoding="latin-1") as file:
            page = re.sub("<[^>]*>", " ", file.read())
        for measure, title in titles.items():
            equal(here[measure], int(re.search(title + r"\s+(\d+)", page)[1]), f"{month:%Y-%m} {measure}")
            figures += 1
        percent = r"\s+[\d.]+%\s+"
        daily = page.split("Daily Statistics for")[1].split("Hourly Statistics for")[0]
        days = re.findall(rf"\s(\d+)\s+(\d+){percent}(\d+){percent}(\d+){percent}(\d+){percent}(\d+){percent}", daily)
        if month == world.months()[-1]:
            for day, hits, files, pages, visits, _ in days:
                here = world.totals("past_daily", f"{month:%Y-%m}-{int(day):02}")
                equal([here.get(name, 0) for name in ("hits", "files", "pages", "visits")],
                      [int(hits), int(files), int(pages), int(visits)], f"{month:%Y-%m}-{day}")
                figures += 4
    world.search()
    return f"{figures} figures equal"


def goaccess(world):
    report = os.path.join(world.folder, "report")
    for form in ("json", "csv"):
        subprocess.run(
            ["goaccess", world.log, "--log-format=COMBINED", "--no-global-config", "-o", f"{report}.{form}",
             "--max-items=100000"], check=True, capture_output=True)
    world.bring("goaccess", report + ".json")
    figures = 0
    with open(report + ".csv", encoding="utf-8") as file:
        rows = list(csv.reader(io.StringIO(file.read())))
    general = {row[11]: row[10] for row in rows if row[2] == "general"}
    whole = dict(world.rows("SELECT measure, number FROM past_whole WHERE dimension = 'total'"))
    for measure, name in (("hits", "total_requests"), ("visitors", "unique_visitors"), ("bytes", "bandwidth")):
        equal(whole[measure], int(general[name]), name)
        figures += 1
    for row in rows:
        if row[2] == "visitors" and row[1] == "":
            day = f"{row[11][:4]}-{row[11][4:6]}-{row[11][6:]}" if len(row) > 11 else None
            here = world.totals("past_daily", day)
            equal([here["hits"], here["visitors"], here["bytes"]], [int(row[3]), int(row[5]), int(row[7])], day)
            figures += 3
    world.search()
    return f"{figures} figures equal"


def table(footfall, log):
    """Prints what each program makes of a log, month by month, and what Footfall makes of it."""
    own = World(footfall, log)
    own.run("import", log, "--site", SITE, "--quiet")
    report = json.loads(own.run("report", "--site", SITE, "--interval", "month", "--json"))["sites"][0]
    columns = {"Footfall": {point["start"]: (point["visitors"], point["visits"], point["pageviews"])
                            for point in report["trend"]}}
    for name, function, measures in (
            ("AWStats", awstats, ("unique_visitors", "visits", "pages")),
            ("Webalizer", webalizer, ("sites", "visits", "pages")), ("GoAccess", goaccess, ("visitors", "hits"))):
        world = World(footfall, log)
        function(world)
        past = json.loads(world.run("report", "--site", SITE, "--interval", "month", "--json"))["sites"][0]["past"][0]
        columns[name] = {step["start"]: tuple(step["numbers"].get(measure) for measure in measures)
                         for step in past["trend"]}
        world.close()
    own.close()
    for month in sorted({month for steps in columns.values() for month in steps}):
        print(month, {name: steps.get(month) for name, steps in columns.items()})


SCENARIOS = {one.__name__: one for one in (awstats, awstats_xml, awstats_days, webalizer, goaccess)}
PROGRAMS = {"awstats": AWSTATS, "awstats_xml": AWSTATS, "awstats_days": AWSTATS, "webalizer": shutil.which("webalizer"),
            "goaccess": shutil.which("goaccess")}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--footfall", required=True)
    parser.add_argument("--log")
    parser.add_argument("--table", action="store_true")
    parser.add_argument("names", nargs="*", choices=[[], *SCENARIOS])
    arguments = parser.parse_args()
    footfall = os.path.abspath(arguments.footfall)
    if arguments.table:
        return table(footfall, os.path.abspath(arguments.log))
    failed = False
    for name in arguments.names or SCENARIOS:
        if not PROGRAMS[name] or not os.path.exists(PROGRAMS[name]):
            print(f"{name}: skipped, because the program is not installed", flush=True)
            continue
        world = World(footfall)
        try:
            print(f"{name}: {SCENARIOS[name](world)}", flush=True)
        except Wrong as wrong:
            failed = True
            print(f"{name}: {wrong}", flush=True)
        finally:
            world.close()
    sys.exit(failed)


if __name__ == "__main__":
    main()
