#!/usr/bin/env python3
"""Repeats a real log, each time with later dates, until there are enough lines.

    repeat_log.py LOG LINES FILE

The log has times as in the combined format. Each round starts on the day after the last day of the previous one.
"""
import datetime
import pathlib
import re
import sys

DATE = re.compile(rb"\[(\d{2}/[A-Z][a-z]{2}/\d{4}):")


def day(text):
    return datetime.datetime.strptime(text.decode(), "%d/%b/%Y").date()


def main():
    log, wanted, path = pathlib.Path(sys.argv[1]).read_bytes(), int(sys.argv[2]), pathlib.Path(sys.argv[3])
    if not log.endswith(b"\n"):
        log += b"\n"
    days = sorted({day(text) for text in DATE.findall(log)})
    if not days:
        sys.exit(f"repeat_log: no line of {sys.argv[1]} has a time as in the combined format")
    span = (days[-1] - days[0]).days + 1
    with open(path, "wb") as out:
        for number in range(-(-wanted // log.count(b"\n"))):
            shift = datetime.timedelta(days=number * span)
            dates = {old.strftime("%d/%b/%Y").encode(): (old + shift).strftime("%d/%b/%Y").encode() for old in days}
            out.write(DATE.sub(lambda found: b"[" + dates[found[1]] + b":", log))


if __name__ == "__main__":
    main()
