"""Writes the manual pages: manpages.py FOOTFALL FOLDER

footfall(1), a page for each command, and footfall.toml(5). What they say comes from the help of the binary and from
docs/config.md, so it cannot differ from them.
"""

import pathlib
import sys

import config_keys
import release
import roff

sys.path.insert(0, str(release.ROOT / "docs/site"))
import command_help  # noqa: E402


def main():
    footfall, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    root = command_help.read(footfall)
    commands = command_help.subcommands(root)
    pages = {"footfall.1": overview(footfall, root, commands), "footfall.toml.5": configuration(footfall)}
    for command in commands:
        pages[f"footfall-{command['commandName']}.1"] = command_page(footfall, command)
    for name, lines in pages.items():
        (folder / name).write_text("\n".join(lines) + "\n")


def title(footfall, name, number):
    date = release.commit_date("%Y-%m-%d")
    return [f'.TH {roff.escape(name.upper())} {number} {roff.escape(date)} "footfall {release.version(footfall)}"',
            ".nh", ".ad l"]


def name_section(name, abstract):
    abstract = abstract.rstrip(".")
    return [*roff.section("name"), rf"{roff.escape(name)} \- {roff.plain(abstract[0].lower() + abstract[1:])}"]


def synopsis(footfall, path):
    return roff.section("synopsis") + usage(footfall, path)


def usage(footfall, path):
    return [roff.bold(roff.escape(" ".join(command_help.usage(footfall, path).split())))]


def description(command):
    lines = []
    for kind, text in command_help.discussion(command):
        lines += roff.code(text) if kind == "code" else [".PP", *(roff.plain(line) for line in text)]
    return lines


def arguments(command, heading):
    lines = []
    for title, found in command_help.groups(command):
        lines += heading("Options" if title == "Flags" else title)
        for argument in found:
            label = ", ".join(roff.bold(roff.escape(flag)) for flag in command_help.flags(argument))
            lines += roff.entry(label, [roff.plain(config_keys.meaning(argument))])
    return lines


def command_page(footfall, command):
    word = command["commandName"]
    name = f"footfall-{word}"
    lines = title(footfall, name, 1) + name_section(name, command["abstract"]) + synopsis(footfall, [word])
    if command.get("discussion"):
        lines += roff.section("description") + description(command)
    lines += arguments(command, roff.section)
    inner = command_help.subcommands(command)
    if inner:
        lines += roff.section("commands")
    for one in inner:
        path = [word, one["commandName"]]
        lines += [*roff.subsection(f"footfall {' '.join(path)}"), roff.plain(one["abstract"]), ".PP", *usage(footfall, path),
                  *description(one), *arguments(one, lambda _: [])]
    return lines + roff.section("see also") + [r"\fBfootfall\fR(1), \fBfootfall.toml\fR(5)"]


def overview(footfall, root, commands):
    lines = title(footfall, "footfall", 1) + name_section("footfall", root["abstract"]) + synopsis(footfall, [])
    lines += roff.section("description") + description(root) + arguments(root, roff.section) + roff.section("commands")
    for command in commands:
        label = rf"\fBfootfall\-{roff.escape(command['commandName'])}\fR(1)"
        lines += roff.entry(label, [roff.plain(command["abstract"])])
    lines += roff.section("files")
    for file, meaning in (
            ("/etc/footfall/footfall.toml", "The configuration of the nightly import and of the services."),
            ("/var/lib/footfall", "The database of the services, and beside it the vault with the secrets of open days, "
             "which belongs in no backup."),
            ("/usr/share/footfall", "The rules for browsers and robots.")):
        lines += roff.entry(roff.bold(roff.escape(file)), [roff.plain(meaning)])
    pages = [rf"\fBfootfall\-{roff.escape(command['commandName'])}\fR(1)" for command in commands]
    return lines + roff.section("see also") + [", ".join([*pages, r"\fBfootfall.toml\fR(5)"])]


def configuration(footfall):
    lines = title(footfall, "footfall.toml", 5) + name_section("footfall.toml", "The configuration of footfall")
    text = (release.ROOT / "docs/config.md").read_text().split("\n", 1)[1]
    lines += roff.section("description") + roff.markdown(text) + roff.section("all keys")
    for key in config_keys.read(footfall):
        commands = f"Commands: {', '.join(key.tables)}." if key.tables else "Command: sites add."
        lines += roff.entry(roff.bold(roff.escape(key.name)) + f" ({key.kind})", [roff.plain(key.meaning), ".br",
                                                                                  roff.plain(commands)])
    return lines + roff.section("see also") + [r"\fBfootfall\fR(1), \fBfootfall\-config\fR(1)"]


main()
