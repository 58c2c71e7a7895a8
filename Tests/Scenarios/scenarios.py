#!/usr/bin/env python3
"""Does to logs what happens to them in practice, and checks that the binary counts every line exactly once.

    scenarios.py --footfall BINARY --data RULES [--seeds N] [--first N] [--small] [--only NAME…]

The correct counts are known because the logs are generated. Prints a table: scenario, runs, lines, lines counted too
often (double), lines not counted (missed). The exit status is 1 if there are any. A seed that fails is reported, and
fails again when repeated.
"""
import argparse
import concurrent.futures
import gzip
import itertools
import os
import pathlib
import random
import shutil
import sys
import tempfile
import time
import traceback

from world import Problem, World

SCENARIOS = {}
RULES = ("browsers.rules", "crawlers.rules")


def scenario(function):
    SCENARIOS[function.__name__] = function
    return function


# The same log again.

@scenario
def same_file(world):
    world.truth = log = world.log()
    world.write("a", log)
    world.import_("a", "a")
    world.import_("a")


@scenario
def unchanged_file(world):
    world.truth = log = world.log()
    parts = world.cuts(2, len(log))
    world.write("a", log[:parts[0]])
    world.gzip("b.gz", log[parts[0]:parts[1]])
    world.write("c", log[parts[1]:], rest=b"cut off")
    world.write("empty", [])
    time.sleep(2.2)  # Only files older than this are believed to be unchanged.
    for _ in range(3):
        world.import_("a", "b.gz", "c", "empty")
    world.append("a", [])
    os.utime(world.logs / "a")
    world.import_("a")


@scenario
def grows(world):
    """The log is cut anywhere, even within a line or a run of equal lines."""
    world.truth = log = world.log()
    data = b"".join(log)
    world.write("a", [])
    for end in [*world.cuts(6, len(data)), len(data)]:
        with open(world.logs / "a", "ab") as file:
            file.write(data[file.tell():end])
        world.import_("a")


@scenario
def grows_line_by_line(world):
    world.truth = log = world.log(2, 40)
    for line in log:
        world.append("a", [line])
        world.import_("a")


@scenario
def many_equal_lines(world):
    """A log with few distinct lines, cut within runs of equal ones."""
    log = world.log(40, 400)
    world.truth = log = [line for line in log for _ in range(world.random.choice((1, 2, 30, 150)))]
    world.write("a", [])
    start = 0
    for end in [*world.cuts(4, len(log)), len(log)]:
        world.append("a", log[start:end])
        start = end
        world.import_("a")
    world.gzip("b.gz", log)
    world.import_("b.gz")


