#!/usr/bin/env python3
"""Writes the rules for user agents to a data folder: bring-rules.py [--refresh] FOLDER

The newest rules come from PyPI (ua-parser-builtins, crawler-user-agents). If PyPI cannot be reached, the rules for
browsers come from Debian's package uap-core, and robots are identified by Footfall's own rules alone. Writes
browsers.rules, crawlers.rules and REVISIONS; UserAgentRules.swift documents the format. Downloaded code is never run.
"""
import ast
import json
import os
import subprocess
import sys
import tempfile
import zipfile

DEBIAN_RULES = "/usr/share/uap-core/regexes.yaml"
FIELDS = {
    "browser": ("family_replacement", "v1_replacement", "v2_replacement", "v3_replacement", "v4_replacement"),
    "system": ("os_replacement", "os_v1_replacement", "os_v2_replacement", "os_v3_replacement", "os_v4_replacement"),
    "device": ("device_replacement", "brand_replacement", "model_replacement"),
}
YAML_LISTS = {"browser": "user_agent_parsers", "system": "os_parsers", "device": "device_parsers"}
WHEEL_LISTS = {"browser": "USER_AGENT_PARSERS", "system": "OS_PARSERS", "device": "DEVICE_PARSERS"}


def download(package):
    """Returns the wheel of a package and its version, or None if PyPI cannot be reached."""
    folder = tempfile.mkdtemp()
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
               "--only-binary", ":all:", "--retries", "1", "--timeout", "20", "--dest", folder, package]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wheels = [name for name in os.listdir(folder) if name.endswith(".whl")]
    if done.returncode != 0 or not wheels:
        return None
    return zipfile.ZipFile(os.path.join(folder, wheels[0])), wheels[0].split("-")[1]


def rule(kind, regex, ignores_case, replacements):
    """Returns one line of browsers.rules."""
    columns = [kind, "i" if ignores_case else "-", regex] + [text or "" for text in replacements]
    columns += [""] * (8 - len(columns))
    if any("\t" in text or "\n" in text for text in columns):
        raise SystemExit("bring-rules: a rule contains a tab or a line end, which the format does not allow")
    return "\t".join(columns)


def rules_from_wheel(wheel):
    """Returns the rules of ua-parser-builtins, parsed from its source without running it."""
    tree = ast.parse(wheel.read("ua_parser_builtins/regexes.py").decode())
    lists = {node.targets[0].id: node.value for node in tree.body if isinstance(node, ast.Assign)}
    lines = []
    for kind, name in WHEEL_LISTS.items():
        for call in lists[name].elts:
            values = [ast.literal_eval(argument) for argument in call.args]
            if kind == "device":
                # DeviceParser(pattern, flag, device, brand, model)
                flag = values[1] if len(values) > 1 else None
                lines.append(rule(kind, values[0], flag == "i", values[2:]))
            else:
                lines.append(rule(kind, values[0], False, values[1:]))
    return lines


def rules_from_yaml(path):
    """Returns the rules of uap-core's regexes.yaml."""
    import yaml
    with open(path, encoding="utf-8") as file:
        lists = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return [rule(kind, entry["regex"], entry.get("regex_flag") == "i", [entry.get(field) for field in FIELDS[kind]])
            for kind, name in YAML_LISTS.items() for entry in lists[name]]


def browsers():
    """Returns the lines and the revision of browsers.rules."""
    found = download("ua-parser-builtins")
    if found:
        wheel, version = found
        revision = wheel.read("REVISION").decode().strip()[:12]
        return rules_from_wheel(wheel), f"uap-core\t{revision}\tua-parser-builtins {version} from PyPI"
    if not os.path.exists(DEBIAN_RULES):
        raise SystemExit("bring-rules: no rules for browsers: PyPI cannot be reached and Debian's package uap-core is "
                         "not installed; run: apt-get install uap-core")
    query = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "uap-core"], capture_output=True, text=True)
    return rules_from_yaml(DEBIAN_RULES), f"uap-core\t{query.stdout.strip() or 'unknown'}\tDebian's package uap-core"


def crawlers():
    """Returns the lines and the revision of crawlers.rules."""
    found = download("crawler-user-agents")
    if not found:
        print("bring-rules: PyPI cannot be reached; robots are identified by Footfall's own rules alone",
              file=sys.stderr)
        return [], "crawler-user-agents\tnone\tnot installed"
    wheel, version = found
    entries = json.loads(wheel.read("crawleruseragents/crawler-user-agents.json"))
    lines = [entry["pattern"] + "\t" + ",".join(entry.get("tags", [])) for entry in entries]
    if any(line.count("\t") != 1 or "\n" in line for line in lines):
        raise SystemExit("bring-rules: a pattern contains a tab or a line end, which the format does not allow")
    return lines, f"crawler-user-agents\t{version}\tcrawler-user-agents {version} from PyPI"


def write(folder, name, lines):
    """Writes a file completely or not at all."""
    path = os.path.join(folder, name)
    with open(path + ".tmp", "w", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in lines))
    os.replace(path + ".tmp", path)


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--refresh"]
    if len(arguments) != 1:
        raise SystemExit(__doc__)
    folder = arguments[0]
    if os.path.exists(os.path.join(folder, "REVISIONS")) and "--refresh" not in sys.argv:
        return
    os.makedirs(folder, exist_ok=True)
    browser_lines, browser_revision = browsers()
    crawler_lines, crawler_revision = crawlers()
    write(folder, "browsers.rules", browser_lines)
    write(folder, "crawlers.rules", crawler_lines)
    write(folder, "REVISIONS", [browser_revision, crawler_revision])


if __name__ == "__main__":
    main()
