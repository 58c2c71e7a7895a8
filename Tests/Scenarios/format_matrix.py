"""Writes logs in every format behind every envelope, and with odd lines, and lets the binary read all of them.

  format_matrix.py --footfall .build/debug/footfall --data .build/share/footfall

The odd lines are stray lines, changes of format and unexpected columns. Each log must give the right page views and
clients, or be refused with a reason; nothing else is accepted. Prints each problem on a line, and `N logs, M refused`
at the end. The exit status is 1 if there is a problem.
"""
import argparse
import collections
import datetime
import itertools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from log_formats import (CARRIED, CARRIERS, FORMATS, TIMELESS, UTC, W3C, YEARLESS, Request, clf_time, combined, common,
                         iso, parts, w3c)

LINES = 120
CLIENTS = 50
POINTS = [10, 60, 300, 1_200]
FILES_AT_ONCE = 400


class Log:
    """A log, and its page views."""

    def __init__(self, name, must=True, may_be_told=False):
        self.name = name
        # Whether it must be read; others may be refused.
        self.must = must
        # Whether it may be read wrong if the message says so.
        self.may_be_told = may_be_told
        self.lines = []
        self.views = collections.Counter()
        # Page views that may or may not be read in addition.
        self.strays = collections.Counter()

    def add(self, line, request):
        self.lines.append(line)
        self.views[request.ip, request.path] += 1

    def stray(self, at, line, request):
        self.lines.insert(at, line)
        self.strays[request.ip, request.path] += 1


