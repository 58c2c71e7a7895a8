"""Lays out what packages hold: stage.py FOOTFALL RULES FOLDER

FOLDER becomes a tree as on an installed system: usr/bin, usr/share and etc. The same binary and commit always give the
same bytes.
"""

import pathlib
import re
import shutil
import subprocess
import sys

import config_file
import release

# Where completions of a shell are looked for on Debian and Fedora.
COMPLETIONS = {
    "bash": "bash-completion/completions/footfall",
    "zsh": "zsh/vendor-completions/_footfall",
    "fish": "fish/vendor_completions.d/footfall.fish",
}


def main():
    footfall, rules, folder = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    shutil.rmtree(folder, ignore_errors=True)
    share = folder / "usr/share"
    put(pathlib.Path(footfall), folder / "usr/bin/footfall", 0o755)
    # As dh_strip does it.
    subprocess.run(["strip", "--remove-section=.comment", "--remove-section=.note", folder / "usr/bin/footfall"], check=True)
    if not (rules / "REVISIONS").exists():
        release.fail(f"no rules in {rules}; run make setup")
    for file in sorted(rules.iterdir()):
        put(file, share / "footfall" / file.name)
    subprocess.run([sys.executable, "-B", pathlib.Path(__file__).with_name("manpages.py"), footfall, share / "man/pages"],
                   check=True)
    for page in sorted((share / "man/pages").iterdir()):
        put(page, share / f"man/man{page.suffix[1:]}" / page.name)
    shutil.rmtree(share / "man/pages")
    for shell, place in COMPLETIONS.items():
        script = subprocess.run([footfall, "--generate-completion-script", shell], check=True, capture_output=True).stdout
        # Shells read these files and never run them.
        write(share / place, re.sub(rb"^#!.*\n\n?", b"", script))
    documents(share / "doc/footfall")
    write(folder / "etc/footfall/footfall.toml", config_file.text(footfall).encode())


def documents(folder):
    docs = release.ROOT / "docs"
    for file in sorted([*docs.glob("*.md"), *docs.glob("*.json")]):
        put(file, folder / file.name)
    for file in sorted(path for path in (docs / "examples").rglob("*") if path.is_file()):
        put(file, folder / "examples" / file.relative_to(docs / "examples"), file.stat().st_mode & 0o755 | 0o644)
    write(folder / "NOTICE", notices().encode())


def notices():
    """The notices that the linked packages ask to pass on. Their sources are where the binary was built."""
    for folder in (".build/checkouts", ".build/tuned/build/checkouts"):
        found = sorted((release.ROOT / folder).glob("*/NOTICE.txt"))
        if found:
            return "\n".join(f"{'=' * 79}\n{file.parent.name}\n{'=' * 79}\n\n{file.read_text()}" for file in found)
    return release.fail("the sources of the linked packages are not in .build; run make build")


def put(file, target, mode=0o644):
    write(target, file.read_bytes(), mode)


def write(target, data, mode=0o644):
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    target.chmod(mode)


main()
