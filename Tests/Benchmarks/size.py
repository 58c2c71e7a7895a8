#!/usr/bin/env python3
"""Measures what a binary weighs on a machine that only reports: its size, its package, its start, its memory.

With --against, each figure is also given as a ratio to another binary, by pairs of runs. The exit status is 1 if a size
or the memory exceeds its limit. The time of a start depends on the machine, so it has a ratio and no limit.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True

from bench import ROOT, measured

MEGABYTE = 1_000_000
# In bytes; what is measured is some 1 % to 15 % below.
LIMITS = {"stripped binary": 45 * MEGABYTE, "package": 14 * MEGABYTE, "memory of report": 40 * MEGABYTE}
STARTS = 21


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--footfall", type=pathlib.Path, required=True, help="the binary to measure")
    parser.add_argument("--against", type=pathlib.Path, help="another binary, for ratios")
    parser.add_argument("--package", type=pathlib.Path, help="its Debian package, if it was made")
    return parser.parse_args()


def stripped(binary, folder):
    """Returns the size of a binary without its symbols, as it is installed."""
    copy = folder / "stripped"
    subprocess.run(["strip", "-o", copy, binary], check=True)
    return copy.stat().st_size


def sample(binary, folder):
    """Imports the bundled sample with a binary, and returns the database."""
    database = folder / "sample.db"
    logs = sorted((ROOT / "fixtures/sample").glob("other_vhosts_access.log*"))
    for site in ("example.com", "shop.example"):
        subprocess.run([binary, "sites", "add", site, "--db", database], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([binary, "import", *logs, "--quiet", "--db", database], check=True)
    return database


def figures(binary, folder):
    """Returns the size of a binary and the memory of a report, both in bytes."""
    folder.mkdir()
    report = measured([binary, "report", "--site", "example.com", "--db", sample(binary, folder)])
    return {"stripped binary": stripped(binary, folder), "memory of report": report["peak"]}


def starts(binary, other):
    """Returns the CPU of `--help` in milliseconds and, of pairs of runs, the ratio to that of the other binary."""
    rounds = []
    for _ in range(STARTS):
        own = measured([binary, "--help"])["cpu"]
        rounds.append((own, own / measured([other, "--help"])["cpu"] if other else 0))
    own, ratio = (statistics.median(values) for values in zip(*rounds))
    return own * 1_000, ratio


def main():
    asked = arguments()
    os.environ.setdefault("FOOTFALL_DATA", str(ROOT / ".build/share/footfall"))
    with tempfile.TemporaryDirectory() as folder:
        own = figures(asked.footfall, pathlib.Path(folder, "own"))
        other = figures(asked.against, pathlib.Path(folder, "other")) if asked.against else {}
    if asked.package:
        own["package"] = asked.package.stat().st_size
    failed = False
    for name, value in own.items():
        ratio = f", {value / other[name]:.2f} times that of {asked.against.name}" if name in other else ""
        print(f"{name}: {value / MEGABYTE:.1f} MB (limit {LIMITS[name] / MEGABYTE:.0f}){ratio}")
        failed |= value > LIMITS[name]
    own_start, ratio = starts(asked.footfall, asked.against)
    print(f"start (footfall --help): {own_start:.1f} ms of CPU" + (f", {ratio:.2f} times" if asked.against else ""))
    if failed:
        sys.exit("size: over its limit; find what came in, for example by nm --size-sort, or explain a higher limit")


if __name__ == "__main__":
    main()
