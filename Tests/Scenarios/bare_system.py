"""Bare Debian systems to install packages in: minimal roots in memory, made by mmdebstrap from the mirror of this machine.

All mounts are in a namespace of their own, which ends with the process (`in_own_namespace`), so nothing is left behind,
whatever happens, and no root is ever deleted file by file.
"""

import concurrent.futures
import os
import pathlib
import re
import shutil
import subprocess
import sys

from driver import check


class Skipped(Exception):
    """This machine cannot run the scenarios."""


def in_own_namespace():
    """Runs this program again with mounts and processes of its own, which end with it."""
    if os.environ.get("FOOTFALL_BARE_SYSTEMS"):
        return
    if os.geteuid() != 0:
        raise Skipped("bare systems need root")
    for tool in ("mmdebstrap", "unshare"):
        if not shutil.which(tool):
            raise Skipped(f"bare systems need {tool}")
    command = ["unshare", "--mount", "--propagation", "private", "--pid", "--fork", "--kill-child", "--mount-proc"]
    if subprocess.run([*command, "true"], capture_output=True).returncode != 0:
        raise Skipped("this machine allows no namespaces")
    os.environ["FOOTFALL_BARE_SYSTEMS"] = "1"
    os.execvp("unshare", [*command, sys.executable, "-B", *sys.argv])


def mount(kind, target, *options):
    target.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", kind, *(("-o", ",".join(options)) if options else ()), "footfall-test", target], check=True)


# Where packages come from

def sources(suite):
    """Returns the lines of a sources.list for a suite, with the mirrors by which this machine gets its own packages."""
    host = re.search(r'^VERSION_CODENAME="?(\w+)', pathlib.Path("/etc/os-release").read_text(), re.M)[1]
    lines = []
    for uri, name, components in entries():
        if name in (host, f"{host}-updates", f"{host}-security", f"{host}/updates"):
            lines.append(f"deb {uri} {name.replace(host, suite)} {' '.join(components)}")
    if not lines:
        raise Skipped("apt names no mirror of Debian on this machine")
    return lines


def entries():
    """Yields what apt reads of both kinds of lists: an address, a suite, components."""
    lists = pathlib.Path("/etc/apt/sources.list.d")
    for file in [pathlib.Path("/etc/apt/sources.list"), *sorted(lists.glob("*.list"))]:
        for line in file.read_text().splitlines() if file.exists() else []:
            if match := re.match(r"deb\s+(?:\[[^]]*\]\s+)?(\S+)\s+(\S+)\s+(.+)", line):
                yield match[1], match[2], match[3].split()
    for file in sorted(lists.glob("*.sources")):
        for stanza in re.split(r"\n\s*\n", file.read_text()):
            fields = {key.lower(): value.split() for key, value in re.findall(r"^([\w-]+):\s*(.*)$", stanza, re.M)}
            if "deb" in fields.get("types", []) and fields.get("enabled") != ["no"]:
                for uri in fields.get("uris", []):
                    for suite in fields.get("suites", []):
                        yield uri, suite, fields.get("components", ["main"])


def bootstrap(suites, cache):
    """Makes an archive of a minimal root of each suite, unless the cache holds it."""
    cache.mkdir(parents=True, exist_ok=True)

    def make(suite):
        target = cache / f"{suite}.tar"
        if not target.exists():
            memory = cache / "mounts" / f"{suite}-made"
            mount("tmpfs", memory, "size=2G")
            made = subprocess.run(
                ["mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", suite, memory / "root.tar", *sources(suite)],
                env=os.environ | {"TMPDIR": str(memory)}, capture_output=True, text=True)
            if made.returncode != 0:
                raise Skipped(f"no bare system of {suite} can be made: {made.stderr.strip().splitlines()[-1]}")
            # A copy that was cut short must not remain.
            shutil.move(memory / "root.tar", cache / f"{suite}.part")
            (cache / f"{suite}.part").rename(target)

    with concurrent.futures.ThreadPoolExecutor() as pool:
        list(pool.map(make, suites))


class Bare:
    """A minimal root of a suite, in memory."""

    def __init__(self, suite, name, cache, megabytes=1500):
        self.suite = suite
        self.root = cache / "mounts" / f"{suite}-{name}"
        mount("tmpfs", self.root, f"size={megabytes}M", "mode=755")
        subprocess.run(["tar", "--extract", "--numeric-owner", "-C", self.root, "-f", cache / f"{suite}.tar"], check=True)
        mount("proc", self.root / "proc")
        archives = cache / f"archives-{suite}-{name}"
        archives.mkdir(exist_ok=True)
        # Packages that were downloaded once need not be again.
        subprocess.run(["mount", "--bind", archives, self.root / "var/cache/apt/archives"], check=True)
        self.write("/etc/apt/apt.conf.d/90yes", 'APT::Get::Assume-Yes "true";\n')
        for file in ("resolv.conf", "hosts"):
            if pathlib.Path("/etc", file).exists():
                shutil.copyfile(f"/etc/{file}", self.root / "etc" / file)

    def path(self, name):
        return self.root / name.lstrip("/")

    def write(self, name, text, mode=0o644):
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(mode)

    def command(self, *words, user=None, folder="/"):
        """Returns the command line that runs a command in this root."""
        privileges = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups", "--bounding-set=-all",
                      "--inh-caps=-all", "--no-new-privs"] if user else []
        return ["chroot", self.root, "env", "-i", f"--chdir={folder}", "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive",
                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", *privileges, *words]

    def run(self, *words, code=0, user=None, folder="/"):
        """Runs a command and returns what it printed, both streams together. `code` None allows any code."""
        done = subprocess.run(self.command(*words, user=user, folder=folder), stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace")
        if code is not None:
            check(done.returncode == code,
                  f"{' '.join(map(str, words))[:200]} ended with {done.returncode} instead of {code}: {done.stdout[-1500:]}")
        return done.stdout

    def apt(self, *words, code=0):
        return self.run("apt-get", "--quiet=2", "--option=Dpkg::Use-Pty=0", *words, code=code)

    def files(self):
        """Returns all files that packages and their scripts may leave, without what dpkg and apt keep of their own."""
        own = re.compile(r"(proc|dev|tmp|var/lib/dpkg|var/lib/apt|var/cache|var/log|run)(/|$)")
        found = set()
        for folder, folders, files in os.walk(self.root):
            relative = os.path.relpath(folder, self.root)
            if own.match(relative):
                folders[:] = []
                continue
            found |= {os.path.normpath(os.path.join(relative, file)) for file in files}
        return found

    def state(self, package):
        """Returns what dpkg thinks of a package: `install ok installed`."""
        return self.run("dpkg-query", "--show", "--showformat=${Status}", package, code=None).strip()


def capped(bare, name, size):
    """Mounts an empty file system of this size, such as 2M, over a folder, with its owner and mode."""
    target = bare.path(name)
    status = target.stat()
    mount("tmpfs", target, f"size={size}", f"mode={status.st_mode & 0o777:o}", f"uid={status.st_uid}", f"gid={status.st_gid}")
    return target


def unmount(target):
    subprocess.run(["umount", target], check=True)
