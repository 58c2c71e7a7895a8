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
import zlib

sys.dont_write_bytecode = True

from bench import HERE, ROOT, measured

SEED, DAYS = 2, 5
# The days of the log of many sites, and the most sites that one import creates.
DAYS_OF_SITES, SITES_AT_ONCE = 30, 1_000
# A busy log is repeated so many seconds later each time.
BUSY_SECONDS = 180


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("revision", help="the revision to compare with, such as a commit or a tag")
    parser.add_argument("--footfall", type=pathlib.Path, default=ROOT / ".build/release/footfall", help="this build")
    parser.add_argument("--data", type=pathlib.Path, default=ROOT / ".build/share/footfall", help="the rules of both")
    parser.add_argument("--swift", default="swift", help="the compiler (default swift)")
    parser.add_argument("--flags", default="", help="the flags of the build")
    parser.add_argument("--lines", type=int, default=1_000_000, help="lines of the generated log (default 1,000,000)")
    parser.add_argument("--log", type=pathlib.Path, help="also import this combined log, repeated with later dates")
    parser.add_argument("--busy", type=pathlib.Path, help="also import this combined log, repeated at once by other clients")
    parser.add_argument("--sites", type=int, default=0, help="also import a log of so many sites and 30 days")
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
        found[asked.log.name] = repeated(asked.log, asked.lines, folder / "real.log")
    if asked.busy:
        found[asked.busy.name] = repeated(asked.busy, asked.lines, folder / "busy.log", str(BUSY_SECONDS))
    if asked.sites:
        found[f"{asked.sites:,} sites"] = of_sites(asked, folder)
    return found


def repeated(log, lines, path, *seconds):
    subprocess.run([sys.executable, "-B", HERE / "repeat_log.py", log, str(lines), path, *seconds], check=True)
    subprocess.run(["gzip", "-6", "--force", path], check=True)
    return path.with_suffix(".log.gz")


def of_sites(asked, folder):
    """Returns a generated log with a host in front of each line, the same for all lines of a client."""
    path = folder / f"sites-{asked.sites}-{asked.lines}.log"
    if not path.with_suffix(".log.gz").exists():
        plain = folder / "plain.log"
        generator = [sys.executable, "-B", HERE / "generate_log.py", str(asked.lines), str(SEED), str(DAYS_OF_SITES), plain]
        subprocess.run(generator, check=True)
        with open(plain, "rb") as lines, open(path, "wb") as out:
            for line in lines:
                site = zlib.crc32(line.split(b" ", 1)[0]) % asked.sites
                out.write(b"%s:443 %s" % (host(site).encode(), line))
        plain.unlink()
        subprocess.run(["gzip", "-6", "--force", path], check=True)
    return path.with_suffix(".log.gz")


def host(site):
    return f"site-{site}.example"


class Comparison:
    """Imports logs by two binaries, each into a fresh database."""

    def __init__(self, folder, data):
        self.folder = folder
        self.data = data

    def cpu(self, binary, log):
        database = self.fresh()
        command = ["env", f"FOOTFALL_DATA={self.data}", binary, "import", log, "--db", database, "--quiet"]
        if not log.name.startswith("sites-"):
            return measured([*command, "--format", "combined", "--site", "example.com"])["cpu"]
        self.add_sites(binary, int(log.name.split("-")[1]), database)
        return measured([*command, "--format", "vhost_combined"])["cpu"]

    def add_sites(self, binary, sites, database):
        """Creates the sites of a log, with a line for each, once for each binary, and copies the database."""
        kept = self.folder / f"{binary.name}-{sites}.db"
        for first in [] if kept.exists() else range(0, sites, SITES_AT_ONCE):
            seed = self.folder / "seed.log"
            lines = (
                f'{host(site)}:443 192.0.2.1 - - [01/Jan/2026:00:00:00 +0000] "GET / HTTP/1.1" 404 9 "-" "-"\n'
                for site in range(first, min(first + SITES_AT_ONCE, sites)))
            seed.write_text("".join(lines))
            command = [binary, "import", seed, "--db", kept, "--quiet", "--create-sites", "--format", "vhost_combined"]
            subprocess.run(["env", f"FOOTFALL_DATA={self.data}", *command], check=True)
            seed.unlink()
        shutil.copytree(f"{kept}.vault", f"{database}.vault")
        shutil.copyfile(kept, database)

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
