"""What a package is made of and named after: the version, the time of the commit, the machine."""

import datetime
import os
import pathlib
import platform
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]


def fail(reason):
    sys.exit(f"packaging: {reason}")


def version(footfall):
    """Returns the version that the binary prints: `footfall 1.2.0`."""
    first = subprocess.run([footfall, "--version"], capture_output=True, check=True, text=True).stdout.splitlines()[0]
    match = re.fullmatch(r"footfall v?(\d\S*)", first)
    return match[1] if match else fail(f"{footfall} --version prints no version: {first}")


def debian_version(version):
    """Returns a version as dpkg compares it: what comes before a release sorts before it, what follows it after it.

    `1.2.0-dev.3` and `1.2.0-rc1` become `1.2.0~dev.3` and `1.2.0~rc1`; `1.2.0-14-gabcdef0`, as `git describe` names the
    fourteenth commit after 1.2.0, becomes `1.2.0+14.gabcdef0`. <https://manpages.debian.org/deb-version.7>
    """
    number, rest = re.fullmatch(r"(\d+(?:\.\d+)*)(.*)", version).groups()
    rest = re.sub(r"[^A-Za-z0-9.+~]+", ".", rest).strip(".")
    if not rest or rest[0] in "+~":
        return number + rest
    return number + ("+" if rest[0].isdigit() else "~") + rest


def commit_time():
    """Returns the time of the commit, in seconds: files of a package bear it, so that it can be built again."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    asked = subprocess.run(["git", "-C", ROOT, "log", "-1", "--format=%ct"], capture_output=True, text=True)
    return int(asked.stdout) if asked.returncode == 0 else fail("no git checkout; set SOURCE_DATE_EPOCH")


def commit_date(form):
    return datetime.datetime.fromtimestamp(commit_time(), datetime.timezone.utc).strftime(form)


def machine():
    return platform.machine()
