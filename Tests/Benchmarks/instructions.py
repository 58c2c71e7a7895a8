#!/usr/bin/env python3
"""Counts the instructions that an import of a .gz takes per line, and checks them against their limits.

valgrind counts the same instructions on a busy machine as on an idle one, so it detects slower imports where time
cannot be measured. Logs of two sizes are imported; the difference is the cost of more lines, without the start of the
program. Two more logs are counted as they are: one of page views mostly, and one of many days of few lines. The exit status is 1 if a limit is exceeded: find the reason, or raise the limit and explain it in the
commit.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SEED, DAYS, FEW, MANY = 1, 2, 20_000, 60_000
# The days and the share of assets of further logs of FEW lines.
OTHERS = {"20,000 lines, 80 % no assets": (2, 0.2), "20,000 lines of 50 days": (50, 0.6)}
# The ends of the ledger's blocks depend on its key, and so does the number of known lines that can be skipped.
LEDGER_KEY = bytes(range(16))
# A tenth above the values measured when the limits were set: salts are random, and so are some paths through the
# code.
# For a plain binary, and for a tuned one (--tuned).
LIMITS = {
    "start and end of an import": (600_000_000, 600_000_000),
    "a line of a .gz": (16_500, 14_000),
    "a known line of a .gz": (3_100, 3_000),
    "20,000 lines, 80 % no assets": (1_050_000_000, 975_000_000),
    "20,000 lines of 50 days": (1_460_000_000, 1_380_000_000),
}


def counted(command, environment=None):
    """Returns the number of instructions of a command, all threads together."""
    with tempfile.TemporaryDirectory(prefix="footfall-callgrind-") as folder:
        result = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", *map(str, command)], env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    found = re.search(r"Collected : (\d+)", result.stderr)
    if result.returncode or not found:
        sys.exit(f"{command[0]} ended with {result.returncode} under valgrind: {result.stderr[-2000:]}")
    return int(found.group(1))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--footfall", default=ROOT / ".build/release/footfall", help="the binary to measure")
    parser.add_argument("--tuned", action="store_true", help="apply the limits of a tuned binary (make tuned)")
    parser.add_argument("--data", default=ROOT / ".build/share/footfall", help="the folder of rules for user agents")
    asked = parser.parse_args()
    if not shutil.which("valgrind"):
        print("skipped: counting instructions needs valgrind")
        return 0
    with tempfile.TemporaryDirectory(prefix="footfall-instructions-") as name:
        return measure(asked, pathlib.Path(name))


def measure(asked, folder):
    environment = dict(os.environ, FOOTFALL_DATA=str(asked.data))
    footfall = folder / "footfall"
    # valgrind fails on Swift's debug information.
    subprocess.run(["strip", "--strip-debug", "-o", footfall, asked.footfall], check=True)
    log = folder / "log"
    subprocess.run([sys.executable, "-B", HERE / "generate_log.py", str(MANY), str(SEED), str(DAYS), log], check=True)
    lines = log.read_bytes().splitlines(keepends=True)
    for count in (FEW, MANY):
        (folder / f"{count}.log").write_bytes(b"".join(lines[:count]))
        subprocess.run(["gzip", "-6", f"{count}.log"], cwd=folder, check=True)

    def imported(name, log):
        vault = folder / f"{name}.db.vault"
        if not vault.exists():
            vault.mkdir(mode=0o700)
            (vault / "ledger.key").write_bytes(LEDGER_KEY)
            (vault / "ledger.key").chmod(0o600)
        return counted(
            [footfall, "import", folder / log, "--db", folder / f"{name}.db", "--site", "example.com", "--quiet",
             "--format", "combined", "--workers", "1"], environment)

    few, many = (imported(count, f"{count}.log.gz") for count in (FEW, MANY))
    for count in (FEW, MANY):
        shutil.copyfile(folder / f"{count}.log.gz", folder / f"again-{count}.log.gz")
    known = [imported(count, f"again-{count}.log.gz") for count in (FEW, MANY)]
    unpacked = [counted(["gzip", "-dc", folder / f"{count}.log.gz"]) for count in (FEW, MANY)]
    others = {}
    for number, (what, (days, share)) in enumerate(OTHERS.items(), start=3):
        path = folder / f"other-{number}.log"
        generator = [sys.executable, "-B", HERE / "generate_log.py", str(FEW), str(number), str(days), path, str(share)]
        subprocess.run(generator, check=True)
        subprocess.run(["gzip", "-6", path], check=True)
        others[what] = imported(f"other-{number}", f"other-{number}.log.gz")
    line, line_known, line_unpacked = (
        (more - less) / (MANY - FEW) for less, more in ((few, many), known, unpacked))
    figures = {
        "start and end of an import": few - FEW * line,
        "a line of a .gz": line,
        "a known line of a .gz": line_known,
        **others,
    }
    has_failed = False
    print(f"{'instructions':32}{'measured':>14}{'limit':>14}")
    for what, figure in figures.items():
        limit = LIMITS[what][asked.tuned]
        has_failed |= figure > limit
        print(f"{what:32}{figure:14,.0f}{limit:14,}{'  OVER' if figure > limit else ''}")
    print(f"gzip -dc, a line of it          {line_unpacked:14,.0f}")
    return 1 if has_failed else 0


if __name__ == "__main__":
    sys.exit(main())
