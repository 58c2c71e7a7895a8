#!/usr/bin/env python3
"""Writes a combined log that defeats one of the caches on which imports rely.

    hostile_log.py KIND LINES FILE

    visitors   every line has a different address
    agents     every line has a different user agent
    paths      every line has a different page
    pages      every line is a page view, with visitors and pages as on a busy site
    malformed  every line is malformed
"""
import random
import sys

AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{}.0.0.0 Safari/537.36"
PHONE = ("Mozilla/5.0 (Linux; Android {a}; SM-{d:X}) AppleWebKit/537.36 (KHTML, like Gecko) "
         "Chrome/{c}.0.{b}.{p} Mobile Safari/537.36")


def address(number):
    """Returns a number below 2³² as an address of the documentation network 2001:db8::/32."""
    return f"2001:db8:{number >> 16 & 0xFFFF:x}:{number & 0xFFFF:x}::1"


def fields(kind, number, rng):
    """Returns address, path and user agent of a line."""
    few, page, agent = address(rng.randrange(2_000)), f"/page/{rng.randrange(3_000)}", AGENT.format(number % 60 + 80)
    if kind == "visitors":
        return address(number), page, agent
    if kind == "agents":
        return few, page, PHONE.format(a=number % 9 + 7, d=number, c=number % 50 + 90, b=number % 7_000, p=number % 200)
    if kind == "paths":
        return few, f"/page/{number:x}/{number * 2_654_435_761 % 2**32:x}", agent
    return few, page, agent


def line(kind, number, second, rng):
    if kind == "malformed":
        return f"{number} neither address nor time nor request, {rng.getrandbits(64):x} and so on for a while longer\n"
    stamp = f"{second // 86_400 % 28 + 1:02}/Sep/2026:{second // 3_600 % 24:02}:{second // 60 % 60:02}:{second % 60:02}"
    client, path, agent = fields(kind, number, rng)
    return (f'{client} - - [{stamp} +0000] "GET {path} HTTP/1.1" 200 {number % 60_000} '
            f'"https://www.google.com/" "{agent}"\n')


def write(kind, lines, path):
    rng = random.Random(kind)
    with open(path, "w", buffering=1 << 20) as log:
        for number in range(lines):
            log.write(line(kind, number, number * 86_400 // lines, rng))


if __name__ == "__main__":
    if len(sys.argv) != 4 or sys.argv[1] not in ("visitors", "agents", "paths", "pages", "malformed"):
        sys.exit(__doc__)
    write(sys.argv[1], int(sys.argv[2]), sys.argv[3])
