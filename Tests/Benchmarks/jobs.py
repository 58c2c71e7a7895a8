#!/usr/bin/env python3
"""Measures the steps of a job against an import of the same logs (docs/scale-out.md).

    jobs.py --footfall BINARY --data RULES [--spark PYTHON] [--lines N]

CPU seconds are those of the programs alone. With Spark, wall seconds are measured with one and two executors.
"""
import argparse
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
JOB = HERE.parents[1] / "docs/examples/spark/footfall_job.py"
FILES = 4


def cpu(command, environment, **files):
    """Returns CPU and wall seconds of a command."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run([str(part) for part in command], env=environment, check=True, **files)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.monotonic() - start


def steps(asked, folder, logs, lines):
    environment = dict(os.environ, FOOTFALL_DATA=asked.data, LC_ALL="C")
    site = ["--site", "example.com"]
    costs = {"import": cpu(
        [asked.footfall, "import", "--quiet", "--workers", "1", "--db", folder / "import.db", *site, *logs], environment)[0]}
    environment["FOOTFALL_JOB_KEY"] = subprocess.run(
        [asked.footfall, "job-key", "--db", folder / "job.db", *site], env=environment, check=True, text=True,
        stdout=subprocess.PIPE).stdout
    mapped, ordered, part = folder / "mapped", folder / "sorted", folder / "part"
    with open(mapped, "wb") as out:
        costs["map"] = sum(
            cpu([asked.footfall, "map", "--name", log], environment, stdin=open(log), stdout=out)[0] for log in logs)
    costs["sort"] = cpu(["sort", "--parallel=1", "-o", ordered, mapped], environment)[0]
    costs["reduce"] = cpu([asked.footfall, "reduce"], environment, stdin=open(ordered), stdout=open(part, "wb"))[0]
    costs["merge"] = cpu([asked.footfall, "merge", "--quiet", "--into", folder / "job.db", part], environment)[0]
    for step, seconds in costs.items():
        print(f"{step:8} {seconds / lines * 1e6:7.2f} us a line   {seconds / costs['import']:5.2f} of an import")
    both = (costs["map"] + costs["reduce"]) / costs["import"]
    hits = sum(1 for line in open(mapped, "rb") if line[:1] != b"!" and line.split(b"\t")[3] != b"-")
    all_lines = sum(1 for _ in open(mapped, "rb"))
    packed = subprocess.run(["gzip", "-1c", mapped], stdout=subprocess.PIPE, check=True).stdout
    size = mapped.stat().st_size
    print(f"map and reduce together: {both:.2f} of an import")
    print(f"shuffle: {hits} hits in {all_lines} lines, {size / lines:.1f} bytes per line of the log, "
          f"{size / hits:.1f} per hit, gzip -1: {len(packed) / hits:.1f}")
    print(f"part: {part.stat().st_size / 1e6:.1f} MB; merge {costs['merge']:.2f} s")
    same = [subprocess.run([asked.footfall, "dump", "--db", folder / name], stdout=subprocess.PIPE, check=True).stdout
            for name in ("import.db", "job.db")]
    if same[0] != same[1]:
        sys.exit("the statistics differ")


def spark(asked, folder, logs):
    environment = dict(
        os.environ, FOOTFALL_DATA=asked.data, PYSPARK_PYTHON=asked.spark, SPARK_LOCAL_IP="127.0.0.1",
        PYSPARK_SUBMIT_ARGS="--conf spark.ui.enabled=false --conf spark.driver.host=127.0.0.1 pyspark-shell")
    for executors in (1, 2):
        _, wall = cpu(
            [asked.spark, JOB, "--db", folder / f"spark-{executors}.db", "--site", "example.com", "--footfall", asked.footfall,
             "--reducers", str(executors), "--master", f"local-cluster[{executors},1,1024]", *logs], environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        print(f"Spark, {executors} executors of one core: {wall:.1f} s including start and end", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--footfall", required=True)
    parser.add_argument("--data", required=True)
    parser.add_argument("--spark")
    parser.add_argument("--lines", type=int, default=2_000_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        logs = [folder / f"access-{number}.log" for number in range(FILES)]
        for number, log in enumerate(logs):
            subprocess.run(
                [sys.executable, "-B", HERE / "generate_log.py", str(asked.lines // FILES), str(number), "3", log], check=True)
        steps(asked, folder, logs, asked.lines)
        if asked.spark:
            spark(asked, folder, logs)


main()
