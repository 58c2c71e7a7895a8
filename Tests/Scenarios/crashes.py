"""Kills footfall at random moments and chosen writes, makes disks fail, and simulates power loss.

  crashes.py --footfall .build/debug/footfall --kills 50 --points 24 --states 60

The final result is compared with that of an undisturbed run.
"""
import argparse
import os
import random
import shutil
import signal
import subprocess
import tempfile

import power_loss
from crash_world import DAYS, Broken, World, expect, fail, log_lines, say, strace

LINES = {day: log_lines("server", day, 1500) for day in DAYS}
LATE = log_lines("late", DAYS[0], 200)
OTHER = log_lines("other", DAYS[1], 400)
WRITES = ["pwrite64", "fdatasync", "fsync", "ftruncate", "link", "unlink"]
SITE = ["--site", "example.com"]


class Step:
    """A command, and what may happen to its logs while it is being killed."""

    def __init__(self, name, arguments, logs=(), changes=False):
        self.name = name
        self.arguments = arguments
        self.logs = logs
        self.changes = changes


def steps():
    return [
        Step("import", ["import", "first.log*", "more.log", "--quiet", *SITE],
             [("first.log", LINES[DAYS[0]]), ("more.log", LINES[DAYS[1]])], changes=True),
        Step("seal", ["seal", "--day", DAYS[0]]),
        Step("import of another", ["import", "other.log", "--quiet", *SITE], [("other.log", OTHER)]),
        Step("undo", ["undo"]),
        Step("rebuild", ["rebuild", DAYS[0], "first.log*", "late.log", "--yes", "--quiet", *SITE], [("late.log", LATE)]),
        Step("import that seals", ["import", "*.log*", "--quiet", "--seal", *SITE], [("third.log", LINES[DAYS[2]])]),
    ]


def prepare(world, step):
    for name, lines in step.logs:
        world.write(name, lines)


def attempt(world, step, run):
    """Runs a step with `run(arguments)`, which returns an exit code, or None for a kill. Returns whether the step is
    done.

    After a kill, a command may find its work done, with nothing left to seal or undo. If an undo has left work, the
    next writing command finishes it; here that is a seal with nothing to seal.
    """
    if step.name != "undo":
        # If a log has only late lines of sealed days, that is a warning.
        return run(step.arguments) in (0, 2, 64 if step.name == "seal" else 0)
    listed = imports_of(world, "other.log")
    return all(run(["undo", str(number), "--yes"]) in (0, 64) for number in listed) and run(["seal"]) == 0


def imports_of(world, log):
    import json
    code, output = world.run(["imports", "--json"])
    return [entry["id"] for entry in json.loads(output) if any(file["name"] == log for file in entry["files"])]


def undisturbed(world, step):
    expect(attempt(world, step, lambda arguments: world.run(arguments, allowed=(0, 2, 64))[0]), f"{step.name} is done")


def outcome(world):
    """Returns everything that must be the same in the end: the statistics, and the days that have salts."""
    facts = world.check()
    return world.dump(), facts[1], sorted(os.listdir(world.folder + "/stats.db.vault/salts"))


def reference(footfall, folder):
    """Runs the steps undisturbed, and returns the outcome after each step and a copy of the world before it."""
    world = World(footfall, folder + "/reference")
    before, after = [], []
    for number, step in enumerate(steps()):
        prepare(world, step)
        before.append(world.copy(f"{folder}/before{number}"))
        undisturbed(world, step)
        after.append(outcome(world))
    return before, after


def change_logs(world, chance):
    """Lets the first log grow, be renamed and be compressed, as log rotation does between two runs."""
    lines = LINES[DAYS[0]]
    for name in os.listdir(world.folder):
        if name.startswith("first.log"):
            os.remove(f"{world.folder}/{name}")
    kept = len(lines) if chance.random() < 0.4 else chance.randrange(len(lines))
    rest = lines[kept][:chance.randrange(40)] if kept < len(lines) else ""
    name = chance.choice(["first.log", "first.log.1", "first.log.2.gz"])
    world.write(name, lines[:kept], "" if name.endswith(".gz") else rest)


def random_kills(footfall, folder, wanted, expected):
    """Kills at random times, in worlds that change between kills."""
    chance = random.Random(1)
    kills = stories = 0
    while kills < wanted:
        stories += 1
        world = World(footfall, f"{folder}/story")
        for step in steps():
            prepare(world, step)
            count = tell(world, step, chance, chance.randrange(1, 5))
            kills += count
        expect(outcome(world) == expected, f"story {stories} ends like the reference")
        shutil.rmtree(world.folder)
    say(f"random kills: {kills} in {stories} stories, 0 differences")


