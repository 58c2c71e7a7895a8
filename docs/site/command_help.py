"""The commands of the binary as its own help describes them: for the reference of the documents and for manual pages."""

import json
import re
import subprocess


def read(footfall):
    """Returns the root command of a binary, as its help describes it."""
    dump = subprocess.run([footfall, "--experimental-dump-help"], capture_output=True, check=True, text=True).stdout
    return json.loads(dump)["command"]


def subcommands(command):
    """Returns the commands below a command in the order of the help, without `help` itself."""
    return [inner for inner in command.get("subcommands", []) if inner["commandName"] != "help"]


def usage(footfall, path):
    """Returns the lines that show how a command is called. `path` is the list of its words, without the program's."""
    text = subprocess.run([footfall, "help", *path], capture_output=True, check=True, text=True).stdout
    return re.search(r"^USAGE: ((?:.+\n)+)", text, re.MULTILINE).group(1).rstrip()


def discussion(command):
    """Returns the paragraphs of a command's description: "text" or "code", and the lines. Indented lines are code."""
    blocks = []
    for line in (command.get("discussion") or "").splitlines():
        kind = "code" if line.startswith("  ") else "text"
        if not line.strip():
            blocks.append((None, []))
        elif blocks and blocks[-1][0] == kind:
            blocks[-1][1].append(line)
        else:
            blocks.append((kind, [line]))
    return [(kind, [line[2:] for line in lines] if kind == "code" else lines) for kind, lines in blocks if kind]


def groups(command):
    """Yields the arguments of a command under their titles."""
    for kinds, title in ((("positional",), "Arguments"), (("option", "flag"), "Flags")):
        arguments = [a for a in command["arguments"] if a["kind"] in kinds and a["shouldDisplay"]]
        if arguments:
            yield title, arguments


def flags(argument):
    """Returns the names of an argument with their dashes, and with the name of the value; for an operand only that."""
    names = [("--" if n["kind"] == "long" else "-") + n["name"] for n in argument.get("names") or []]
    value = f" <{argument['valueName']}>" if argument["kind"] == "option" else ""
    return [name + value for name in names] or [f"<{argument['valueName']}>"]
