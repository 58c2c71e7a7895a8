"""Runs scenarios by their names, each in a world of its own, and says in a line how each went."""

import argparse
import os
import sys


class Wrong(Exception):
    """Something is not as it should be."""


def check(condition, what):
    if not condition:
        raise Wrong(what)


def main(world_type, *functions):
    """Runs the scenarios that the arguments name, or all; exits with 1 where something is wrong."""
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
