#!/usr/bin/env python3
"""Compares the CPU of imports by this build with that by an earlier revision, built the same way.

Each round imports each log with both binaries, one right after the other, and unpacks it with `gzip -dc`. A figure is the
median over the rounds, and a ratio the median of the ratios within a round, which makes it valid on a busy machine. The
last column says whether both count the same, by their dumps.
"""
import argparse
import pathlib
import shutil
import statistics
import subprocess
import sys

sys.dont_write_bytecode = True

from bench import HERE, ROOT, measured

SEED, DAYS = 2, 5


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("revision", help="the revision to compare with, such as a commit or a tag")
    parser.add_argument("--footfall", type=pathlib.Path, default=ROOT / ".build/release/footfall", help="this build")
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / ".build/share/footfall", help="the rules of both")
    parser.add_argument("--swift", default="swift", help="the compiler (default swift)")
    parser.add_argument("--flags", default="", help="the flags of the build")
    parser.add_argument("--lines", type=int, default=1_000_000, help="lines of the generated log (default 1,000,000)")
    parser.add_argument("--log", type=pathlib.Path, help="also import this combined log, repeated with later dates")
    parser.add_argument("--rounds", type=int, default=7, help="rounds (default 7)")
    return parser.parse_args()


def built(asked, folder):
    """Returns the binary of the revision. Its build folder is kept, so that another revision takes less time."""
    commit = subprocess.run(
        ["git", "rev-parse", "--verify", asked.revision + "^{commit}"], cwd=ROOT, capture_output=True, text=True)
    if commit.returncode:
        sys.exit(f"against: {asked.revision} is no revision of this repository; see git log")
    commit = commit.stdout.strip()
    binary = folder / f"footfall-{commit[:12]}"
    if binary.exists():
        return binary
    source = folder / "source"
    if source.exists():
        subprocess.run(["git", "checkout", "--quiet", "--detach", commit], cwd=source, check=True)
    else:
        subprocess.run(["git", "worktree", "prune"], cwd=ROOT, check=True)
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", source, commit], cwd=ROOT, check=True)
    subprocess.run([asked.swift, "build", *asked.flags.split()], cwd=source, check=True)
    shutil.copyfile(source / ".build/release/footfall", binary)
    binary.chmod(0o755)
    return binary


def logs(asked, folder):
    """Returns the gzipped logs by name."""
    generated = folder / f"generated-{asked.lines}.log"
    if not generated.with_suffix(".log.gz").exists():
        subprocess.run(
            [sys.executable, "-B", HERE / "generate_log.py", str(asked.lines), str(SEED), str(DAYS), generated], check=True)
        subprocess.run(["gzip", "-6", "--force", generated], check=True)
    found = {"generated": generated.with_suffix(".log.gz")}
    if asked.log:
        real = folder / "real.log"
        subprocess.run([sys.executable, "-B", HERE / "repeat_log.py", asked.log, str(asked.lines), real], check=True)
        subprocess.run(["gzip", "-6", "--force", real], check=True)
        found[asked.log.name] = real.with_suffix(".log.gz")
    return found


class Comparison:
    """Imports logs by two binaries, each into a fresh database."""

    def __init__(self, folder, data):
        self.folder = folder
        self.data = data

    def cpu(self, binary, log):
        database = self.fresh()
        command = ["env", f"FOOTFALL_DATA={self.data}", binary, "import", log, "--site", "example.com", "--db", database]
        return measured([*command, "--format", "combined", "--quiet"])["cpu"]

    def dump(self, binary, log):
        self.cpu(binary, log)
        return subprocess.run([binary, "dump", "--db", self.folder / "against.db"], check=True, capture_output=True).stdout

    def fresh(self):
        for path in self.folder.glob("against.db*"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return self.folder / "against.db"


def main():
    asked = arguments()
    folder = ROOT / ".build/against"
    folder.mkdir(parents=True, exist_ok=True)
    before = built(asked, folder)
    comparison = Comparison(folder, asked.data)
    print(f"{'log':24}{'before, CPU s':>15}{'now, CPU s':>12}{'ratio':>8}{'now / gzip':>12}{'same counts':>13}")
    for name, log in logs(asked, folder).items():
        # This also warms the caches.
        same = "yes" if comparison.dump(before, log) == comparison.dump(asked.footfall, log) else "no"
        rounds = []
        for _ in range(asked.rounds):
            old, new = comparison.cpu(before, log), comparison.cpu(asked.footfall, log)
            rounds.append((old, new, new / old, new / measured(["gzip", "-dc", log])["cpu"]))
        old, new, ratio, unpacked = (statistics.median(figures) for figures in zip(*rounds))
        print(f"{name:24}{old:15.2f}{new:12.2f}{ratio:8.2f}{unpacked:12.2f}{same:>13}", flush=True)
    comparison.fresh()


if __name__ == "__main__":
    main()
