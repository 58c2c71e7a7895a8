"""Builds footfall-VERSION-linux-MACHINE.tar.xz: tarball.py FOOTFALL RULES FOLDER

It runs wherever glibc is at least as new as that of the machine that built the binary, and carries the libraries that a
plain system lacks. Paths in it are relative to its own folder, so it can be unpacked anywhere. The same binary and commit
give the same bytes. PACKAGE_COMPRESSION=none leaves it a plain tar.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import release

# Libraries that Debian 12 and 13, Ubuntu 24.04 and Fedora have on every system, under these names, because dpkg or rpm, apt
# or dnf need them. They are used as they are there: libcurl, which `footfall send` loads, needs the system's own.
EVERYWHERE = {"libc.so.6", "libm.so.6", "libgcc_s.so.1", "libstdc++.so.6", "libz.so.1", "libzstd.so.1", "liblzma.so.5"}
# Where units and the like are, for those who copy them.
EXTRAS = {
    "footfall.service": "lib/systemd/system", "footfall-follow.service": "lib/systemd/system",
    "footfall-import.service": "lib/systemd/system", "footfall-import.timer": "lib/systemd/system",
    "footfall.sysusers": "lib/sysusers.d/footfall.conf", "footfall.tmpfiles": "lib/tmpfiles.d/footfall.conf",
}


def main():
    footfall, rules, folder = map(os.path.abspath, sys.argv[1:])
    here = pathlib.Path(__file__).parent
    version = release.version(footfall)
    name = f"footfall-{version}-linux-{release.machine()}"
    with tempfile.TemporaryDirectory(prefix="tarball.", dir=folder) as work:
        stage, root = pathlib.Path(work) / "stage", pathlib.Path(work) / name
        subprocess.run([sys.executable, "-B", here / "stage.py", footfall, rules, stage], check=True)
        shutil.move(stage / "usr", root)
        shutil.move(stage / "etc", root / "etc")
        for file, place in EXTRAS.items():
            target = root / place if place.endswith(".conf") else root / place / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(here / "debian" / file, target)
        shutil.copyfile(here / "debian/copyright", root / "share/doc/footfall/copyright")
        shutil.copyfile(release.ROOT / "LICENSE", root / "LICENSE")
        carry(root)
        print(pack(root, pathlib.Path(folder)))


def carry(root):
    """Copies libraries beside the binary, and lets it look for them there."""
    binary = root / "bin/footfall"
    target = root / "lib/footfall"
    target.mkdir(parents=True)
    for library in needed(binary):
        path = found(library)
        shutil.copyfile(path, target / library)
        (target / library).chmod(0o644)
        lacking = set(needed(path)) - EVERYWHERE
        if lacking:
            release.fail(f"{library} needs {', '.join(sorted(lacking))}, which would have to be carried, too")
        shutil.copyfile(licence(path), root / f"share/doc/footfall/copyright.{library}")
    subprocess.run(["patchelf", "--set-rpath", "$ORIGIN/../lib/footfall", binary], check=True)


def needed(binary):
    """Returns the names of the libraries that a binary loads and that not every system has."""
    dump = subprocess.run(["readelf", "--dynamic", "--wide", binary], check=True, capture_output=True, text=True).stdout
    return sorted(name for name in set(re.findall(r"\(NEEDED\).*\[(.*)\]", dump)) - EVERYWHERE if not name.startswith("ld-linux"))


def found(library):
    """Returns the path of a library of this system."""
    cache = subprocess.run(["/sbin/ldconfig", "-p"], check=True, capture_output=True, text=True).stdout
    paths = re.findall(rf"^\s*{re.escape(library)} \(libc6.*\) => (\S+)$", cache, re.M)
    return os.path.realpath(paths[0]) if paths else release.fail(f"no {library} on this system")


def licence(path):
    """Returns the file with the licence of the Debian package that a library is from."""
    # dpkg knows files of /lib and /usr/lib by the path in the package.
    for known in (path, path.removeprefix("/usr")):
        asked = subprocess.run(["dpkg-query", "--search", known], capture_output=True, text=True)
        if asked.returncode == 0:
            return f"/usr/share/doc/{asked.stdout.split(':')[0]}/copyright"
    return release.fail(f"no Debian package holds {path}")


def pack(root, folder):
    compression = os.environ.get("PACKAGE_COMPRESSION", "xz")
    tar = ["tar", "--create", "--sort=name", f"--mtime=@{release.commit_time()}", "--owner=0", "--group=0",
           "--numeric-owner", "--format=posix", "--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime",
           "--mode=u=rwX,go=rX", "-C", root.parent, root.name]
    if compression == "none":
        target = folder / f"{root.name}.tar"
        subprocess.run([*tar, "--file", target], check=True)
    else:
        target = folder / f"{root.name}.tar.xz"
        # Blocks of one size, so that the number of cores does not change the bytes.
        subprocess.run([*tar, "--file", target, "--use-compress-program", "xz -T2 --block-size=48MiB -6"], check=True)
    return target


main()
