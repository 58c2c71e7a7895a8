#!/usr/bin/env python3
"""Repeats a real log, each time with later dates, until there are enough lines.

    repeat_log.py LOG LINES FILE [SECONDS]

The log has times as in the combined format. Each round starts on the day after the last day of the previous one, or, if
SECONDS are given, that long after the previous one began and with other clients.
"""
import datetime
import pathlib
import re
import sys
import zlib

DATE = re.compile(rb"\[(\d{2}/[A-Z][a-z]{2}/\d{4}):")
TIME = re.compile(rb"\[(\d{2}/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d) ")


def moment(text, form="%d/%b/%Y"):
    return datetime.datetime.strptime(text.decode(), form)


def later(old, shift, form):
    return {text: (moment(text, form) + shift).strftime(form).encode() for text in old}


def rounds_by_days(log):
    """Yields the log again and again, each time on later days."""
    days = set(DATE.findall(log))
    span = (max(map(moment, days)) - min(map(moment, days))).days + 1
    number = 0
    while True:
        dates = later(days, datetime.timedelta(days=number * span), "%d/%b/%Y")
        yield DATE.sub(lambda found: b"[" + dates[found[1]] + b":", log)
        number += 1


def rounds_by_seconds(log, seconds):
    """Yields the log again and again, each time so many seconds later and with other clients."""
    form = "%d/%b/%Y:%H:%M:%S"
    old = set(TIME.findall(log))
    lines = log.splitlines(keepends=True)
    number = 0
    while True:
        times = later(old, datetime.timedelta(seconds=number * seconds), form)
        out = []
        for line in lines:
            client, rest = line.split(b" ", 1)
            bits = zlib.crc32(client, number) if number else None
            if bits is not None:
                client = b"%d.%d.%d.%d" % (1 + (bits >> 24) % 223, bits >> 16 & 255, bits >> 8 & 255, 1 + bits % 254)
            out.append(client + b" " + TIME.sub(lambda found: b"[" + times[found[1]] + b" ", rest, count=1))
        yield b"".join(out)
        number += 1


def main():
    log, wanted, path = pathlib.Path(sys.argv[1]).read_bytes(), int(sys.argv[2]), pathlib.Path(sys.argv[3])
    if not log.endswith(b"\n"):
        log += b"\n"
    if not DATE.search(log):
        sys.exit(f"repeat_log: no line of {sys.argv[1]} has a time as in the combined format")
    rounds = rounds_by_seconds(log, int(sys.argv[4])) if len(sys.argv) > 4 else rounds_by_days(log)
    with open(path, "wb") as out:
        for _ in range(-(-wanted // log.count(b"\n"))):
            out.write(next(rounds))


if __name__ == "__main__":
    main()
