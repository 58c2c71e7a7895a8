#!/usr/bin/env python3
"""Measures imports against gzip, wc and goaccess on a generated log, and checks them against their budgets.

Each round runs all commands in turn, so a busy machine slows all of them down alike. A figure is the median over the
rounds of the ratio within a round. CPU is the user and system time of all threads, as the kernel accounts it (wait4).
The exit status is 1 if a budget is exceeded.
"""
import argparse
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SEED, DAYS, PARTS = 1, 7, 4
# Each log defeats one cache. It has a tenth of the lines and is imported in every other round
# (Tests/Benchmarks/hostile_log.py).
HOSTILE = ("visitors", "agents", "paths", "pages", "malformed")
GOACCESS_LINES, GOACCESS_ROUNDS = 100_000, 2
# The real log is repeated until it has this many lines.
REAL_LINES = 1_000_000


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--lines", type=int, default=2_000_000, help="lines of the log (default 2,000,000)")
    parser.add_argument("--log", type=pathlib.Path, help="also import this combined log, repeated with later dates")
    parser.add_argument("--rounds", type=int, default=5, help="rounds after the warm-up round (default 5)")
    parser.add_argument("--footfall", default=ROOT / ".build/release/footfall", help="the binary to measure")
    parser.add_argument("--folder", type=pathlib.Path, default=ROOT / ".build/bench", help="where logs are kept")
    return parser.parse_args()


