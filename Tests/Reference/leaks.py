#!/usr/bin/env python3
"""Searches every byte of every file in folders for the addresses and user agents of logs.

    leaks.py LOG… -- FOLDER…

Prints one line for each text of a log that is found in a file: kind, number of occurrences, and the file, but never
the text. The kinds are `address`, `agent`, `packed` (an address as four or sixteen bytes, which must be in all
folders: four bytes may occur by chance among hashes, but not in two databases with different keys) and `page`, which
is not a leak: pages prove that the search finds stored text.
"""
import collections
import gzip
import ipaddress
import pathlib
import re
import sys

# Client fields, request target and user agent of a line in any of our formats, as far as it has them.
LINE = re.compile(
    rb'^(?P<clients>[^\[]*?) \S+ [^\[]*\[[^\]]*\] "(?:GET (?P<target>/[^ ?"#]*)[^"]*)?.*?"(?P<agent>[^"]*)"$')
NAME = re.compile(rb"[A-Za-z][\w.-]{1,39}")
PREFIX = 6
PACKED_SAMPLE = 200


def content(path):
    data = path.read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def packed(text):
    try:
        address = ipaddress.ip_address(text.decode())
    except ValueError:
        return None
    return (getattr(address, "ipv4_mapped", None) or address).packed


def needles(logs):
    """Returns the texts to look for: text -> kind."""
    found = {}
    for log in logs:
        for line in content(log).splitlines():
            parts = LINE.match(line)
            if not parts:
                continue
            if parts["target"] and len(parts["target"]) > PREFIX:
                found[parts["target"]] = "page"
            # A robot's agent may be nothing but its name, which is stored.
            if len(parts["agent"]) > PREFIX and not NAME.fullmatch(parts["agent"]):
                found[parts["agent"]] = "agent"
            for word in re.split(rb'[ ,"]+', parts["clients"]):
                if len(word) > PREFIX and re.search(rb"\d", word):
                    found[word] = "address"
    # The headers of SQLite's pages hold numbers of two bytes, so `C0 00 02 62` is as likely the start of a page's content and
    # its first cell as 192.0.2.98. Addresses without a byte of 0 are searched for.
    sample = sorted(each for each in {packed(text) for text, kind in found.items() if kind == "address"}
                    if each and 0 not in each[:4])
    sample = sample[:: max(1, len(sample) // PACKED_SAMPLE)]
    return found | {text: "packed" for text in sample if text not in found}


def occurrences(data, wanted):
    """Yields each wanted text in the data, once per position, by looking up the first bytes at every offset."""
    by_prefix = collections.defaultdict(list)
    for text in wanted:
        by_prefix[text[:4]].append(text)
    for offset in range(len(data) - 3):
        for text in by_prefix.get(data[offset : offset + 4], ()):
            if data.startswith(text, offset):
                yield text


def main():
    end = sys.argv.index("--")
    folders = [pathlib.Path(name) for name in sys.argv[end + 1 :]]
    wanted = needles([pathlib.Path(name) for name in sys.argv[1:end]])
    found = {folder: collections.Counter() for folder in folders}
    for folder in folders:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            for text, count in collections.Counter(occurrences(path.read_bytes(), wanted)).items():
                found[folder][text] += count
                if wanted[text] != "packed":
                    print(wanted[text], count, path.relative_to(folder), sep="\t")
    for text in set.intersection(*(set(counter) for counter in found.values())):
        if wanted[text] == "packed":
            print("packed", min(counter[text] for counter in found.values()), "all folders", sep="\t")
    print("searched", *collections.Counter(wanted.values()).items())


main()