def requests(name, count=LINES, first=0):
    """Yields page views on all days of a month. The path shows which log a view belongs to."""
    start = datetime.datetime(2024, 10, 1, 10, 0, 0, tzinfo=UTC)
    for number in range(first, first + count):
        time = start + datetime.timedelta(days=number * 31 // max(LINES, first + count), seconds=number)
        yield Request(f"192.0.2.{number % CLIENTS + 1}", f"/{name}/{number}", time)


def stray_request(name):
    return Request("198.51.100.77", f"/{name}/stray", datetime.datetime(2024, 10, 10, 12, 0, 0, tzinfo=UTC))


def plain(name, line, must=True):
    log = Log(name, must)
    for request in requests(name):
        log.add(line(request), request)
    return log


def carried():
    """Yields each format behind each envelope, on all days of a month."""
    for name, line in FORMATS.items():
        yield plain(f"plain.{name}", line)
        for envelope, wrap in CARRIERS.items():
            # No program writes an envelope inside another one of the same kind.
            must = name not in CARRIED
            yield plain(f"carried.{envelope}.{name}", lambda r: wrap(r, line(r)), must)
    for (name, line), (envelope, wrap) in itertools.product(TIMELESS.items(), CARRIERS.items()):
        yield plain(f"timeless.{envelope}.{name}", lambda r: wrap(r, line(r)), envelope not in YEARLESS)
    for name, line in FORMATS.items():
        log = Log(f"parts.{name}", must=name not in CARRIED)
        lines = []
        for request in requests(log.name):
            lines.append(line(request))
            log.views[request.ip, request.path] += 1
        log.lines = parts(lines)
        yield log


def with_header(log):
    log.lines.insert(0, W3C)
    return log


def some(of, number, all_of_them):
    """Returns all of some values, or only the one for this number."""
    return of if all_of_them else [of[number % len(of)]]


def strayed(all_places):
    """Yields each format with one stray line of every other format, at the start, in the middle and at the end."""
    places = [("start", 0), ("middle", LINES // 2), ("end", LINES)]
    for number, ((name, line), (other, stray)) in enumerate(itertools.permutations(FORMATS.items(), 2)):
        for place, at in some(places, number, all_places):
            log = plain(f"stray.{place}.{name}.{other}", line)
            request = stray_request(log.name)
            log.stray(at, stray(request), request)
            yield log
    for (name, line), (envelope, wrap) in itertools.product(list(FORMATS.items())[:6], CARRIERS.items()):
        log = plain(f"stray.envelope.{name}.{envelope}", line)
        request = stray_request(log.name)
        log.stray(LINES // 2, wrap(request, line(request)), request)
        yield log
    for garbage in ["", " ", "\0" * 50, "not a log line", "{", "}", '"', "2024/10/10 13:55:36 [error] 3#3: *3 open() failed",
                    "-- Boot 6c2f --", "Oct 10 13:55:36 web newsyslog[3]: logfile turned over", "\x16\x03\x01"]:
        for name, line in FORMATS.items():
            log = plain(f"garbage.{abs(hash(garbage)) % 10_000}.{name}", line)
            log.lines[0:0] = [garbage]
            log.lines[LINES // 2:LINES // 2] = [garbage]
            yield log


def changed(all_points):
    """Yields every ordered pair of formats in one file, with the change after various numbers of lines."""
    for number, ((name, line), (other, next_line)) in enumerate(itertools.permutations(FORMATS.items(), 2)):
        for point in some(POINTS, number, all_points):
            log = Log(f"change.{point}.{name}.{other}")
            for request in requests(log.name, point):
                log.add(line(request), request)
            for request in requests(log.name, LINES, point):
                log.add(next_line(request), request)
            yield log


def changed_envelopes(all_points):
    """Yields the same for every ordered pair of envelopes."""
    wraps = {"none": lambda r, line: line, **CARRIERS}
    for number, ((one, wrap), (other, next_wrap)) in enumerate(itertools.permutations(wraps.items(), 2)):
        for point in some(POINTS, number, all_points):
            log = Log(f"change.{point}.{one}.{other}")
            for request in requests(log.name, point):
                log.add(wrap(request, combined(request)), request)
            for request in requests(log.name, LINES, point):
                log.add(next_wrap(request, combined(request)), request)
            yield log


def columns():
    """Yields combined with unexpected columns before, between and after the known ones."""
    front = {"host_dash": "{host} - ", "quoted_host": '"{host}" ', "scheme": "https ", "scheme_host": "https {host} ",
             "port": "443 ", "id": "8f14e45fceea167a ", "bracketed": "[{host}] ", "time": "0.003 "}
    for name, text in front.items():
        yield plain(f"columns.front.{name}",
                    lambda r: text.format(host=r.host) + FORMATS["combined"](r), must=False)
    between = {"cookie": '"a=1; b=2"', "no_cookie": '"-"', "host": '"{host}"', "number": "17", "time": "0.003",
               "list": '"10.0.0.1, 10.0.0.2"', "word": "HIT", "quoted_word": '"HIT"', "quoted_time": '"0.003"'}
    for name, text in between.items():
        value = text.format(host="example.com")
        yield plain(f"columns.before_referrer.{name}",
                    lambda r: common(r) + f' {value} "{r.referrer}" "{r.agent}"', must=False)
        yield plain(f"columns.no_referrer.before.{name}",
                    lambda r: common(r) + f' {value} "-" "{r.agent}"', must=False)
        yield plain(f"columns.between.{name}",
                    lambda r: common(r) + f' "{r.referrer}" {value} "{r.agent}"', must=False)
        yield plain(f"columns.no_referrer.between.{name}",
                    lambda r: common(r) + f' "-" {value} "{r.agent}"', must=False)
        yield plain(f"columns.after.{name}",
                    lambda r: FORMATS["combined"](r) + " " + value, must=name != "list")
        yield plain(f"columns.before_status.{name}",
                    lambda r: common(r, tail=f" {value} 200 123") + f' "{r.referrer}" "{r.agent}"', must=False)
    yield plain("columns.swapped", lambda r: common(r) + f' "{r.agent}" "{r.referrer}"', must=False)
    yield plain("columns.swapped.none", lambda r: common(r) + f' "{r.agent}" "-"', must=False)
    yield plain("columns.two_addresses", lambda r: f"{r.ip} 10.0.0.{len(r.path) % 9} " + FORMATS["combined"](r), must=False)
    for place in ["front", "peer", "behind", "far_behind"]:
        yield plain(f"columns.client.{place}", lambda r: {
            "front": f"{r.ip} " + common(r, ip="10.0.0.9"),
            "peer": "10.0.0.9 " + common(r),
            "behind": FORMATS["combined"](Request("10.0.0.9", r.path, r.time)) + f" {r.ip}",
            "far_behind": FORMATS["combined"](Request("10.0.0.9", r.path, r.time)) + f' 0.003 "x" "{r.ip}"',
        }[place], must=False)
    yield plain("columns.only_host", lambda r: common(r, ip=r.host) + f' "-" "{r.agent}"', must=False)
    yield plain("columns.msec", lambda r: f'{r.time.timestamp():.3f} {r.ip} {r.host} GET {r.path} HTTP/1.1 200 34 0.000 '
                                          f'- "{r.referrer}" "{r.agent}" "-" - -', must=False)
    yield plain("columns.own_json", lambda r: json.dumps(
        {"when": clf_time(r), "who": r.ip, "what": r.path, "how": "GET", "code": 200, "browser": r.agent}), must=False)


def runs():
    """Yields logs with a run of lines that look like the others, or like none, at the start, in the middle and at the
    end."""
    odd = {
        "private_behind": lambda r, n: combined(r, ip=f"10.0.0.{n % 2}") + f" xff={r.ip}",
        "private_user": lambda r, n: combined(r, ip=f"10.0.0.{n % 2}", middle=f" - {r.ip} "),
        "private_front": lambda r, n: f"{r.ip} " + combined(r, ip=f"10.0.0.{n % 2}"),
        "cdn": lambda r, n: combined(r, ip=f"203.0.113.{n % 3}") + f" 0.003 {r.ip}",
        "swapped": lambda r, n: common(r) + f' "{r.agent}" "{r.referrer}"',
        "swapped_none": lambda r, n: common(r) + f' "{r.agent}" "-"',
        "cookie_before": lambda r, n: common(r) + f' "a=1; b=2" "{r.referrer}" "{r.agent}"',
        "cookie_between": lambda r, n: common(r) + f' "{r.referrer}" "a=1; b=2" "{r.agent}"',
        "bars": lambda r, n: f"{r.ip}|{iso(r)}|GET|{r.path}|200|{r.agent}",
        "brackets": lambda r, n: common(r) + f" [{r.referrer}] [{r.agent}]",
        "pairs": lambda r, n: f'who={r.ip} when={iso(r)}Z how=GET what={r.path} code=200 with="{r.agent}"',
    }
    lines = {"combined": combined, "vhost_combined": FORMATS["vhost_combined"],
             "combined_request_time": FORMATS["combined_request_time"]}
    places = [(0, 30, 400), (300, 100, 0), (400, 40, 0), (400, 16, 200), (2_500, 30, 2_500), (5_000, 30, 0)]
    for (kind, odd_line), (name, line), (before, run, behind) in itertools.product(odd.items(), lines.items(), places):
        log = Log(f"run.{kind}.{name}.{before}.{run}.{behind}", must=False, may_be_told=True)
        for number, request in enumerate(requests(log.name, before + run + behind)):
            is_odd = before <= number < before + run
            log.add(odd_line(request, number) if is_odd else line(request), request)
        yield log


def headers():
    yield with_header(plain("header.w3c", w3c))
    for name, line in FORMATS.items():
        log = Log(f"header.w3c.{name}")
        for request in requests(log.name):
            log.add(w3c(request), request)
        log.lines.insert(0, W3C)
        for request in requests(log.name, LINES, LINES):
            log.add(line(request), request)
        yield log


def convert(asked, folder, logs):
    """Returns the page views that the binary finds in each log, and the logs it refuses, with the reasons."""
    paths = []
    for number, log in enumerate(logs):
        path = folder / f"{number}.log"
        path.write_bytes("".join(line + "\n" for line in log.lines).encode())
        paths.append(path)
    result = subprocess.run(
        [asked.footfall, "convert", *map(str, paths), "--site", "example.com", "--tracking-id", "gx_abcdefghijkl", "--db",
         str(folder / "none.db")], capture_output=True, text=True, env=dict(os.environ, FOOTFALL_DATA=asked.data))
    if result.returncode not in (0, 2):
        sys.exit(f"convert ended with {result.returncode}: {result.stderr[:2000]}")
    found = collections.defaultdict(collections.Counter)
    for line in result.stdout.splitlines():
        body = json.loads(line)
        url = body["url"] if "url" in body else body["pathname"]
        path = "/" + url.split("://", 1)[-1].split("/", 1)[-1] if "://" in url else url
        client = body.get("ip", "")
        found[path.split("/")[1]][client, path] += 1
    refused = {}
    for line in result.stderr.splitlines():
        for number, log in enumerate(logs):
            if f"/{number}.log: " in line:
                refused[log.name] = line.split(".log: ", 1)[1]
    return found, refused


def is_told(asked, folder, log):
    """Returns whether an import of the log ends with 2 and names the line from which on it means something else. What
    convert writes depends on single lines only."""
    path = folder / "told.log"
    path.write_bytes("".join(line + "\n" for line in log.lines).encode())
    for left in folder.glob("told.db*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    result = subprocess.run(
        [asked.footfall, "import", str(path), "--site", "example.com", "--db", str(folder / "told.db"), "--quiet"],
        capture_output=True, text=True, env=dict(os.environ, FOOTFALL_DATA=asked.data))
    return result.returncode == 2 and re.search(r"\bline \d|--format", result.stderr) is not None


def judge(log, found, refusal):
    """Returns what is wrong with the result for a log, or None."""
    if refusal is not None:
        if log.must:
            return f"refused: {refusal}"
        if "--format" not in refusal and "no line has a time" not in refusal:
            return f"refused without advice: {refusal}"
        if log.may_be_told:
            return None
        return None if not found else f"refused, but {sum(found.values())} page views were read"
    missing, more = log.views - found, found - log.views - log.strays
    if not missing and not more:
        return None
    clients = len({client for client, _ in found})
    return (f"{sum(missing.values())} of {sum(log.views.values())} page views are missing, {sum(more.values())} are wrong "
            f"({clients} clients)")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--footfall", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--only", default="", help="only logs whose names start with this")
    parser.add_argument("--all", action="store_true", help="all places of stray lines, and all points of change")
    parser.add_argument("--keep", help="the folder in which to keep logs with problems")
    asked = parser.parse_args()
    logs = itertools.chain(
        carried(), columns(), runs(), headers(), changed_envelopes(asked.all), strayed(asked.all), changed(asked.all))
    logs = (log for log in logs if log.name.startswith(asked.only))
    count = wrong = refusals = 0
    with tempfile.TemporaryDirectory(prefix="footfall-formats-") as name:
        while batch := list(itertools.islice(logs, FILES_AT_ONCE)):
            found, refused = convert(asked, pathlib.Path(name), batch)
            for log in batch:
                count += 1
                refusals += log.name in refused
                problem = judge(log, found[log.name], refused.get(log.name))
                if problem and log.may_be_told and is_told(asked, pathlib.Path(name), log):
                    refusals += 1
                    problem = None
                if problem:
                    wrong += 1
                    print(f"{log.name}: {problem}", flush=True)
                    if asked.keep:
                        pathlib.Path(asked.keep, log.name).write_text("".join(line + "\n" for line in log.lines))
    print(f"{count} logs, {refusals} refused")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