class Logs:
    """The forms of the generated log that are measured, made once for each number of lines."""

    def __init__(self, folder, lines, real):
        self.folder = folder / str(lines)
        self.plain = self.folder / "access.log"
        self.gz = self.folder / "access.log.gz"
        self.renamed = self.folder / "renamed.gz"
        self.parts = [self.folder / f"part-{number}.log.gz" for number in range(PARTS)]
        self.head = self.folder / "head.log"
        self.known = self.folder / "renamed.log"
        self.hostile = {kind: self.folder / f"hostile-{kind}.log" for kind in HOSTILE}
        self.hostile_lines = max(1, lines // 10)
        if not (self.folder / "done").exists():
            self._make(lines)
        self.real = self._repeated(real) if real else None

    def _repeated(self, log):
        """Repeats and gzips the real log. It is made again each time, since another log may be given."""
        path = self.folder / "real.log"
        subprocess.run([sys.executable, "-B", HERE / "repeat_log.py", log, str(REAL_LINES), path], check=True)
        subprocess.run(["gzip", "-6", "--force", path], check=True)
        return path.with_suffix(".log.gz")

    def _make(self, lines):
        print(f"generating {lines:,} lines in {self.folder}", flush=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        generator = [sys.executable, "-B", HERE / "generate_log.py", str(lines), str(SEED), str(DAYS), self.plain]
        subprocess.run(generator, check=True)
        subprocess.run(["gzip", "-6", "--keep", "--force", self.plain], check=True)
        shutil.copyfile(self.gz, self.renamed)
        split = ["split", f"--number=l/{PARTS}", "--numeric-suffixes=0", "--suffix-length=1"]
        split += ["--additional-suffix=.log", self.plain, self.folder / "part-"]
        subprocess.run(split, check=True)
        for part in self.parts:
            subprocess.run(["gzip", "-6", "--force", part.with_suffix("")], check=True)
        with open(self.head, "wb") as head:
            subprocess.run(["head", "-n", str(GOACCESS_LINES), self.plain], stdout=head, check=True)
        shutil.copyfile(self.plain, self.known)
        for kind, path in self.hostile.items():
            subprocess.run([sys.executable, "-B", HERE / "hostile_log.py", kind, str(self.hostile_lines), path], check=True)
        (self.folder / "done").touch()


def measured(command, good=(0,)):
    """Returns CPU seconds, wall seconds and peak memory in bytes of a command whose output is discarded.

    The bench ends if the command's exit code is not among the good ones. The peak is never below this script's own,
    about 16 MB, since the kernel starts a child with its parent's.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE)
    problem = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    wall = time.perf_counter() - started
    if process.returncode not in good:
        sys.exit(f"bench: {command[0]} ended with {process.returncode}: {problem.decode(errors='replace').strip()}")
    return {"cpu": usage.ru_utime + usage.ru_stime, "wall": wall, "peak": usage.ru_maxrss * 1024}


class Bench:
    """The measured commands by name, in groups whose members run one after another on the same database."""

    def __init__(self, options, logs):
        self.footfall = str(options.footfall)
        self.logs = logs
        self.database = logs.folder / "bench.db"
        self.goaccess = shutil.which("goaccess")
        self.groups = [
            {"gzip -dc": ["gzip", "-dc", logs.gz]},
            {"wc -l": ["wc", "-l", logs.plain]},
            {"import .gz": self.importing(logs.gz), "known content": self.importing(logs.renamed),
             "unchanged": self.importing(logs.gz)},
            {"import plain": self.importing(logs.plain), "known plain": self.importing(logs.known)},
            {"--help": [self.footfall, "--help"]},
            {f"import {PARTS} .gz": self.importing(*logs.parts)},
        ]
        if logs.real:
            self.groups += [{"gzip -dc, real": ["gzip", "-dc", logs.real]}, {"import real .gz": self.importing(logs.real)}]
        self.results = {}

    def hostile(self, kind):
        """Returns the import of a hostile log. All lines may be malformed, and the flags are the same for all kinds."""
        return [*self.importing(self.logs.hostile[kind]), "--format", "combined", "--max-reject-rate", "100"]

    def importing(self, *paths, output="--quiet"):
        return [self.footfall, "import", *paths, "--site", "example.com", "--db", self.database, "--final", output]

    def forget(self):
        """Removes the database and all files that belong to it."""
        for path in self.logs.folder.glob("bench.db*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()

    def check(self, lines):
        """Checks that the imports to be measured give the right result. This also warms the file cache."""
        self.forget()
        for path, known in ((self.logs.gz, 0), (self.logs.renamed, lines)):
            command = [str(part) for part in self.importing(path, output="--json")]
            run = subprocess.run(command, stdout=subprocess.PIPE)
            if run.returncode != 0:
                sys.exit(f"bench: {' '.join(command)} ended with {run.returncode}")
            summary = json.loads(run.stdout)
            found = summary["outcomes"].get("already_imported", 0)
            if summary["lines"] != lines or found != known:
                sys.exit(f"bench: {path.name}: {summary['lines']} lines, {found} known; expected {lines}, {known}")

    def round(self, number):
        turn = number % len(self.groups)
        for group in self.groups[turn:] + self.groups[:turn]:
            self.forget()
            for name, command in group.items():
                self.results.setdefault(name, []).append(measured(command))
        if number % 2 == 0:
            for kind in HOSTILE:
                self.forget()
                # An import whose lines are all malformed ends with 2.
                good = (0, 2) if kind == "malformed" else (0,)
                self.results.setdefault(f"every {kind}", []).append(measured(self.hostile(kind), good))
        if self.goaccess and number < GOACCESS_ROUNDS:
            command = [self.goaccess, self.logs.head, "--log-format=COMBINED", "--no-global-config", "--no-progress"]
            command += ["-o", self.logs.folder / "goaccess.json"]
            self.results.setdefault("goaccess", []).append(measured(command))


def median_ratio(results, name, base, figure):
    pairs = zip(results[name], results[base])
    return statistics.median(run[figure] / other[figure] for run, other in pairs)


def median(results, name, figure):
    return statistics.median(run[figure] for run in results[name])


def line_count(name, lines):
    """Returns the number of lines that a command reads."""
    if name == "goaccess":
        return min(lines, GOACCESS_LINES)
    if "real" in name:
        return REAL_LINES
    return max(1, lines // 10) if name.startswith("every ") else lines


def figures(results, lines, size):
    """Returns name, value, budget and goal of each figure. Only a missed budget fails the run; a goal is an aim."""
    several = f"import {PARTS} .gz"
    imports = ["import .gz", "import plain", several, "known content", "unchanged"]
    peak = max(run["peak"] for name in imports for run in results[name]) / 1e6
    rows = [
        ("import .gz, CPU against gzip -dc", median_ratio(results, "import .gz", "gzip -dc", "cpu"), 1.25, 1.0),
        ("import .gz, wall against gzip -dc", median_ratio(results, "import .gz", "gzip -dc", "wall"), None, 0.6),
        (f"{several}, wall against gzip -dc", median_ratio(results, several, "gzip -dc", "wall"), None, 0.5),
        ("known content, CPU against gzip -dc", median_ratio(results, "known content", "gzip -dc", "cpu"), None, None),
        ("import plain, CPU against wc -l", median_ratio(results, "import plain", "wc -l", "cpu"), None, None),
        ("import plain, CPU µs per line", median(results, "import plain", "cpu") / lines * 1e6, None, 0.7),
        ("import plain, cores busy", statistics.median(run["cpu"] / run["wall"] for run in results["import plain"]),
         None, -1.7),
        ("known content plain, GB a second of wall time", size / 1e9 / median(results, "known plain", "wall"), None, -1.0),
        ("--help, wall ms", median(results, "--help", "wall") * 1e3, None, 10.0),
        ("unchanged file, wall ms", median(results, "unchanged", "wall") * 1e3, None, 50.0),
        ("peak memory of any import, MB", peak, 300.0, None),
    ]
    if "import real .gz" in results:
        for figure in ("CPU", "wall"):
            ratio = median_ratio(results, "import real .gz", "gzip -dc, real", figure.lower())
            rows.append((f"import real .gz, {figure} against gzip -dc", ratio, None, 1.0 if figure == "CPU" else 0.6))
    for kind in HOSTILE:
        cost = median(results, f"every {kind}", "cpu") / line_count(f"every {kind}", lines) * 1e6
        rows.append((f"hostile {kind}, CPU µs per line", cost, None, 6.0))
    if "goaccess" in results:
        per_line = median(results, "goaccess", "cpu") / min(lines, GOACCESS_LINES)
        advantage = per_line * lines / median(results, "import plain", "cpu")
        rows.append(("goaccess, CPU per line against import plain (at least)", advantage, None, -50.0))
    return rows


def verdict(value, limit):
    """Returns whether a value is within a limit. A negative limit is a lower bound."""
    return limit is None or (value <= limit if limit >= 0 else value >= -limit)


def print_tables(results, rows, lines):
    print(f"\n{'command':<18}{'CPU s':>9}{'wall s':>9}{'peak MB':>9}{'µs/line':>9}")
    for name, runs in results.items():
        cpu, count = median(results, name, "cpu"), line_count(name, lines)
        print(f"{name:<18}{cpu:>9.2f}{median(results, name, 'wall'):>9.2f}"
              f"{max(run['peak'] for run in runs) / 1e6:>9.0f}{cpu / count * 1e6:>9.2f}")
    print(f"\n{'figure':<56}{'value':>9}{'budget':>9}{'goal':>9}")
    for name, value, budget, goal in rows:
        limits = "".join(f"{abs(limit):>9g}" if limit is not None else f"{'–':>9}" for limit in (budget, goal))
        state = "  over budget" if not verdict(value, budget) else "" if verdict(value, goal) else "  goal not met"
        print(f"{name:<56}{value:>9.2f}{limits}{state}")


def processor():
    """Returns the processor's name as the kernel reports it."""
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def main():
    options = arguments()
    logs = Logs(options.folder, options.lines, options.log)
    bench = Bench(options, logs)
    bench.check(options.lines)
    for number in range(options.rounds):
        print(f"round {number + 1} of {options.rounds}", flush=True)
        bench.round(number)
    bench.forget()
    rows = figures(bench.results, options.lines, logs.plain.stat().st_size)
    print_tables(bench.results, rows, options.lines)
    document = {
        "lines": options.lines, "bytes": logs.plain.stat().st_size, "bytes_gz": logs.gz.stat().st_size,
        "rounds": options.rounds, "cores": os.cpu_count(), "processor": processor(),
        "figures": [dict(zip(("name", "value", "budget", "goal"), row)) for row in rows], "runs": bench.results,
    }
    (options.folder / "results.json").write_text(json.dumps(document, indent=2) + "\n")
    return 0 if all(verdict(value, budget) for _, value, budget, _ in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