@scenario
def overwritten(world):
    """The inode stays the same and the size grows, but the log is another one."""
    world.truth = log = world.log()
    cut = world.random.randint(1, len(log) // 3)
    world.write("a", log[:cut])
    world.import_("a")
    world.overwrite("a", b"".join(log[cut:]))
    world.import_("a")


@scenario
def final_tail(world):
    world.truth = log = world.log()
    cut = world.clear_cut(log)
    world.write("a", log[:cut - 1], rest=log[cut - 1].rstrip(b"\n"))
    world.import_("a")
    world.import_("a", options=["--final"])
    world.import_("a", options=["--final"])
    world.append("a", [b"\n", *log[cut:]])
    world.import_("a")


@scenario
def standard_input(world):
    world.truth = log = world.log()
    cut = world.clear_cut(log)
    world.import_("-", stdin=b"".join(log[:cut]))
    world.import_("-", stdin=b"".join(log))
    world.import_("-", stdin=gzip.compress(b"".join(log[cut:])))


# Rotation.

@scenario
def rotation(world):
    """access.log → .1 → .2.gz, with lines written to a file after it was renamed."""
    world.truth = log = world.log()
    one, two, three, four, five = world.cuts(5, len(log))
    world.write("access.log", log[:one])
    world.import_("access.log")
    world.rename("access.log", "access.log.1")
    world.append("access.log.1", log[one:two])
    world.write("access.log", log[two:three])
    world.import_("access.log.1", "access.log")
    world.gzip("access.log.2.gz", log[:two])
    world.rename("access.log", "access.log.1")
    world.append("access.log.1", log[three:four])
    world.write("access.log", log[four:five])
    world.import_("access.log", "access.log.1", "access.log.2.gz")
    world.append("access.log", log[five:])
    world.import_(*world.shuffled(["access.log.2.gz", "access.log", "access.log.1"]))


@scenario
def grown_then_gzipped(world):
    world.truth = log = world.log()
    one, two = world.cuts(2, len(log))
    world.write("a", log[:one])
    world.import_("a")
    world.gzip("a.1.gz", log[:two])
    world.write("a", log[two:])
    world.import_("a.1.gz", "a")
    world.import_("a", "a.1.gz")


@scenario
def copytruncate(world):
    world.truth = log = world.log()
    one, two, three = world.cuts(3, len(log))
    world.write("a", log[:one])
    world.import_("a")
    world.append("a", log[one:two])
    world.copy("a", "a.1")
    world.overwrite("a", b"".join(log[two:three]))
    world.import_("a", "a.1")
    world.append("a", log[three:])
    world.import_("a.1", "a")


@scenario
def recompressed(world):
    world.truth = log = world.log()
    world.write("a", log)
    world.import_("a")
    world.gzip("b.gz", log, level=1)
    world.gzip("c.gz", log, level=9)
    world.import_("b.gz", "c.gz")


@scenario
def links(world):
    world.truth = log = world.log()
    world.write("a", log)
    os.symlink(world.logs / "a", world.logs / "symbolic")
    os.link(world.logs / "a", world.logs / "hard")
    world.import_(*world.shuffled(["a", "symbolic", "hard"]))
    world.import_("hard")


@scenario
def truncated_gz(world):
    """Lines before the cut count once; the whole file adds the rest."""
    world.truth = log = world.log()
    whole = gzip.compress(b"".join(log))
    (world.logs / "a.gz").write_bytes(whole[:world.random.randint(len(whole) // 4, len(whole) - 9)])
    world.import_("a.gz", code=2)
    world.import_("a.gz", code=2, options=["--final"])
    (world.logs / "a.gz").write_bytes(whole)
    world.import_("a.gz")
    (world.logs / "b.gz").write_bytes(whole + b"garbage")
    world.import_("b.gz", code=2)


# Parts of known logs, and logs with known parts.

def three_parts(world, log):
    one = world.clear_cut(log, 1, len(log) // 2)
    two = world.clear_cut(log, one + 1)
    return [log[:one], log[one:two], log[two:]]


@scenario
def concatenated(world):
    world.truth = log = world.log()
    parts = three_parts(world, log)
    for number, part in enumerate(parts):
        world.write(f"p{number}", part)
        world.import_(f"p{number}")
    world.write("all", log)
    world.import_("all")
    members = b"".join(gzip.compress(b"".join(part)) for part in world.shuffled(parts))
    (world.logs / "members.gz").write_bytes(members)
    world.import_("members.gz")


@scenario
def concatenated_first(world):
    world.truth = log = world.log()
    parts = world.shuffled(three_parts(world, log))
    world.write("all", sum(parts, []))
    world.import_("all")
    for number, part in enumerate(parts):
        world.write(f"p{number}", part)
        world.import_(f"p{number}")


@scenario
def concatenated_with_new(world):
    """Concatenations of known and new parts, in any order."""
    world.truth = log = world.log()
    parts = three_parts(world, log)
    world.write("p", parts[world.random.randrange(3)])
    world.import_("p")
    world.write("all", sum(world.shuffled(parts), []))
    world.import_("all")
    world.write("ordered", log)
    world.import_("ordered")


@scenario
def known_small_part(world):
    """Days of a small site: one is known, then a file contains all of them."""
    world.truth = log = world.log(20, 200)
    parts = three_parts(world, log)
    world.write("p", parts[world.random.randrange(3)])
    world.import_("p")
    world.gzip("all.gz", log)
    world.import_("all.gz")


@scenario
def head_cut(world):
    world.truth = log = world.log()
    world.write("a", log)
    world.import_("a")
    world.write("b", log[world.random.randint(1, len(log) - 1):])
    world.import_("b")


@scenario
def head_cut_and_grown(world):
    world.truth = log = world.log()
    end = world.clear_cut(log, len(log) // 2)
    world.write("a", log[:end])
    world.import_("a")
    world.write("b", log[world.clear_cut(log, 1, end - 20):])
    world.import_("b")


@scenario
def tail_cut(world):
    world.truth = log = world.log()
    for name, part in world.shuffled([("a", log), ("b", log[:world.random.randint(1, len(log) - 1)])]):
        world.write(name, part)
        world.import_(name)


@scenario
def middle_slice(world):
    world.truth = log = world.log()
    one, two = world.cuts(2, len(log))
    for name, part in world.shuffled([("a", log), ("b", log[one:two])]):
        world.write(name, part)
        world.import_(name)


@scenario
def overlapping(world):
    world.truth = log = world.log()
    one, two = overlap(world, log)
    for name, part in world.shuffled([("a", log[:two]), ("b", log[one:])]):
        world.write(name, part)
        world.import_(name)


@scenario
def small_overlapping(world):
    world.truth = log = world.log(4, 400)
    one, two = overlap(world, log)
    for name, part in world.shuffled([("a", log[:two]), ("b", log[one:])]):
        world.write(name, part)
        world.import_(name)


def overlap(world, log):
    """Returns two places with different lines between them: an overlap within copies of one line is undetectable."""
    while True:
        one = world.random.randint(0, len(log) - 2)
        two = world.random.randint(one + 1, len(log) - 1)
        if len(set(log[one:two])) > 1 and log[two - 1] != log[two] and (one == 0 or log[one - 1] != log[one]):
            return one, two


@scenario
def small_file(world):
    world.truth = log = world.log(2, 40)
    world.write("a", log[:world.random.randint(0, len(log))])
    world.import_("a")
    world.write("a", log)
    world.import_("a")
    world.gzip("b.gz", log)
    world.import_("b.gz")


# Two servers.

def two_servers(world, shared):
    """Returns the logs of two servers with equal lines in the same seconds: the health checks of a load balancer."""
    logs = [], []
    for _, copies in itertools.groupby(world.log()):
        copies = list(copies)
        choice = world.random.random()
        if choice < .5 or choice > 1 - shared:
            logs[0].extend(copies)
        if choice >= .5:
            logs[1].extend(copies)
    return logs


@scenario
def two_servers_at_once(world):
    one, other = two_servers(world, shared=.05)
    world.truth = one + other
    world.write("a", one)
    world.write("b", other)
    world.import_("a", "b", options=["--overlap", "new"])
    world.import_("b", "a")


@scenario
def two_servers_grow(world):
    """Every line is read soon after it was written. Sometimes both logs end with the same line."""
    one, other = two_servers(world, shared=.2)
    one, other = one[:400], other[:400]
    world.truth = one + other
    places = [0, 0]
    while places != [len(one), len(other)]:
        for number, (name, log) in enumerate((("a", one), ("b", other))):
            end = min(len(log), max(places[number], 5) + world.random.randint(0, 60))
            world.append(name, log[places[number]:end])
            places[number] = end
        world.import_(*world.shuffled(["a", "b"]), options=["--overlap", "new"])


@scenario
def two_servers_a_week_apart(world):
    one, other = two_servers(world, shared=.05)
    world.truth = one + other
    parts = three_parts(world, one) + three_parts(world, other)
    for number, part in enumerate(world.shuffled(parts)):
        world.gzip(f"{number}.gz", part)
        world.import_(f"{number}.gz", options=["--overlap", "new"])


# Any order.

@scenario
def any_split_in_any_order(world):
    """The log is split anywhere, even within runs of equal lines, and several files are read at once."""
    world.truth = log = world.log()
    cuts = [0]
    for cut in world.cuts(8, len(log)):
        if len(set(log[cuts[-1]:cut])) > 1:
            cuts.append(cut)
    names = []
    for number, start in enumerate(cuts):
        end = cuts[number + 1] if number + 1 < len(cuts) else len(log)
        names.append(f"{number}.log" + world.random.choice(("", ".gz")))
        (world.gzip if names[-1].endswith(".gz") else world.write)(names[-1], log[start:end])
    names = world.shuffled(names)
    cut = world.random.randint(0, len(names))
    for some in (names[:cut], names[cut:], names):
        if some:
            world.import_(*some)


def pieces(log, size):
    """Returns the log in pieces. A piece of mere copies of the line before would look known, so it is not split off."""
    parts = []
    for start in range(0, len(log), size):
        part = log[start:start + size]
        if parts and set(part) == {parts[-1][-1]}:
            parts[-1] = parts[-1] + part
        else:
            parts.append(part)
    return parts


@scenario
def newest_first(world):
    world.truth = log = world.log()
    for part in reversed(pieces(log, len(log) // 5)):
        world.write("a", part)
        world.import_("a")


@scenario
def backfill(world):
    """January is imported after March."""
    world.truth = log = world.log(days=90)
    one, two = world.cuts(2, len(log))
    for number, part in enumerate((log[two:], log[:one], log[one:two])):
        world.write(f"{number}", part)
        world.import_(f"{number}")


@scenario
def many_small_files(world):
    """One log per hour; they are read while the last ones still grow."""
    world.truth = log = world.log(400, 900)
    hours = pieces(log, 20)
    for number, hour in enumerate(hours[:-2]):
        world.write(f"access.log.{number}", hour)
    world.import_("access.log.*")
    for number, hour in enumerate(hours):
        world.write(f"access.log.{number}", hour)
    world.import_("access.log.*")


# Rearranged copies.

def split_by_line(world, log):
    one, other = [], []
    for _, copies in itertools.groupby(log):
        world.random.choice((one, other)).extend(copies)
    return one, other


@scenario
def merged_refused(world):
    world.truth = log = world.log(4_000, 8_000)
    one, other = split_by_line(world, log)
    world.write("a", one)
    world.write("b", other)
    world.import_("a", "b")
    world.write("merged", log)
    world.import_("merged", code=2)


@scenario
def merged_subtracted(world):
    """Known and new lines, merged: all known lines are subtracted one by one."""
    world.truth = log = world.log(100)
    one, other = split_by_line(world, log)
    world.write("a", one)
    world.import_("a")
    world.write("merged", log)
    world.import_("merged", options=["--overlap", "lines"])
    world.write("b", other)
    world.import_("b", options=["--overlap", "lines"])
    world.write("shuffled", world.shuffled(log))
    world.import_("shuffled", options=["--overlap", "lines"])


@scenario
def filtered_refused(world):
    world.truth = log = world.log(4_000, 8_000)
    world.write("a", log)
    world.import_("a")
    world.write("filtered", [line for line in log if world.random.random() < .7])
    world.import_("filtered", code=2)


@scenario
def filtered_subtracted(world):
    world.truth = log = world.log(50)
    world.write("a", log)
    world.import_("a")
    world.write("filtered", [line for line in log if world.random.random() < .7])
    world.import_("filtered", options=["--overlap", "lines"])


# Running the scenarios.

def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--footfall", required=True, help="the binary")
    parser.add_argument("--data", required=True, type=pathlib.Path, help="the folder of rules for user agents")
    parser.add_argument("--seeds", type=int, default=1, help="runs of each scenario (default 1)")
    parser.add_argument("--first", type=int, default=1, help="the first seed (default 1)")
    parser.add_argument("--jobs", type=int, default=2, help="runs at a time (default 2)")
    parser.add_argument("--small", action="store_true", help="shorter logs")
    parser.add_argument("--only", nargs="*", default=list(SCENARIOS), metavar="NAME", help="these scenarios")
    return parser.parse_args()


def few_rules(data, folder):
    """Makes a data folder with a few rules: user agents do not matter here, and reading all rules takes long."""
    folder.mkdir()
    for name in RULES:
        (folder / name).write_bytes(b"".join(open(data / name, "rb").readlines()[:2]))
    shutil.copyfile(data / "REVISIONS", folder / "REVISIONS")
    return folder


def run(options, folder, name, seed):
    """Returns lines, double, missed, and any other problem."""
    world = World(options.footfall, folder / f"{name}-{seed}", random.Random(f"{name} {seed}"), options.small)
    try:
        SCENARIOS[name](world)
        double, missed = world.check()
        problem = "" if not double and not missed else f"{double} double, {missed} missed"
    except Problem as error:
        double, missed, problem = 0, 0, str(error)
    except Exception:
        double, missed, problem = 0, 0, traceback.format_exc()
    shutil.rmtree(world.folder)
    return len(world.truth), double, missed, problem


def main():
    options = arguments()
    options.footfall = str(pathlib.Path(options.footfall).resolve())
    total, failures = [0, 0, 0], []
    print(f"{'scenario':<28}{'runs':>6}{'lines':>10}{'double':>8}{'missed':>8}")
    with tempfile.TemporaryDirectory(prefix="footfall-scenarios-") as temporary, \
            concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        folder = pathlib.Path(temporary)
        os.environ["FOOTFALL_DATA"] = str(few_rules(options.data, folder / "rules"))
        seeds = range(options.first, options.first + options.seeds)
        runs = {name: [pool.submit(run, options, folder, name, seed) for seed in seeds] for name in options.only}
        for name, results in runs.items():
            sums = [0, 0, 0]
            for seed, result in zip(seeds, results):
                *counts, problem = result.result()
                sums = [one + other for one, other in zip(sums, counts)]
                if problem:
                    failures.append(f"{name}, seed {seed}: {problem}")
            total = [one + other for one, other in zip(total, sums)]
            print(f"{name:<28}{len(results):>6}{sums[0]:>10,}{sums[1]:>8}{sums[2]:>8}", flush=True)
    print(f"{'all':<28}{len(options.only) * options.seeds:>6}{total[0]:>10,}{total[1]:>8}{total[2]:>8}")
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
