#!/usr/bin/env python3
"""Writes the lines of a random log again, split into other files.

    resplit.py FOLDER TARGET SEED

Joins the files of each format in a random order and splits them at line ends into pieces of random length, some of
them gzipped.
"""
import gzip
import pathlib
import random
import sys


def content(path):
    data = path.read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def pieces(rng, lines):
    while lines:
        count = rng.choice([len(lines), 300, 700, 2000])
        yield b"".join(lines[:count])
        lines = lines[count:]


def main():
    folder, target, rng = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), random.Random(int(sys.argv[3]))
    for form in ("vhost", "combined"):
        paths = sorted(folder.glob(f"{form}-*"))
        rng.shuffle(paths)
        lines = b"".join(map(content, paths)).splitlines(keepends=True)
        for number, piece in enumerate(pieces(rng, lines)):
            is_packed = rng.random() < 0.3
            name = f"{form}-{rng.randrange(1000):03}-{number}"
            (target / name).write_bytes(gzip.compress(piece, mtime=0) if is_packed else piece)


main()
