"""Tests `footfall import --follow`: logs that grow, rotate, vanish and return, kills, locks, and live views.

    follow.py --footfall BINARY [grows|turns|idles|dies|waits|complains|shows ...]

Without names, all scenarios run. Each prints a line. The exit code is 1 if one fails.
"""

import fcntl
import gzip
import hashlib
import json
import os
import pathlib
import random
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request

from driver import Wrong, check, main

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
SITE = ("--site", "example.com")
PAUSE = "0.2"


def line(number):
    clock = f"{number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02}"
    return (f'192.0.2.{number * 7 % 250 + 1} - - [10/Nov/2025:{clock} +0000] "GET /page/{number % 97} HTTP/1.1" 200 {number} '
            f'"-" "{FIREFOX}"\n').encode()


class World:
    """A folder with logs, a database, and a process that follows them."""

    def __init__(self, footfall):
        self.footfall = footfall
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="footfall-follow-"))
        self.process = None
        self.written = 0
        self.whole = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.folder)

    def path(self, name):
        return self.folder / name

    def run(self, *arguments, code=0):
        done = subprocess.run([self.footfall, *arguments], cwd=self.folder, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=120)
        check(done.returncode == code, f"{arguments} ended with {done.returncode}: {done.stderr}")
        return done.stdout

    def follow(self, *arguments):
        with open(self.path("out"), "ab") as out, open(self.path("err"), "ab") as err:
            self.process = subprocess.Popen([self.footfall, "import", "--follow", PAUSE, *SITE, *arguments],
                                            cwd=self.folder, stdout=out, stderr=err)

    def stop(self, number=signal.SIGTERM):
        """Stops the follower and returns its exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=60)

    def said(self, name="out"):
        return self.path(name).read_text()

    def lines(self, count):
        """Returns the next lines of the log."""
        text = b"".join(map(line, range(self.written, self.written + count)))
        self.written += count
        self.whole += text
        return text

    def write(self, text, name="access.log"):
        with open(self.path(name), "ab") as log:
            log.write(text)

    def counted(self):
        """Returns the number of page views in the books."""
        return sum(one["outcomes"].get("pageview", 0) for one in json.loads(self.run("imports", "--json")))

    def reaches(self, count, seconds=100):
        """Waits for this many page views in the books, even while the database is being created or recovered."""
        end = time.monotonic() + seconds
        found = None
        while found != count:
            check(time.monotonic() < end, f"{found} instead of {count} page views: {self.said()} {self.said('err')}")
            check(self.process.poll() is None, f"the follower ended: {self.said('err')}")
            time.sleep(0.1)
            try:
                found = self.counted()
            except Wrong as wrong:
                found = str(wrong)

    def tells(self, count, seconds=100):
        """Waits until this many rounds have been reported, which is after their end."""
        end = time.monotonic() + seconds
        while self.said().count("\n") < count:
            check(time.monotonic() < end, f"not {count} rounds: {self.said()} {self.said('err')}")
            time.sleep(0.1)

    def settles(self, rounds=5):
        time.sleep(rounds * float(PAUSE) + 0.5)

    def is_whole(self):
        """Checks that the statistics equal those of one import of everything that was written."""
        self.path("whole").write_bytes(self.whole)
        self.run("import", "whole", *SITE, "--db", "whole.db", "--quiet")
        check(self.run("dump") == self.run("dump", "--db", "whole.db"), "the statistics are not those of the whole log")


def grows(world):
    """Logs grow, are cut within a line, renamed, truncated, packed, added; each line counts and is reported once."""
    chance = random.Random(1)
    world.follow("access.log*", "more/*.log")
    world.settles()
    check(world.said("err").count("no file matches") == 2, world.said("err"))
    check(not world.path("footfall.db").exists(), "something was written before there was a log")
    for step in range(24):
        text = world.lines(chance.randrange(1, 60))
        cut = chance.randrange(len(text)) if step % 3 == 0 else len(text)
        world.write(text[:cut])
        time.sleep(chance.choice((0.0, 0.3)))
        world.write(text[cut:])
        if step % 6 == 2:
            for number in (2, 1):
                if world.path(f"access.log.{number}").exists():
                    os.rename(world.path(f"access.log.{number}"), world.path(f"access.log.{number + 1}"))
            os.rename(world.path("access.log"), world.path("access.log.1"))
            time.sleep(chance.choice((0.0, 0.5)))
        if step % 6 == 4:
            shutil.copy(world.path("access.log"), world.path(f"access.log-{step}"))
            os.truncate(world.path("access.log"), 0)
        if step == 9:
            world.path("access.log.1.gz").write_bytes(gzip.compress(world.path("access.log.1").read_bytes()))
            os.remove(world.path("access.log.1"))
        if step == 12:
            world.path("more").mkdir()
            world.write(world.lines(20), "more/second.log")
        time.sleep(chance.choice((0.0, 0.1, 0.4)))
    world.reaches(world.written)
    tail = world.lines(1)
    world.write(tail[:-1])
    world.settles()
    check(world.counted() == world.written - 1, "a line without a line end was counted")
    world.write(tail[-1:])
    world.reaches(world.written)
    check(world.stop() == 0, "the follower did not end cleanly")
    world.is_whole()
    rounds = re.findall(r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  \+([\d,]+) lines?, ([\d,]+) page views?$", world.said(), re.M)
    check(len(rounds) == world.said().count("\n"), world.said())
    for place in (0, 1):
        told = sum(int(one[place].replace(",", "")) for one in rounds)
        check(told == world.written, f"{told} of {world.written} were reported: {world.said()}")
    errors = [one for one in world.said("err").splitlines() if "no file matches" not in one]
    check(errors == ["footfall: places are unknown without a geo file (--geo), which applies to new lines only"], world.said("err"))


def turns(world):
    """A log is renamed back and forth while it is read: each line counts once, and there are no complaints."""
    names = [world.path("access.log"), world.path("access.log.1")]
    with open(names[0], "ab") as log:
        world.follow("access.log*")
        end = time.monotonic() + 6
        while time.monotonic() < end:
            log.write(world.lines(1))
            log.flush()
            os.rename(*names)
            names.reverse()
            time.sleep(0.004)
    world.reaches(world.written)
    check(world.stop() == 0, "the follower did not end cleanly")
    world.is_whole()
    errors = [one for one in world.said("err").splitlines() if "waiting for it" not in one]
    check(errors == ["footfall: places are unknown without a geo file (--geo), which applies to new lines only"], world.said("err"))


def idles(world):
    """Rounds without new lines write nothing and hold no lock, and so do starts without new lines."""
    def state():
        # Readers create an empty journal.
        files = [world.path(name) for name in ("footfall.db", "footfall.db-wal")]
        return [hashlib.sha256(file.read_bytes() if file.exists() else b"").hexdigest() for file in files], world.run("imports")

    world.path("logs").mkdir()
    world.write(world.lines(50), "logs/access.log")
    world.write(b"2025/11/10 10:00:00 [error] 1#1: nothing\n", "logs/error.log")
    world.follow("logs", "--json")
    world.tells(1)
    # A file is only believed to be unchanged once it is old enough.
    world.settles(12)
    before = state()
    world.settles(10)
    check(state() == before, "an idle round has written")
    with open(world.path("footfall.db.lock")) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    world.write(world.lines(5), "logs/access.log")
    world.tells(2)
    check(world.counted() == 55, "lines of the second round")
    check(len(json.loads(world.run("imports", "--json"))) == 1, "the rounds of a day are not one import")
    check([one["lines"] for one in json.loads(world.run("imports", "--json"))] == [55], "lines of the books")
    # The next start, like any import, reads a file again that was written just before it was read.
    world.settles(12)
    check(world.stop(signal.SIGINT) == 0, "the follower did not end cleanly")
    world.follow("logs", "--json")
    world.tells(3)
    before = state()
    check(world.stop(signal.SIGINT) == 0, "the follower did not end cleanly")
    world.follow("logs", "--json")
    world.settles(15)
    check(world.stop() == 0, "the follower did not end cleanly")
    check(state() == before, "a start without new lines has written")
    rounds = [json.loads(one) for one in world.said().splitlines()]
    check([one["outcomes"].get("pageview", 0) for one in rounds] == [50, 5, 0], world.said())
    check(world.said("err").count("skipped 1 file that does not look like an access log: error.log") == 2, world.said("err"))
    world.write(world.lines(5), "logs/access.log")
    world.follow("logs", "--quiet")
    world.reaches(60)
    check(world.stop() == 0 and len(world.said().splitlines()) == 3, "--quiet is not quiet")
    world.is_whole()


def dies(world):
    """The follower is killed at any time and started again, while the log grows and rotates."""
    chance = random.Random(7)
    for turn in range(12):
        world.follow("access.log*")
        for _ in range(chance.randrange(1, 4)):
            world.write(world.lines(chance.randrange(200, 3_000)))
            time.sleep(chance.random() * 0.4)
        if turn % 4 == 3:
            os.rename(world.path("access.log"), world.path(f"access.log.{9 - turn // 4}"))
        world.stop(chance.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGTERM)))
    world.write(world.lines(1))
    world.follow("access.log*")
    world.reaches(world.written)
    check(world.stop() == 0, "the follower did not end cleanly")
    world.is_whole()


def waits(world):
    """The follower waits for another writer, round after round. After an undo, it counts the lines again."""
    world.run("sites", "add", "example.com")
    world.write(world.lines(30))
    with open(world.path("footfall.db.lock")) as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        world.follow("access.log")
        world.settles()
        check(world.process.poll() is None and world.counted() == 0, "it did not wait for the lock")
        check(world.said("err") == "", world.said("err"))
    world.reaches(30)
    world.run("undo", "1", "--yes")
    world.write(world.lines(10))
    world.reaches(40)
    check(world.stop() == 0, "the follower did not end cleanly")
    world.is_whole()


def complains(world):
    """A problem with a file is reported once, until it is solved. Other files are not affected."""
    rejects = world.path("rejects")
    world.write(b"no log\n" * 20, "broken.log")
    world.follow("access.log", "broken.log", "--rejects", str(rejects))
    for _ in range(3):
        world.write(world.lines(20) + b"no line\n")
        world.write(b"no log\n" * 20, "broken.log")
        world.reaches(world.written)
    told = world.said("err").splitlines()
    check(sum("broken.log: " in one for one in told) == 1, told)
    check(rejects.read_text() == "".join(f"access.log:{number}: malformed(address)\n" for number in (21, 42, 63)), rejects.read_text())
    os.rename(world.path("access.log"), world.path("gone"))
    world.settles()
    os.rename(world.path("gone"), world.path("access.log"))
    world.write(world.lines(1))
    world.reaches(world.written)
    os.remove(world.path("broken.log"))
    world.write(world.lines(10), "broken.log")
    world.reaches(world.written)
    world.write(b"no log\n" * 100, "next")
    os.rename(world.path("next"), world.path("broken.log"))
    world.settles()
    told = world.said("err").splitlines()
    check(sum("broken.log: " in one for one in told) == 2, told)
    check(sum("no such file" in one for one in told) == 1, told)
    check(world.stop() == 0, "the follower did not end cleanly")


def shows(world):
    """New lines show up in a watched report and on the dashboard of a server."""
    world.write(world.lines(40))
    world.follow("access.log")
    world.reaches(40)
    with open(world.path("watched"), "wb") as out, open(world.path("served"), "wb") as err:
        watch = subprocess.Popen([world.footfall, "report", "--watch"], cwd=world.folder, stdout=out)
        serve = subprocess.Popen([world.footfall, "serve", "--port", "0"], cwd=world.folder, stderr=err)
    try:
        def ready():
            return re.search(r"http://127\.0\.0\.1:\d+", world.said("served"))

        def page():
            address = ready().group(0) + "/?since=2025-11-10&until=2025-11-10"
            return urllib.request.urlopen(address, timeout=30).read().decode()

        def within(seconds, what, condition):
            end = time.monotonic() + seconds
            while not condition():
                check(time.monotonic() < end, what)
                time.sleep(0.2)

        within(30, "the server does not start", ready)
        within(20, "the page does not show 40", lambda: ">40<" in page())
        for count in (1_200, 1_111):
            world.write(world.lines(count))
            world.reaches(world.written)
            number = f"{world.written:,}"
            within(20, f"the page does not show {number}", lambda: number in page())
            within(20, f"the report does not show {number}", lambda: number in world.said("watched"))
    finally:
        watch.kill()
        serve.terminate()
        watch.wait()
        serve.wait()
    check(world.stop() == 0, "the follower did not end cleanly")
    world.is_whole()


if __name__ == "__main__":
    main(World, grows, turns, idles, dies, waits, complains, shows)
