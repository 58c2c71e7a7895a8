"""Installs the packages in bare Debian 12 and 13, uses, upgrades, breaks and removes them, and looks at what is left.

    packages.py --footfall BINARY --data RULES --packages FOLDER [--only NAME]

FOLDER holds what `make deb tarball` has built of the binary. Needs root, mmdebstrap and a mirror of Debian; without them
it says so and ends with 0. The bare systems are kept in FOLDER/../packages-test for the next run. Where the real logs are
not beside the checkout, the bundled sample is imported.
"""

import argparse
import concurrent.futures
import contextlib
import gzip
import json
import os
import pathlib
import re
import shlex
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

import bare_system
from bare_system import Bare, Skipped, capped, unmount
from driver import Wrong, check

ROOT = pathlib.Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "Sources/packaging"
SUITES = ("bookworm", "trixie")
CONFIG = "/etc/footfall/footfall.toml"
STATE = "/var/lib/footfall"
DATABASE = f"{STATE}/footfall.db"
UNITS = ("footfall.service", "footfall-import.service", "footfall-import.timer", "footfall-follow.service")
# The newest versions of symbols that Debian 12 has; Debian 13, Ubuntu 24.04 and Fedora have newer ones.
SYMBOLS = {"GLIBC": (2, 36), "GLIBCXX": (3, 4, 30), "CXXABI": (1, 3, 13)}
# Packages that Package.resolved pins and that are not linked into the binary: they belong to parts that it does not use.
NOT_LINKED = {
    "async-http-client", "swift-algorithms", "swift-asn1", "swift-certificates", "swift-configuration",
    "swift-http-structured-headers", "swift-nio-http2", "swift-nio-ssl", "swift-nio-transport-services", "swift-numerics",
    "yams",
}