def tell(world, step, chance, kills_left):
    """Runs a step with some kills and returns their number."""
    kills = 0

    def run(arguments):
        nonlocal kills
        if kills >= kills_left:
            return world.run(arguments, allowed=(0, 2, 64))[0]
        process = world.start(arguments)
        try:
            process.communicate(timeout=chance.uniform(0.005, 0.25))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.communicate()
            kills += 1
        world.check()
        return None if process.returncode < 0 else process.returncode

    while not attempt(world, step, run):
        if step.changes and chance.random() < 0.5:
            change_logs(world, chance)
    if step.changes:
        for name, _ in step.logs:
            if os.path.exists(f"{world.folder}/{name}"):
                os.remove(f"{world.folder}/{name}")
        change_names(world, chance)
        prepare(world, Step(step.name, [], [log for log in step.logs if log[0] != "first.log"]))
        undisturbed(world, step)
    return kills


def change_names(world, chance):
    """Writes the whole first log under one of its names."""
    for name in os.listdir(world.folder):
        if name.startswith("first.log"):
            os.remove(f"{world.folder}/{name}")
    world.write(chance.choice(["first.log", "first.log.1", "first.log.2.gz"]), LINES[DAYS[0]])


def points(before, tracer):
    """Returns each write of each step as (step number, system call, its index among these calls)."""
    found = []
    for number, (step, world) in enumerate(zip(steps(), before)):
        copy = world.copy(world.folder + "-counted")
        counts = dict.fromkeys(WRITES, 0)
        trace = copy.folder + "/trace"

        def run(arguments):
            code, _ = copy.run(
                arguments, [tracer, "-f", "-qq", "-o", trace, "-e", "trace=" + ",".join(WRITES)], allowed=(0, 2))
            with open(trace) as file:
                for line in file:
                    call = line.split("(")[0].split()[-1]
                    if call in counts:
                        counts[call] += 1
            return code

        attempt(copy, step, run)
        found += [(number, call, place) for call in WRITES for place in range(1, counts[call] + 1)]
        shutil.rmtree(copy.folder)
    return found


def inject(before, after, tracer, chosen, fault, check):
    """Injects a fault at chosen writes. When the step is repeated, it must end like the undisturbed one."""
    happened = 0
    for number, call, place in chosen:
        step = steps()[number]
        world = before[number].copy(before[number].folder + "-faulty")
        tracing = [tracer, "-f", "-qq", "-o", "/dev/null", "-e", "trace=" + call, "-e", f"inject={call}:{fault(call, place)}"]
        codes = []

        def run(arguments):
            process = world.start(arguments, tracing)
            process.communicate()
            codes.append(process.returncode)
            return 0

        attempt(world, step, run)
        world.check()
        happened += check(codes, f"{step.name}, {call} {place}")
        undisturbed(world, step)
        expect(outcome(world) == after[number], f"{step.name} after a fault at {call} {place} ends like the reference")
        shutil.rmtree(world.folder)
    return happened


def sample(found, limit):
    return found if limit is None else random.Random(2).sample(found, min(limit, len(found)))


def kill_points(before, after, tracer, found, limit):
    chosen = sample(found, limit)
    killed = inject(
        before, after, tracer, chosen, lambda call, place: f"signal=KILL:when={place}",
        lambda codes, what: any(code < 0 or code == 137 for code in codes))
    say(f"kills at writes: {killed} of {len(chosen)} points, 0 differences")
    expect(killed * 10 >= len(chosen) * 9, "kills at writes happen")


def disk_faults(before, after, tracer, found, limit):
    """Fills the disk from some write on, and makes single syncs fail. Both end with 74 or do no harm."""
    def check(codes, what):
        for code in codes:
            # A fault that does no harm leaves the usual code, which is 2 if a log has only late lines of sealed days.
            expect(code in (0, 2, 74), f"{what}: exit code {code} when the disk fails")
        return 74 in codes

    for name, calls, fault in [
        ("full disk", ["pwrite64"], lambda call, place: f"error=ENOSPC:when={place}+"),
        ("failing disk", ["fdatasync", "fsync"], lambda call, place: f"error=EIO:when={place}"),
    ]:
        chosen = sample([point for point in found if point[1] in calls], limit)
        refused = inject(before, after, tracer, chosen, fault, check)
        say(f"{name}: {len(chosen)} points, {refused} ended with 74, 0 differences")
        expect(refused > 0, f"{name} happens")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--footfall", required=True)
    parser.add_argument("--kills", type=int, default=50, help="kills at random times")
    parser.add_argument("--points", type=int, default=24, help="writes at which to kill and to fail, 0 for all")
    parser.add_argument("--states", type=int, default=60, help="states of the disk after a power loss")
    options = parser.parse_args()
    tracer = strace()
    with tempfile.TemporaryDirectory(prefix="footfall-crashes-") as folder:
        footfall = os.path.abspath(options.footfall)
        before, after = reference(footfall, folder)
        random_kills(footfall, folder, options.kills, after[-1])
        if tracer is None:
            say("skipped: kills at writes, disk faults and power loss need strace and permission to trace")
            return
        limit = options.points or None
        found = points(before, tracer)
        kill_points(before, after, tracer, found, limit)
        disk_faults(before, after, tracer, found, limit and max(4, limit // 3))
        power_loss.run(footfall, folder, tracer, steps(), prepare, options.states)


if __name__ == "__main__":
    try:
        main()
    except Broken as broken:
        say(f"FAILED: {broken}")
        raise SystemExit(1)
