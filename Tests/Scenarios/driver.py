"""Runs scenarios by name, each in a new world, and prints a line for each result."""

import argparse
import os
import sys


class Wrong(Exception):
    """A check has failed."""


def check(condition, what):
    if not condition:
        raise Wrong(what)


def main(world_type, *functions):
    """Runs the scenarios named in the arguments, or all of them. Exits with 1 if one fails."""
    scenarios = {one.__name__: one for one in functions}
    parser = argparse.ArgumentParser()
    parser.add_argument("--footfall", required=True)
    parser.add_argument("names", nargs="*", choices=[[], *scenarios])
    arguments = parser.parse_args()
    failed = False
    for name in arguments.names or scenarios:
        try:
            with world_type(os.path.abspath(arguments.footfall)) as world:
                print(f"{name}: {scenarios[name](world) or 'ok'}", flush=True)
        except Wrong as wrong:
            failed = True
            print(f"{name}: {wrong}", flush=True)
    sys.exit(failed)
