#!/usr/bin/env python3
"""Counts access logs with footfall on Apache Spark and merges the statistics into a database on the driver's machine.

    spark-submit --master 'local[*]' footfall_job.py --db stats.db --site example.com /logs/www1/*.gz /logs/www2/*.gz

On a cluster, use --master spark://host:7077, yarn or k8s://… in client mode: the driver must run where the database
is. Every worker needs footfall with its rules (FOOTFALL_DATA) and must see the logs under the same paths.

The job key lives in the driver's memory. It goes to the executors as a broadcast, which the settings below encrypt on
the network and on disk, and to footfall map in a memory file. It is never on a command line, in a configuration or in a
log. Reducers do not get it.

Failed attempts are retried, and speculative copies do no harm: Spark takes the output of one attempt of each task, and
footfall merge checks counts and checksums and refuses a job with missing or duplicate data.
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

# Code for the executors must be inside these functions, because the executors do not have this file.


def filtered(command, lines, secret=None):
    """Pipes lines through a command and yields its output line by line; fails unless the command exits with 0.

    The command reads the secret from a memory file, given by its descriptor. A pipe would not do: it cannot hold the
    key of a thousand sites before the command reads from it.
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
    # RDD.pipe does this only with checkCode=True. Without it, the output of a killed mapper would count.
    if code != 0 or failures:
        raise RuntimeError(f"{arguments[0]} {arguments[1]} has ended with {code} {failures or ''}")


def key_of(line):
    """Returns site, day, visitor and second: lines are partitioned by the first three and sorted by all four."""
    return tuple(line.split("\t", 4)[:4])


def reducer_of(reducers):
    """Returns a function from keys to partitions that is the same in every process, whatever PYTHONHASHSEED is."""
    import zlib

    return lambda key: zlib.crc32("\t".join(key[:3]).encode()) % reducers


def numbered(number, lines):
    """Returns the lines of a partition, each with the partition's number."""
    return ((number, line) for line in lines)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("logs", nargs="+", help="paths or patterns, as the workers see them")
    parser.add_argument("--db", default="footfall.db")
    parser.add_argument("--site", help="the site of all lines (default: the host in the log decides)")
    parser.add_argument("--timezone", help="the time zone of a new site")
    parser.add_argument("--map", action="append", default=[], metavar="FLAG", help="a flag for footfall map, as in --map=--format=combined; repeatable")
    parser.add_argument("--reducers", type=int, help="the number of parts (default: the number of tasks that Spark runs at a time)")
    parser.add_argument("--replace", action="store_true", help="replace existing days")
    parser.add_argument("--footfall", default=os.environ.get("FOOTFALL", "footfall"), help="the program, on the driver and on all workers")
    parser.add_argument("--master", help="the master, unless spark-submit names it")
    return parser.parse_args()


def context(master):
    """Creates a context that encrypts everything on the network and on disk."""
    conf = SparkConf().setAppName("footfall")
    if master:
        conf.setMaster(master)
    conf.setIfMissing("spark.authenticate", "true")
    conf.setIfMissing("spark.network.crypto.enabled", "true")
    conf.setIfMissing("spark.io.encryption.enabled", "true")
    if conf.get("spark.master", "local").startswith(("local", "spark")):
        # YARN and Kubernetes create a secret for each job themselves.
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
        # One task per file: gzip cannot be split, and one damaged file must not make Spark read all files again.
        hits = spark.parallelize(files, len(files)).mapPartitions(lambda names: filtered(mapper, names, secret.value))
        sorted_hits = hits.keyBy(key_of).repartitionAndSortWithinPartitions(reducers, reducer_of(reducers)).values()
        parts = sorted_hits.mapPartitions(lambda lines: filtered(reducer, lines)).mapPartitionsWithIndex(numbered)
        # Runs all reducers in parallel. Without this, toLocalIterator would run them one after the other.
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
    """Writes the parts as files, fetching one partition at a time, and returns their paths."""
    files = [open(folder / f"part-{number}", "w", encoding="utf-8", newline="") for number in range(reducers)]
    for number, line in parts.toLocalIterator():
        files[number].write(line + "\n")
    for file in files:
        file.close()
    return [file.name for file in files]


if __name__ == "__main__":
    sys.exit(main())
