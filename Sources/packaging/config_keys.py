"""The keys of the configuration file, as a binary knows them.

The binary is the only one that is asked, because nothing else can say what it takes: the names of flags come from its
help, and `footfall config check` says which of them are keys, of what kind, and in which tables.
"""

import dataclasses
import pathlib
import re
import subprocess
import sys
import tempfile

import release

sys.path.insert(0, str(release.ROOT / "docs/site"))
import command_help  # noqa: E402

# Keys that stand for what a command works on, and so have no flag: what they mean.
OPERANDS = {"logs": "Files, globs or folders to import if the command line names none."}
KINDS = {
    "a text in quotes": "text", "a whole number": "whole number", "a number": "number", "true or false": "true or false",
    'a list of texts, as in ["one", "two"]': "list of texts",
}
# A value that no key takes.
NO_VALUE = "1979-05-27"


@dataclasses.dataclass
class Key:
    name: str
    kind: str
    # The tables that may hold it, which are commands, in the order of the help.
    tables: list
    meaning: str


def check(footfall, text):
    """Returns the messages of `config check` for a configuration, each with the number of its line."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "footfall.toml"
        file.write_text(text)
        command = [footfall, "config", "check", "--config", str(file)]
        errors = subprocess.run(command, capture_output=True, text=True).stderr
    return [(int(number), reason) for number, reason in re.findall(r"footfall\.toml:(\d+):\d+: (.*)", errors)]


def read(footfall):
    """Returns all keys in the order in which the help first shows their flags."""
    commands = command_help.subcommands(command_help.read(footfall))
    meanings = {name: {} for name in OPERANDS}
    for command in commands:
        for one in [*command_help.subcommands(command), command]:
            for argument in one["arguments"]:
                for name in argument.get("names") or []:
                    if name["kind"] == "long":
                        meanings.setdefault(name["name"], {})[command["commandName"]] = meaning(argument)
    everywhere = kinds(footfall, "", meanings)
    tables = {command["commandName"]: kinds(footfall, f"[{command['commandName']}]\n", meanings) for command in commands}
    keys = []
    for name, by_command in meanings.items():
        found = [table for table, known in tables.items() if name in known]
        kind = everywhere.get(name) or (found and tables[found[0]][name])
        if kind:
            # Flags of one name say the same in other words; these commands are the best known.
            best = [one for one in ["import", "report", *found, "sites"] if one in by_command and (one in found or not found)]
            keys.append(Key(name, kind, found, OPERANDS.get(name) or by_command[best[0]]))
    return keys


def kinds(footfall, header, names):
    """Returns the kinds of those of the names that are keys below a header."""
    names = list(names)
    found = {}
    for line, reason in check(footfall, header + "".join(f"{name} = {NO_VALUE}\n" for name in names)):
        if (match := re.fullmatch(r"'([a-z-]+)' must be (.*)", reason)) and match[1] in names:
            found[match[1]] = KINDS.get(match[2]) or release.fail(f"'{match[1]}' is of an unknown kind: {match[2]}")
    return found


def meaning(argument):
    """Returns what the help says about a flag."""
    text = argument.get("abstract", "")
    default = argument.get("defaultValue")
    if default and argument["kind"] == "option" and "default:" not in text:
        text += f" (default: {default})"
    return text
