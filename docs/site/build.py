"""Builds the documentation as static HTML with search: python3 -B docs/site/build.py SPHINX FOOTFALL OUTPUT

SPHINX is the sphinx-build of a virtual environment with Sphinx, MyST-Parser and Furo, FOOTFALL the binary whose help becomes
the reference of commands, OUTPUT the folder to write. Ends with an error if a link leads nowhere.
"""

import pathlib
import re
import shutil
import subprocess
import sys

import command_help

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s#:]+)(#[^)\s]*)?\)")


def main():
    sphinx, footfall, output = sys.argv[1:]
    output = pathlib.Path(output)
    source = output.with_name(output.name + "-source")
    shutil.rmtree(source, ignore_errors=True)
    shutil.rmtree(output, ignore_errors=True)
    files = copy_documents(source)
    commands = write_reference(source, footfall)
    write_index(source, commands)
    command = [sphinx, "-q", "-W", "--keep-going", "-b", "html", "-c", str(DOCS / "site"), str(source), str(output)]
    code = subprocess.run(command).returncode
    if code == 0:
        print(f"{files} documents and {len(commands)} commands: {output}/index.html")
    sys.exit(code)


def copy_documents(source):
    """Copies the documents, and returns their number. The README of docs/ becomes the index."""
    count = 0
    for path in sorted(DOCS.rglob("*")):
        place = path.relative_to(DOCS)
        if path.is_dir() or place.parts[0] == "site":
            continue
        target = make_parent(source / place)
        if path.suffix == ".md":
            target.write_text(adapt_links(path.read_text(), path))
            count += 1
        else:
            shutil.copy(path, target)
    shutil.move(source / "README.md", source / "index.md")
    return count


def make_parent(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def adapt_links(text, path):
    """Links to files outside docs/ become plain text, those to the README the index; a link to no file is an error."""

    def adapt(match):
        image, label, target, anchor = match.groups()
        file = (path.parent / target).resolve()
        if not file.exists():
            sys.exit(f"{path.relative_to(ROOT)}: no {target}")
        if file == DOCS / "README.md":
            return f"{image}[{label}]({'../' * (len(path.relative_to(DOCS).parts) - 1)}index.md{anchor or ''})"
        if DOCS not in file.parents or file.is_dir():
            return label
        return match.group()

    return LINK.sub(adapt, text)


def write_reference(source, footfall):
    """Writes a page for each command from its help, and returns their names in the order of the help."""
    commands = command_help.subcommands(command_help.read(footfall))
    for command in commands:
        page = make_parent(source / "commands" / f"{command['commandName']}.md")
        page.write_text(command_page(command, footfall, [command["commandName"]], 1))
    return [command["commandName"] for command in commands]


def command_page(command, footfall, path, level):
    usage = command_help.usage(footfall, path)
    blocks = [f"{'#' * level} footfall {' '.join(path)}", escape(command["abstract"]), f"```text\n{usage}\n```"]
    for kind, lines in command_help.discussion(command):
        text = "\n".join(lines)
        blocks.append(f"```sh\n{text}\n```" if kind == "code" else escape(text))
    for title, arguments in command_help.groups(command):
        blocks.append(f"{'#' * (level + 1)} {title}")
        blocks += [argument(a) for a in arguments]
    for inner in command_help.subcommands(command):
        blocks.append(command_page(inner, footfall, path + [inner["commandName"]], level + 1))
    return "\n\n".join(blocks) + "\n"


def argument(a):
    text = escape(a.get("abstract", ""))
    if a.get("defaultValue"):
        text += f" Default: `{a['defaultValue']}`."
    return f"{', '.join(f'`{name}`' for name in command_help.flags(a))}\n: {text}"


def escape(text):
    """Markdown of a plain text, with its flags as code."""
    text = re.sub(r"([\\`*_<>\[\]{}$])", r"\\\1", text)
    return re.sub(r"(?<![\w-])(--[a-z][a-z-]*)", r"`\1`", text)


def write_index(source, commands):
    """Adds the tables of contents: the documents in the order in which the index lists them, and the commands."""
    index = source / "index.md"
    text = index.read_text()
    pages = list(dict.fromkeys(m.group(3) for m in LINK.finditer(text) if m.group(3).endswith(".md")))
    decisions = sorted(path.relative_to(source).as_posix() for path in (source / "decisions").glob("*.md"))
    others = sorted(path.relative_to(source).as_posix() for path in (source / "examples").rglob("*.md"))
    index.write_text(
        text
        + toctree("Documents", pages)
        + toctree("Commands", [f"commands/{name}.md" for name in commands])
        + toctree("Decisions", decisions + others)
    )


def toctree(caption, pages):
    return "\n```{toctree}\n:hidden:\n:caption: " + caption + "\n\n" + "\n".join(pages) + "\n```\n"


main()
