#!/usr/bin/env python3
"""Compares the product's counts of a real log with those of GoAccess.

    goaccess.py LOG ZONE FOLDER

ZONE is the zone in which the log was written, because GoAccess counts days by the log's own clock. Prints each value
that differs, then how many were compared: lines by status and by host over the whole log; then, over the page views
of people, page views and visitors by day, and page views by page and by the browsers that have one name in both.
docs/counting.md, "Against GoAccess", explains why the rest cannot be equal.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys
import urllib.parse

import lines
from oracle import Line, asked, dump, footfall

SITE = "example.com"
FORMAT = '%h %^ %e [%d:%t %^] "%r" %s %b'
# GoAccess's name -> ours. Some of its names cover several of ours, and it splits some of ours.
BROWSERS = {"Firefox": ["Firefox", "Firefox Mobile", "Iceweasel"], "Edge": ["Edge"], "Yandex.Brows": ["Yandex Browser"]}


def goaccess(texts, folder):
    """Returns GoAccess's results for these lines, by panel: value -> hits and visitors."""
    log, output = folder / "goaccess.log", folder / "goaccess.json"
    log.write_bytes("".join(text + "\n" for text in texts).encode("latin-1"))
    layout = FORMAT + (' "%R" "%u"' if texts[0].endswith('"') else "")
    subprocess.run(
        ["goaccess", log, "--log-format=" + layout, "--date-format=%d/%b/%Y", "--time-format=%H:%M:%S", "-o", output,
         "--no-global-config", "--no-progress", "--no-query-string", "--no-ip-validation", "--max-items=1000000"],
        capture_output=True, check=True)
    panels = json.loads(output.read_bytes().decode("utf-8", "replace"))
    assert panels["general"]["failed_requests"] == 0
    return {name: panel["data"] for name, panel in panels.items() if name != "general"}


def hits(rows, name=str):
    """Returns the hits of each value; a page has a row for each protocol of its requests."""
    counts = collections.Counter()
    for row in rows:
        counts[name(row["data"])] += row["hits"]["count"]
    return counts


def plain(page):
    """Returns a page without its escapes, which GoAccess removes and we keep, and with one slash where it has several."""
    return re.sub("/+", "/", urllib.parse.unquote(page, "latin-1"))


def compare(name, ours, theirs):
    """Prints the differences and returns the number of values."""
    for key in sorted(ours.keys() | theirs.keys()):
        if ours.get(key, 0) != theirs.get(key, 0):
            print(name, key, ours.get(key), theirs.get(key), sep="\t")
    return len(ours)


def compare_lines(read, panels):
    statuses = {row["data"][:3]: row["hits"]["count"] for group in panels["status_codes"] for row in group["items"]}
    count = compare("status", collections.Counter(line.status for line in read), statuses)
    return count + compare("host", collections.Counter(line.host for line in read), hits(panels["hosts"]))


def compare_people(found, panels):
    days = {(day, name): counts[number] for (dimension, day, _), counts in found.items() if dimension == "total"
            for number, name in enumerate(("pageviews", "visitors"))}
    theirs = {(f"{row['data'][:4]}-{row['data'][4:6]}-{row['data'][6:]}", name): row[key]["count"]
              for row in panels["visitors"] for key, name in (("hits", "pageviews"), ("visitors", "visitors"))}
    count = compare("day", days, theirs)
    pages, browsers = collections.Counter(), collections.Counter()
    for (dimension, _, value), counts in found.items():
        if dimension == "page":
            pages[plain(value)] += counts[0]
        if dimension == "browser":
            browsers[value] += counts[0]
    count += compare("page", pages, hits(panels["requests"] + panels["static_requests"], plain))
    named = {name: sum(browsers[each] for each in ours) for name, ours in BROWSERS.items()}
    return count + compare(
        "browser", named, {name: views for name, views in hits(panels.get("browsers", [])).items() if name in named})


def main():
    log, zone, folder = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
    texts = list(lines.read_file(log))
    takes_names = lines.has_names(texts, False)
    read = [(text, Line(text, takes_names, SITE)) for text in texts]
    read = [(text, line) for text, line in read if not line.is_nobodys]
    clients, _ = asked(folder, sorted({line.agent for _, line in read}), [])
    people = [text for text, line in read if line.outcome == "pageview" and clients[line.agent][0]]
    database = folder / "stats.db"
    footfall("sites", "add", SITE, "--timezone", zone, "--behaviour", "off", "--db", database)
    # GoAccess keeps what we merge by default.
    footfall("import", log, "--site", SITE, "--path-slash", "keep", "--path-index", "keep", "--redact", "off", "--db", database)
    count = compare_lines([line for _, line in read], goaccess([text for text, _ in read], folder))
    count += compare_people(dump(database), goaccess(people, folder))
    print(f"{count} values compared")


main()
