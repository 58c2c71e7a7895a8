#!/usr/bin/env python3
"""Counts access logs with footfall on Apache Spark and merges the statistics into a database on the driver's machine.

    spark-submit --master 'local[*]' footfall_job.py --db stats.db --site example.com /logs/www1/*.gz /logs/www2/*.gz

The same on a cluster: --master spark://host:7077, yarn or k8s://… in client mode, so that the driver runs where the
database is. Every worker needs footfall with its rules (FOOTFALL_DATA) and sees the logs under the same paths.

The job key lives in the driver's memory. It goes to the executors as a broadcast, encrypted on the network and on disk
by the settings below, and to footfall map by a file in memory: never on a command line, in a configuration or in a log. Reducers
do not get it. Attempts that fail are run again, and speculative copies do no harm: Spark takes the output of one attempt
of each task, and footfall merge counts and adds up what came, and refuses a job of which anything is missing or there
twice.
"""
import argparse
import glob
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

from pyspark import SparkConf, SparkContext, StorageLevel

# Whatever runs in an executor is part of these functions, because the executors do not have this file.


def filtered(command, lines, secret=None):
    """The output of a command that reads lines, line by line; fails where it ends with anything but 0.

    The secret is handed over by a file in memory, of which the command is told the number: the key of a thousand sites
    would not fit into a pipe that nobody reads yet.
    """
    arguments, inherited = list(command), ()
    if secret is not None:
        descriptor = os.memfd_create("footfall-job-key")
        with open(descriptor, "wb", closefd=False) as memory:
            memory.write(secret.encode())
        os.lseek(descriptor, 0, os.SEEK_SET)
        arguments += ["--key-fd", str(descriptor)]
        inherited = (descriptor,)
    child = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=inherited)
    for descriptor in inherited:
        os.close(descriptor)
    failures = []

    def feed():
        try:
            with child.stdin as stream:
                for line in lines:
                    stream.write(line.encode() + b"\n")
        except BaseException as failure:
            failures.append(failure)

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    try:
        for line in child.stdout:
            yield line.decode().rstrip("\n")
        feeder.join()
        code = child.wait()
    finally:
        if child.poll() is None:
            child.kill()
            child.wait()
    # What RDD.pipe does with checkCode=True only: without it, the output of a mapper that was killed would count.
    if code != 0 or failures:
        raise RuntimeError(f"{arguments[0]} {arguments[1]} has ended with {code} {failures or ''}")


def key_of(line):
    """Site, day, visitor and second: what lines are parted by is the first three, what they are sorted by is all four."""
    return tuple(line.split("\t", 4)[:4])


def reducer_of(reducers):
    """The partition of a key; the same in every process, whatever PYTHONHASHSEED says."""
    import zlib

    return lambda key: zlib.crc32("\t".join(key[:3]).encode()) % reducers


def numbered(number, lines):
    """The lines of a partition, each with the partition's number."""
    return ((number, line) for line in lines)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("logs", nargs="+", help="paths or patterns, as the workers see them")
    parser.add_argument("--db", default="footfall.db")
    parser.add_argument("--site", help="the site of all lines; without it the log's host column tells")
    parser.add_argument("--timezone", help="the zone of a new site")
    parser.add_argument("--map", action="append", default=[], metavar="FLAG", help="a flag for footfall map, as in --map=--format=combined")
    parser.add_argument("--reducers", type=int, help="how many parts (default: as many as Spark runs tasks at a time)")
    parser.add_argument("--replace", action="store_true", help="replace days that are there already")
    parser.add_argument("--footfall", default=os.environ.get("FOOTFALL", "footfall"), help="the program, on the driver and on all workers")
    parser.add_argument("--master", help="the master, where spark-submit does not tell it")
    return parser.parse_args()


def context(master):
    """A context whose network and disks hold nothing in the clear."""
    conf = SparkConf().setAppName("footfall")
    if master:
        conf.setMaster(master)
    conf.setIfMissing("spark.authenticate", "true")
    conf.setIfMissing("spark.network.crypto.enabled", "true")
    conf.setIfMissing("spark.io.encryption.enabled", "true")
    if conf.get("spark.master", "local").startswith(("local", "spark")):
        # YARN and Kubernetes make a secret of their own for each job.
        conf.setIfMissing("spark.authenticate.secret", os.urandom(32).hex())
    return SparkContext(conf=conf)


def main():
    asked = arguments()
    files = [path for pattern in asked.logs for path in sorted(glob.glob(pattern)) or [pattern]]
    options = [flag for name in ("site", "timezone") if getattr(asked, name) for flag in (f"--{name}", getattr(asked, name))]
    key = subprocess.run([asked.footfall, "job-key", "--db", asked.db, *options], stdout=subprocess.PIPE, text=True)
    if key.returncode:
        return key.returncode

    spark = context(asked.master)
    try:
        secret = spark.broadcast(key.stdout)
        reducers = asked.reducers or spark.defaultParallelism
        mapper = [asked.footfall, "map", "--files", *asked.map]
        reducer = [asked.footfall, "reduce"]
        # One task for each file: gzip cannot be split, and files of which one is damaged need not all be read again.
        hits = spark.parallelize(files, len(files)).mapPartitions(lambda names: filtered(mapper, names, secret.value))
        sorted_hits = hits.keyBy(key_of).repartitionAndSortWithinPartitions(reducers, reducer_of(reducers)).values()
        parts = sorted_hits.mapPartitions(lambda lines: filtered(reducer, lines)).mapPartitionsWithIndex(numbered)
        # All reducers at a time; fetched without this, each would wait for the one before.
        parts.persist(StorageLevel.DISK_ONLY).count()
        with tempfile.TemporaryDirectory() as folder:
            paths = write(parts, reducers, pathlib.Path(folder))
            merge = [asked.footfall, "merge", "--into", asked.db, "--files", str(len(files))]
            if asked.replace:
                merge += ["--replace", "--yes"]
            return subprocess.run(merge + paths).returncode
    finally:
        spark.stop()


def write(parts, reducers, folder):
    """The parts as files, fetched one partition at a time."""
    files = [open(folder / f"part-{number}", "w", encoding="utf-8", newline="") for number in range(reducers)]
    for number, line in parts.toLocalIterator():
        files[number].write(line + "\n")
    for file in files:
        file.close()
    return [file.name for file in files]


if __name__ == "__main__":
    sys.exit(main())
