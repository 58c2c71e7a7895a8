#!/usr/bin/env python3
"""Counts logs of two servers with the jobs of docs/examples, and compares with an import of the same logs.

    cluster.py --footfall BINARY --data RULES [--spark PYTHON] CASE…

PYTHON has PySpark. Without cases, runs all that are possible. Prints a line for each case, `ok` or `FAILED`. The exit
code is 1 if one has failed.
"""
import argparse
import gzip
import os
import pathlib
import random
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SITES = [("example.com", "Europe/Berlin", "example.net"), ("example.org", "America/New_York", None), ("x.de", "UTC", None)]
# Spark listens on loopback only, and logs only errors.
SPARK = " ".join(
    f"--conf {setting}" for setting in (
        "spark.ui.enabled=false", "spark.driver.host=127.0.0.1", "spark.driver.bindAddress=127.0.0.1",
        "spark.ui.showConsoleProgress=false", "spark.executor.memory=512m")) + " pyspark-shell"
MIB_OF_WORKER = 1024


class Wrong(Exception):
    """A case did not have the expected result."""


class Workplace:
    def __init__(self, asked, folder):
        self.asked = asked
        self.folder = folder
        self.environment = dict(
            os.environ, FOOTFALL=asked.footfall, FOOTFALL_DATA=asked.data, TMPDIR=str(folder), PYTHONDONTWRITEBYTECODE="1",
            PYSPARK_SUBMIT_ARGS=SPARK, PYSPARK_PYTHON=asked.spark or "", PYSPARK_DRIVER_PYTHON=asked.spark or "",
            SPARK_LOCAL_IP="127.0.0.1", SPARK_LOCAL_DIRS=str(folder / "spark"), SPARK_WORKER_DIR=str(folder / "work"))
        self.environment.pop("FOOTFALL_JOB_KEY", None)
        self.logs = self.write_logs()
        self.imported = self.database("import.db")
        self.footfall("import", "--final", "--quiet", "--db", self.imported, *self.logs)
        self.wanted = self.footfall("dump", "--db", self.imported)

    def write_logs(self):
        """Writes some days of three sites, with a fleet, as two servers would log them, every other file gzipped."""
        made = self.folder / "made"
        made.mkdir()
        subprocess.run([sys.executable, "-B", ROOT / "Tests/Reference/random_log.py", made, "22", "150"], check=True)
        paths = []
        for server, name in (("www1", "vhost-0.log"), ("www2", "vhost-2.log")):
            lines = (made / name).read_bytes().splitlines(keepends=True)
            for number, start in enumerate((0, len(lines) // 2)):
                data = b"".join(lines[start:start + (len(lines) + 1) // 2])
                path = self.folder / server / f"access.log.{number}{'.gz' if number else ''}"
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(gzip.compress(data, mtime=0) if number else data)
                paths.append(str(path))
        return paths

    def run(self, command, **more):
        return subprocess.run(
            [str(part) for part in command], env=dict(self.environment, **more), cwd=self.folder, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def footfall(self, *arguments):
        result = self.run([self.asked.footfall, *arguments])
        # A log that contains only sealed days produces a warning.
        if result.returncode and not (result.returncode == 2 and "their days are sealed" in result.stderr):
            raise Wrong(f"footfall {arguments[0]} ended with {result.returncode}: {result.stderr}")
        return result.stdout

    def database(self, name):
        for host, zone, alias in SITES:
            more = ["--alias", alias] if alias else []
            self.footfall("sites", "add", host, "--timezone", zone, "--db", self.folder / name, *more)
        return self.folder / name

    def compare(self, database):
        """Checks that the statistics equal those of the import, and that importing the logs afterwards adds nothing."""
        if self.footfall("dump", "--db", database) != self.wanted:
            raise Wrong("the statistics differ from those of an import")
        self.footfall("import", "--final", "--quiet", "--db", database, *self.logs)
        if self.footfall("dump", "--db", database) != self.wanted:
            raise Wrong("a later import has added something")

    def is_empty(self, database):
        if any(line.startswith("agg") for line in self.footfall("dump", "--db", database).splitlines()):
            raise Wrong("a failed job has left something")

    def spark(self, database, master, logs=None, footfall=None):
        job = ROOT / "docs/examples/spark/footfall_job.py"
        return self.run(
            [self.asked.spark, "-B", job, "--db", database, "--master", master, "--map=--format=vhost_combined",
             "--reducers", "3", "--footfall", footfall or self.asked.footfall, *(logs or self.logs)])

    def flaky(self, times):
        """Returns a footfall whose first mappers write half of their lines and are killed."""
        marks = self.folder / f"marks-{times}"
        marks.mkdir()
        script = self.folder / f"flaky-{times}.sh"
        script.write_text(
            f"""#!/bin/bash
if [[ $1 == map ]]; then
  for number in $(seq {times}); do
    if mkdir "{marks}/$number" 2>/dev/null; then
      "$FOOTFALL" "$@" > "{marks}/$number/lines"
      head -c $(($(stat -c %s "{marks}/$number/lines") / 2)) "{marks}/$number/lines"
      kill -9 $$
    fi
  done
fi
exec "$FOOTFALL" "$@"
""")
        script.chmod(0o755)
        return script


def expect(result, succeeds):
    if (result.returncode == 0) != succeeds:
        raise Wrong(f"ended with {result.returncode}: {result.stdout[-500:]}{result.stderr[-3000:]}")


def sort(place):
    database = place.database("sort.db")
    lines = []
    key = place.footfall("job-key", "--db", database)
    for path in place.logs:
        mapped = subprocess.run(
            [place.asked.footfall, "map", "--files", "--format", "vhost_combined"], input=path, text=True, check=True,
            stdout=subprocess.PIPE, env=dict(place.environment, FOOTFALL_JOB_KEY=key))
        lines += mapped.stdout.splitlines(keepends=True)
    # Sorted by the first four columns only, and in any order within them.
    random.Random(1).shuffle(lines)
    lines.sort(key=lambda line: line.split("\t", 4)[:4])
    part = place.folder / "sort.part"
    part.write_bytes(subprocess.run(
        [place.asked.footfall, "reduce"], input="".join(lines).encode(), check=True, stdout=subprocess.PIPE).stdout)
    place.footfall("merge", "--into", database, "--files", len(place.logs), part)
    place.compare(database)


def pipeline(place):
    """Counts all lines for one site with the script, including the other server's files in another folder."""
    wanted, database = place.folder / "one.db", place.folder / "pipeline.db"
    place.footfall("import", "--final", "--quiet", "--db", wanted, "--site", "example.com", *place.logs)
    script = ROOT / "docs/examples/streaming/pipeline.sh"
    expect(place.run(["bash", script, database, "example.com", *place.logs], REDUCERS="3"), succeeds=True)
    if place.footfall("dump", "--db", database) != place.footfall("dump", "--db", wanted):
        raise Wrong("the statistics differ from those of an import")
    left = [path.name for path in place.folder.glob("tmp.*")]
    if left:
        raise Wrong("the script has left its folder")
    broken = place.folder / "broken.gz"
    broken.write_bytes(pathlib.Path(place.logs[1]).read_bytes()[:-50])
    database = place.folder / "pipeline-broken.db"
    expect(place.run(["bash", script, database, "example.com", place.logs[0], broken]), succeeds=False)
    place.is_empty(database)


def local(place):
    """Counts in one process. Two mappers are killed midway and run again; the key does not fit into a pipe."""
    database = place.database("local.db")
    aliases = [f"--alias=www.site-{number}.example" for number in range(3_000)]
    place.footfall("sites", "add", SITES[0][0], "--db", database, *aliases)
    if len(place.footfall("job-key", "--db", database)) <= 65_536:
        raise Wrong("the key fits into a pipe")
    expect(place.spark(database, "local[2,4]", footfall=place.flaky(2)), succeeds=True)
    if len(list((place.folder / "marks-2").iterdir())) != 2:
        raise Wrong("no mapper was killed")
    place.compare(database)


def local_cluster(place):
    """Counts with two workers in processes of their own."""
    database = place.database("cluster.db")
    expect(place.spark(database, f"local-cluster[2,1,{MIB_OF_WORKER}]"), succeeds=True)
    place.compare(database)


def killed(place):
    """A mapper that is killed every time makes the job fail."""
    database = place.database("killed.db")
    expect(place.spark(database, "local[2]", footfall=place.flaky(99)), succeeds=False)
    place.is_empty(database)


def corrupt(place):
    """A damaged file makes the job fail."""
    database = place.database("corrupt.db")
    damaged = place.folder / "damaged.gz"
    data = bytearray(pathlib.Path(place.logs[1]).read_bytes())
    data[len(data) // 2] ^= 0xFF
    damaged.write_bytes(data)
    expect(place.spark(database, "local[2]", logs=[place.logs[0], damaged]), succeeds=False)
    place.is_empty(database)


CASES = {"sort": sort, "pipeline": pipeline, "local": local, "local-cluster": local_cluster, "killed": killed, "corrupt": corrupt}
NEED_SPARK = {"local", "local-cluster", "killed", "corrupt"}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--footfall", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--spark", help="a Python that has PySpark")
    parser.add_argument("cases", nargs="*", metavar="CASE", choices=[[], *CASES])
    asked = parser.parse_args()
    cases = asked.cases or [name for name in CASES if asked.spark or name not in NEED_SPARK]
    has_failed = False
    with tempfile.TemporaryDirectory() as folder:
        place = Workplace(asked, pathlib.Path(folder))
        for name in cases:
            try:
                CASES[name](place)
                print(f"{name}: ok", flush=True)
            except (Wrong, subprocess.CalledProcessError) as failure:
                has_failed = True
                print(f"{name}: FAILED: {failure}", flush=True)
    return 1 if has_failed else 0


if __name__ == "__main__":
    sys.exit(main())