class World:
    """The packages, logs to import, and what they count to."""

    def __init__(self, asked, folder):
        self.footfall = os.path.abspath(asked.footfall)
        self.data = os.path.abspath(asked.data)
        self.packages = pathlib.Path(asked.packages).resolve()
        self.cache = self.packages.parent / "packages-test"
        self.folder = folder
        self.deb = self.only_one("footfall_*.deb")
        self.tarball = self.only_one("footfall-*.tar.xz")
        self.older = folder / "older.deb"
        self.logs = self.find_logs()
        self.expected = self.count(self.logs)

    def only_one(self, pattern):
        found = sorted(self.packages.glob(pattern))
        check(len(found) == 1, f"{self.packages} holds {len(found)} files {pattern}; run make deb tarball")
        return found[0]

    def host(self, *words, **more):
        """Runs the binary on this machine and returns its output."""
        done = subprocess.run([self.footfall, *words], env=os.environ | {"FOOTFALL_DATA": self.data}, text=True,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
        check(done.returncode == 0, f"{words[0]} ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def find_logs(self):
        """Returns logs as a server has them: one that grows, and rotated ones."""
        real = sorted((ROOT.parent / "shared/corpora/nginx_rotated_ajitmp").glob("access.log*"))
        if real:
            return {path.name: path.read_bytes() for path in real}
        lines = (ROOT / "fixtures/sample/other_vhosts_access.log.1").read_bytes().splitlines(keepends=True)
        lines = [line.split(b" ", 1)[1] for line in lines if line.startswith(b"example.com:")]
        return {"access.log": b"".join(lines[400:]), "access.log.1": b"".join(lines[200:400]),
                "access.log.2.gz": gzip.compress(b"".join(lines[:200]), mtime=0)}

    def count(self, logs):
        """Returns the statistics of logs by the binary on this machine."""
        folder = self.folder / "expected"
        folder.mkdir()
        for name, data in logs.items():
            (folder / name).write_bytes(data)
        self.host("import", folder, "--site", "example.com", "--timezone", "Europe/Berlin", "--db", folder / "a.db", "--quiet")
        return self.host("dump", "--db", folder / "a.db")


def step(what):
    print(f"{time.monotonic() - step.start:7.1f} s  {what}", flush=True)


step.start = time.monotonic()


# The packages themselves

def lintian(world):
    done = subprocess.run(["lintian", "--allow-root", "--fail-on", "error,warning", world.deb], capture_output=True, text=True)
    check(done.returncode == 0, f"lintian: {done.stdout}{done.stderr}")


def the_same_bytes_again(world):
    """Packs the same binary again, uncompressed, and compares the contents with those of the packages."""
    again = world.folder / "again"
    again.mkdir()
    environment = os.environ | {"PACKAGE_COMPRESSION": "none", "PYTHON": sys.executable}
    for command in (["bash", PACKAGING / "deb.sh"], [sys.executable, "-B", PACKAGING / "tarball.py"]):
        subprocess.run([*command, world.footfall, world.data, again], check=True, env=environment, stdout=subprocess.DEVNULL)
    deb = again / world.deb.name
    for part in ("--ctrl-tarfile", "--fsys-tarfile"):
        built = [subprocess.run(["dpkg-deb", part, one], check=True, capture_output=True).stdout for one in (world.deb, deb)]
        check(built[0] == built[1], f"the package differs from build to build in {part}")
    unpacked = subprocess.run(["xz", "-dc", world.tarball], check=True, capture_output=True).stdout
    check(unpacked == (again / world.tarball.stem).read_bytes(), "the tarball differs from build to build")


def every_key_can_be_set(world):
    """Each key of the configuration file is valid if it alone is set, as the examples stand."""
    sys.path.insert(0, str(PACKAGING))
    import config_keys
    text = package_file(world, CONFIG)
    known = {key.name for key in config_keys.read(world.footfall)}
    lines = text.splitlines()
    site = lines.index("#[[sites]]")
    commented = {number: match[1] for number, line in enumerate(lines) if (match := re.match(r"#([a-z-]+) = ", line))}
    check(known <= set(commented.values()) | {"db"}, f"keys are missing: {known - set(commented.values())}")
    check(not config_keys.check(world.footfall, text), "the file as it comes is not valid")
    host = next(number for number, name in commented.items() if number > site and name == "host")
    for number in commented:
        is_set = {number, site, host} if number > site else {number}
        tried = "\n".join(line[1:] if one in is_set else line for one, line in enumerate(lines))
        faults = config_keys.check(world.footfall, tried)
        check(not faults, f"line {number + 1}, {lines[number]}: {faults}")


def package_file(world, name):
    done = subprocess.run(f"dpkg-deb --fsys-tarfile '{world.deb}' | tar -xO .{name}", shell=True, check=True, capture_output=True)
    return done.stdout.decode()


def licences_are_complete(world):
    """The copyright file names every package that is linked."""
    resolved = ROOT / "Package.resolved"
    if not resolved.exists():
        return "skipped: no Package.resolved; nothing was built here"
    text = (PACKAGING / "debian/copyright").read_text().lower()
    pins = {pin["identity"] for pin in json.loads(resolved.read_text())["pins"]}
    missing = {pin for pin in pins - NOT_LINKED if f".build/checkouts/{pin}/" not in text}
    check(not missing, f"debian/copyright lacks {', '.join(sorted(missing))}")
    check(NOT_LINKED <= pins, f"no longer pinned: {', '.join(sorted(NOT_LINKED - pins))}")


def versions_are_sorted(world):
    """Versions of builds before, at and after a release sort in this order."""
    sys.path.insert(0, str(PACKAGING))
    import release
    order = [release.debian_version(one) for one in ("1.2.0-dev.3", "1.2.0-rc1", "1.2.0", "1.2.0-14-gabcdef0", "1.2.1", "1.10.0")]
    for earlier, later in zip(order, order[1:]):
        done = subprocess.run(["dpkg", "--compare-versions", earlier, "lt", later])
        check(done.returncode == 0, f"{earlier} does not sort before {later}")


def needs_no_newer_system(world):
    """Neither the binary nor a library in the tarball needs a newer system than Debian 12."""
    folder = unpack(world, world.folder / "tarball")
    for file in [folder / "bin/footfall", *sorted((folder / "lib/footfall").iterdir())]:
        dump = subprocess.run(["readelf", "--version-info", "--wide", file], check=True, capture_output=True, text=True).stdout
        for library, version in re.findall(r"Name: (GLIBC|GLIBCXX|CXXABI)_([\d.]+)", dump):
            newest = SYMBOLS[library]
            check(tuple(map(int, version.split("."))) <= newest, f"{file.name} needs {library}_{version}")


def system_calls_are_allowed(world):
    """An import makes no call that its unit forbids, but two whose refusal is no error."""
    if not shutil.which("strace") or not shutil.which("systemd-analyze"):
        return "skipped: needs strace and systemd-analyze"
    folder = world.folder / "calls"
    folder.mkdir()
    subprocess.run(["strace", "-f", "-qq", "-o", folder / "trace", world.footfall, "import", world.folder / "expected",
                    "--site", "example.com", "--db", folder / "a.db", "--quiet"], check=True, stdin=subprocess.DEVNULL,
                   env=os.environ | {"FOOTFALL_DATA": world.data})
    made = set(re.findall(r"^\d+ +(\w+)\(", (folder / "trace").read_text(), re.M))
    unit = (PACKAGING / "debian/footfall-import.service").read_text()
    allowed = system_calls("@default")
    for filter in re.findall(r"^SystemCallFilter=(.*)$", unit, re.M):
        named = set().union(*map(system_calls, filter.lstrip("~").split()))
        allowed = allowed - named if filter.startswith("~") else allowed | named
    # libdispatch lowers the priority of threads, SQLite gives files to their owner if it is run by root.
    check(made - allowed <= {"setpriority", "fchown"}, f"the unit forbids {', '.join(sorted(made - allowed))}")


def system_calls(group):
    """Returns the names of the calls in a group of systemd."""
    said = subprocess.run(["systemd-analyze", "syscall-filter", "--no-pager", group], check=True, capture_output=True, text=True)
    names = [line.strip() for line in said.stdout.splitlines()[1:] if line.strip() and not line.strip().startswith("#")]
    return set().union(*(system_calls(name) if name.startswith("@") else {name} for name in names))


def unpack(world, folder):
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(["tar", "-C", folder, "-xf", world.tarball], check=True)
    return next(folder.iterdir())


def older_package(world):
    """A package of the version before, for upgrades: the same files, a lower version, a configuration with a key less."""
    tree = world.folder / "older"
    subprocess.run(["dpkg-deb", "--raw-extract", world.deb, tree], check=True)
    control = tree / "DEBIAN/control"
    control.write_text(re.sub(r"^Version: .*$", "Version: 0.0.1", control.read_text(), flags=re.M))
    config = tree / CONFIG.lstrip("/")
    config.write_text(config.read_text().replace("[serve]\n", "[serve]\n# An earlier version.\n"))
    subprocess.run(["dpkg-deb", "-Znone", "--root-owner-group", "--build", tree, world.older], check=True, capture_output=True)


# The life of the package

def exec_lines(bare, unit, key):
    """Returns the commands of a unit as installed, with the quotes of systemd, which are those of a shell here."""
    lines = bare.run("cat", f"/lib/systemd/system/{unit}").splitlines()
    return [shlex.split(line.partition("=")[2]) for line in lines if line.startswith(f"{key}=")]


def nightly(bare, code=0):
    """Runs the import as its unit does: the condition, then the command, as the user and in the folder of the unit."""
    condition, command = exec_lines(bare, "footfall-import.service", "ExecCondition"), exec_lines(
        bare, "footfall-import.service", "ExecStart")
    check(len(condition) == len(command) == 1, "the unit has other commands than one condition and one import")
    met = subprocess.run(bare.command(*condition[0], user="footfall", folder=STATE)).returncode == 0
    return bare.run(*command[0], user="footfall", folder=STATE, code=code) if met else None


def put_logs(bare, logs):
    """Logs as Debian's nginx writes them: the group adm may read them."""
    folder = bare.path("/var/log/nginx")
    folder.mkdir(parents=True, exist_ok=True)
    group = int(bare.run("getent", "group", "adm").split(":")[2])
    for name, data in logs.items():
        (folder / name).write_bytes(data)
        os.chown(folder / name, 0, group)
        (folder / name).chmod(0o640)


def configure(bare):
    """Sets what an administrator sets."""
    path = bare.path(CONFIG)
    text = path.read_text()
    for key in ("logs", "site", "timezone"):
        check(f"\n#{key} = " in text, f"no example of {key} in {CONFIG}")
        text = text.replace(f"\n#{key} = ", f"\n{key} = ", 1)
    path.write_text(text)


def statistics(bare):
    # Any folder will do, also one that the user cannot enter.
    return bare.run("footfall", "dump", "--config", CONFIG, user="footfall", folder="/root")


def life(world, suite):
    """Installs, imports, upgrades, breaks, removes and purges the package in a bare system."""
    bare = Bare(suite, "package", world.cache)
    say = lambda what: step(f"{suite}: {what}")  # noqa: E731
    say("a bare system, without compiler and Swift")
    for tool in ("swift", "cc", "gcc", "make"):
        check(not shutil.which(tool, path=":".join(str(bare.path(one)) for one in ("usr/bin", "usr/local/bin"))), f"has {tool}")
    for name, file in (("older", world.older), ("footfall", world.deb)):
        shutil.copyfile(file, bare.path(f"/tmp/{name}.deb"))
    bare.apt("update")
    # Group adm is made if an administrator has removed it.
    bare.run("groupdel", "adm")
    before = bare.files()

    bare.apt("install", "--no-install-recommends", "/tmp/older.deb")
    installed(bare)
    say("installed by apt from a file, without group adm before")

    check(nightly(bare) is None, "an import without a configured log ran")
    check(not bare.path(DATABASE).exists(), "an import without a configured log wrote a database")
    configure(bare)
    half = dict(list(world.logs.items())[len(world.logs) // 2:])
    put_logs(bare, half)
    nightly(bare)
    report = bare.run("footfall", "report", "--config", CONFIG, user="footfall", folder="/root")
    check("example.com" in report, f"no report: {report}")
    say("nothing to do without configured logs; with them, the nightly import of half of the logs, and a report")

    configured = bare.path(CONFIG).read_text()
    kept = statistics(bare)
    upgrades(world, bare)
    check(bare.path(CONFIG).read_text() == configured, "the upgrade changed the configuration")
    check(statistics(bare) == kept, "the upgrade changed the statistics")
    put_logs(bare, world.logs)
    nightly(bare)
    check(statistics(bare) == world.expected, "the statistics of both imports are not those of one import")
    say("upgraded, also killed while unpacking, killed while configuring, and with a full disk; the rest of the logs")

    old_database(world, bare)
    say("a database of commit 701a097 is read, and counted on")
    full_disk(world, bare)
    say("a full state folder: clear messages, nothing lost, nothing doubled")
    read_only(bare)
    say("a state folder that cannot be written")
    units(bare)
    completions(bare)
    say("units are valid and exposed to 2.0 at most; completions load")

    bare.apt("remove", "footfall")
    check(bare.path(CONFIG).exists() and bare.path(DATABASE).exists(), "removing took the configuration or the database")
    check(not bare.path("/usr/bin/footfall").exists(), "removing left the binary")
    documented(world, bare)
    check(statistics(bare) == world.expected, "installing again changed the statistics")
    bare.apt("purge", "footfall")
    check(bare.state("footfall") in ("", "unknown ok not-installed") or "no packages found" in bare.state("footfall"),
          f"after purging, dpkg has {bare.state('footfall')}")
    check(bare.path(DATABASE).exists(), "purging took the statistics")
    bare.apt("autoremove")
    left = {name for name in bare.files() - before if not name.startswith(STATE.lstrip("/"))}
    left = {name for name in left if "footfall" in name}
    check(not left, f"purging left {', '.join(sorted(left))}")
    check(bare.run("dpkg", "--audit") == "", "dpkg has something to complain about")
    say("removed, installed again, purged: only the state folder and the user are left")


def documented(world, bare):
    """Runs the three commands of docs/install.md."""
    folder = "/tmp/downloads"
    bare.path(folder).mkdir()
    shutil.copy(world.deb, bare.path(folder))
    block = re.search(r"^## Debian\n.*?```sh\n(.*?)```", (ROOT / "docs/install.md").read_text(), re.M | re.S)[1]
    said = ""
    for line in block.splitlines():
        line = re.sub(r"footfall_\S*\.deb", world.deb.name, line)
        user, command = re.fullmatch(r"sudo (?:-u (\w+) )?(.*)", line).groups()
        said = bare.run("sh", "-c", command, user=user, folder=folder)
    check("example.com" in said, f"the documented commands end with no report: {said}")


def installed(bare):
    """What there is to be after an installation."""
    groups = bare.run("id", "--name", "--groups", "footfall").split()
    check(groups == ["footfall", "adm"], f"the user is in {groups}")
    owner = bare.run("stat", "--format=%U:%G %a", STATE).strip()
    check(owner == "footfall:footfall 750", f"{STATE} is {owner}")
    conffiles = bare.run("dpkg-query", "--show", "--showformat=${Conffiles}", "footfall")
    check(conffiles.split()[::2] == [CONFIG], f"conffiles: {conffiles}")
    wanted = [os.path.basename(path) for path in bare.path("/etc/systemd/system").rglob("footfall*")]
    check(wanted == ["footfall-import.timer"], f"enabled units: {wanted}")
    check(bare.path("/usr/share/man/man1/footfall-import.1.gz").exists() or suite_omits_documents(bare), "no manual page")
    bare.run("footfall", "--version")


def suite_omits_documents(bare):
    """Images of containers leave documents out."""
    return any("path-exclude" in path.read_text() for path in bare.path("/etc/dpkg/dpkg.cfg.d").glob("*"))


def upgrades(world, bare):
    """Upgrades to the new version by way of three accidents, after each of which apt can go on."""
    killed(bare, lambda: bare.path("/usr/bin/footfall.dpkg-new").exists(), "unpacking")
    check("footfall" in bare.run("dpkg", "--audit"), "dpkg does not know that unpacking was cut off")
    bare.run("footfall", "--version")
    # As apt then asks for.
    bare.run("dpkg", "--configure", "-a")
    bare.apt("install", "--no-install-recommends", "--option=Dpkg::Options::=--force-confold", "/tmp/footfall.deb")
    clean(bare)

    bare.apt("install", "--allow-downgrades", "--option=Dpkg::Options::=--force-confold", "/tmp/older.deb")
    killed(bare, lambda: runs(bare, "footfall.postinst"), "configuring")
    check(bare.state("footfall") != "install ok installed", f"killed too late: {bare.state('footfall')}")
    bare.run("dpkg", "--force-confold", "--configure", "-a")
    clean(bare)

    bare.apt("install", "--allow-downgrades", "--option=Dpkg::Options::=--force-confold", "/tmp/older.deb")
    filler = bare.path("/root/filler")
    free = os.statvfs(bare.root)
    with open(filler, "wb") as file:
        os.posix_fallocate(file.fileno(), 0, free.f_bavail * free.f_frsize - 20_000_000)
    said = bare.apt("install", "--option=Dpkg::Options::=--force-confold", "/tmp/footfall.deb", code=100)
    check("No space left on device" in said, f"a full disk is not named: {said}")
    bare.run("footfall", "--version")
    filler.unlink()
    bare.apt("install", "--option=Dpkg::Options::=--force-confold", "/tmp/footfall.deb")
    clean(bare)
    for file in bare.path("/etc/footfall").glob("*.dpkg-*"):
        file.unlink()


def killed(bare, has_begun, when):
    """Kills dpkg and all that it has started at a moment of an upgrade."""
    dpkg = subprocess.Popen(bare.command("dpkg", "--force-confold", "--install", "/tmp/footfall.deb"), start_new_session=True,
                            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not has_begun():
        check(dpkg.poll() is None, f"dpkg ended before it could be killed while {when}")
    os.killpg(dpkg.pid, signal.SIGKILL)
    dpkg.wait()


def runs(bare, name):
    """Whether a program with this in its command line runs in a root."""
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if name.encode() in (process / "cmdline").read_bytes() and os.readlink(process / "root") == str(bare.root):
                return True
    return False


def clean(bare):
    check(bare.state("footfall") == "install ok installed", f"dpkg has the package as {bare.state('footfall')}")
    check(bare.run("dpkg", "--audit") == "", "dpkg has something to complain about")
    bare.apt("check")
    left = [path.name for path in bare.path("/usr/bin").glob("footfall.dpkg-*")]
    check(not left, f"dpkg left {left}")


def old_database(world, bare):
    """A database of an earlier schema says the same as ever, before and after the first import into it."""
    path = bare.path(f"{STATE}/old.db")
    with contextlib.closing(sqlite3.connect(path)) as database:
        database.executescript((ROOT / "fixtures/upgrades/701a097.sql").read_text())
    user = bare.path(STATE).stat()
    os.chown(path, user.st_uid, user.st_gid)
    told = (ROOT / "fixtures/upgrades/701a097.dump").read_text().splitlines()
    database = ("--db", f"{STATE}/old.db")

    def same(when):
        lines = bare.run("footfall", "dump", *database, user="footfall").splitlines()
        # Later versions append columns and other days.
        found = sum(any(line == old or line.startswith(old + "\t") for line in lines) for old in told)
        check(found == len(told), f"{len(told) - found} of {len(told)} lines of an old database differ {when}")

    same("before an import")
    report = bare.run("footfall", "report", *database, "--since", "2026-11-09", "--until", "2026-11-09", "--site",
                      "example.com", user="footfall")
    check("Chrome Mobile" in report, f"no report of an old database: {report}")
    line = '192.0.2.7 - - [20/Nov/2026:12:00:00 +0000] "GET /new HTTP/1.1" 200 512 "-" "Mozilla/5.0 (X11; Linux x86_64; ' \
        'rv:145.0) Gecko/20100101 Firefox/145.0"\n'
    bare.write("/tmp/new.log", line)
    bare.run("footfall", "import", "/tmp/new.log", "--site", "example.com", *database, "--quiet", user="footfall")
    same("after an import")
    check("\t/new\t" in bare.run("footfall", "dump", *database, user="footfall"), "the new line was not counted")


def full_disk(world, bare):
    target = capped(bare, STATE, "400k")
    said = nightly(bare, code=74)
    check("space" in said or "full" in said, f"the message does not name the reason: {said}")
    subprocess.run(["mount", "-o", "remount,size=200M", target], check=True)
    nightly(bare)
    check(statistics(bare) == world.expected, "after a full disk, the statistics are others")
    unmount(target)


def read_only(bare):
    kept = statistics(bare)
    line = b'192.0.2.8 - - [21/Nov/2026:12:00:00 +0000] "GET /more HTTP/1.1" 200 512 "-" "Mozilla/5.0 Firefox/145.0"\n'
    log = bare.path("/var/log/nginx/access.log")
    data = log.read_bytes()
    log.write_bytes(data + line)
    target = bare.path(STATE)
    subprocess.run(["mount", "--bind", target, target], check=True)
    subprocess.run(["mount", "-o", "remount,bind,ro", target], check=True)
    said = nightly(bare, code=None)
    check(re.search(r"footfall: .*(read-only|[Rr]ead-only|permission|cannot)", said), f"no clear message: {said}")
    check(DATABASE in said or STATE in said, f"the message does not name the file: {said}")
    unmount(target)
    log.write_bytes(data)
    check(statistics(bare) == kept, "an import without a place to write changed the statistics")


def units(bare):
    """Units are valid, and exposed to 2.0 at most."""
    paths = [f"/lib/systemd/system/{unit}" for unit in UNITS]
    said = bare.run("systemd-analyze", "verify", "--man=no", *paths)
    check("footfall" not in said, f"systemd-analyze verify: {said}")
    for path in paths:
        if path.endswith(".service"):
            said = bare.run("systemd-analyze", "security", "--offline=true", "--threshold=20", "--no-pager", path)
            step(f"{bare.suite}: {said.strip().splitlines()[-1].removeprefix('→ ').encode('ascii', 'ignore').decode().strip()}")


def completions(bare):
    said = bare.run("bash", "-c", "source /usr/share/bash-completion/completions/footfall && complete -p footfall")
    check("footfall" in said, f"no completion for bash: {said}")


# Other ways

def tarball(world, suite):
    """The tarball runs in a bare system, without anything installed."""
    bare = Bare(suite, "tarball", world.cache)
    folder = unpack(world, bare.path("/opt"))
    binary = f"/opt/{folder.name}/bin/footfall"
    for name, data in world.logs.items():
        bare.path("/srv").mkdir(exist_ok=True)
        (bare.path("/srv") / name).write_bytes(data)
    bare.run(binary, "import", "/srv", "--site", "example.com", "--timezone", "Europe/Berlin", "--db", "/tmp/a.db", "--quiet")
    check(bare.run(binary, "dump", "--db", "/tmp/a.db") == world.expected, "the tarball counts something else")
    check("footfall" in bare.run(binary, "--version").split("\n")[0], "no version")
    step(f"{suite}: the tarball, unpacked in /opt, counts the same")


def container(world, suite):
    """The steps of the Containerfile, in a bare system, since there is no container engine here."""
    bare = Bare(suite, "container", world.cache)
    text = re.sub(r"^#.*\n", "", (PACKAGING / "Containerfile").read_text(), flags=re.M).replace("\\\n", "")
    user, folder, entry = None, "/", None
    for word, rest in re.findall(r"^([A-Z]+) (.*)$", text, re.M):
        if word == "COPY":
            pattern, target = rest.split()
            for file in world.packages.glob(pattern):
                shutil.copy(file, bare.path(target))
        elif word == "RUN":
            bare.run("sh", "-c", rest)
        elif word == "USER":
            user = rest
        elif word == "WORKDIR":
            folder = rest
        elif word == "ENTRYPOINT":
            entry = json.loads(rest)
        else:
            check(word in ("FROM", "VOLUME", "CMD"), f"an instruction that is not known here: {word}")
    check(user == "footfall" and folder == STATE, f"runs as {user} in {folder}")
    check(not bare.path("/usr/bin/systemctl").exists(), "the image has all of systemd")
    put_logs(bare, world.logs)
    bare.run(*entry, "import", "/var/log/nginx", "--site", "example.com", "--timezone", "Europe/Berlin", "--quiet", user=user,
             folder=folder)
    check(bare.run(*entry, "dump", user=user, folder=folder) == world.expected, "the image counts something else")
    step(f"{suite}: the steps of the Containerfile, and an import as its user")


def perform(world, part, arguments):
    said = part(world, *arguments)
    if not arguments:
        step(f"{part.__name__.replace('_', ' ')}{': ' + said if said else ''}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("footfall", "data", "packages"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--only", help="only the part of this name, such as life or tarball")
    asked = parser.parse_args()
    try:
        bare_system.in_own_namespace()
        with tempfile.TemporaryDirectory(prefix="footfall-packages-") as folder:
            world = World(asked, pathlib.Path(folder))
            checks = [(one, ()) for one in (
                versions_are_sorted, licences_are_complete, needs_no_newer_system, every_key_can_be_set,
                system_calls_are_allowed, lintian, the_same_bytes_again)]
            lives = [(one, (suite,)) for one in (life, tarball) for suite in SUITES] + [(container, (SUITES[0],))]
            with concurrent.futures.ThreadPoolExecutor(2) as pool:
                begun = [pool.submit(perform, world, *part) for part in checks if asked.only in (None, part[0].__name__)]
                older_package(world)
                bare_system.bootstrap(SUITES, world.cache)
                step("bare systems of " + " and ".join(SUITES))
                begun += [pool.submit(perform, world, *part) for part in lives if asked.only in (None, part[0].__name__)]
                for one in concurrent.futures.as_completed(begun):
                    one.result()
    except Skipped as skipped:
        print(f"packages: skipped: {skipped}")
        return 0
    except Wrong as wrong:
        print(f"packages: {wrong}")
        return 1
    sizes = ", ".join(f"{path.name} {path.stat().st_size / 1e6:.1f} MB" for path in (world.deb, world.tarball))
    print(f"packages: ok; {sizes}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
