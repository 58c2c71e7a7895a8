#!/usr/bin/env python3
"""Writes the rules for user agents to a data folder: bring-rules.py FOLDER

The newest rules come from PyPI (ua-parser-builtins, crawler-user-agents). If PyPI cannot be reached, the rules for
browsers come from Debian's package uap-core, and robots are identified by Footfall's own rules alone. When versions of
browsers were released comes from Debian's package of MDN's browser-compat-data; without that, from a package on PyPI
that has the same data for fewer browsers. The outlines of countries are those of Natural Earth, 1:110 million, public
domain, as geopandas 0.14.4 on PyPI has them. Writes browsers.rules, crawlers.rules, releases.tsv, countries.outlines and
REVISIONS; UserAgentRules.swift, BrowserReleases.swift and CountryOutlines.swift document the formats. Downloaded code is
never run.
"""
import ast
import datetime
import json
import math
import os
import struct
import subprocess
import sys
import tempfile
import zipfile

DEBIAN_RULES = "/usr/share/uap-core/regexes.yaml"
DEBIAN_RELEASES = "/usr/share/nodejs/@mdn/browser-compat-data/browsers"
FIELDS = {
    "browser": ("family_replacement", "v1_replacement", "v2_replacement", "v3_replacement", "v4_replacement"),
    "system": ("os_replacement", "os_v1_replacement", "os_v2_replacement", "os_v3_replacement", "os_v4_replacement"),
    "device": ("device_replacement", "brand_replacement", "model_replacement"),
}
# The names in browser-compat-data of the browsers that BrowserReleases.swift knows.
RELEASED = ("chrome", "chrome_android", "edge", "firefox", "firefox_android", "ie", "opera", "opera_android", "safari",
            "safari_ios", "samsunginternet_android", "webview_android")
# What it means if a file is empty.
WITHOUT = {
    "crawlers.rules": "PyPI cannot be reached; robots are identified by Footfall's own rules alone",
    "releases.tsv": "PyPI cannot be reached, and Debian's package node-mdn-browser-compat-data is not installed; no "
                    "browser counts as an old one",
    "countries.outlines": "PyPI cannot be reached; pages have no map of the world",
}
# The last version of geopandas with data, and the folder of the data.
OUTLINES = ("geopandas==0.14.4", "geopandas/datasets/naturalearth_lowres/naturalearth_lowres.")
MAP_WIDTH, MAP_HEIGHT = 1000, 428
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


def debian_version(package):
    """Returns the version of an installed Debian package."""
    query = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True)
    return query.stdout.strip() or "unknown"


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
    return rules_from_yaml(DEBIAN_RULES), f"uap-core\t{debian_version('uap-core')}\tDebian's package uap-core"


def crawlers():
    """Returns the lines and the revision of crawlers.rules."""
    found = download("crawler-user-agents")
    if not found:
        return [], "crawler-user-agents\tnone\tnot installed"
    wheel, version = found
    entries = json.loads(wheel.read("crawleruseragents/crawler-user-agents.json"))
    lines = [entry["pattern"] + "\t" + ",".join(entry.get("tags", [])) for entry in entries]
    if any(line.count("\t") != 1 or "\n" in line for line in lines):
        raise SystemExit("bring-rules: a pattern contains a tab or a line end, which the format does not allow")
    return lines, f"crawler-user-agents\t{version}\tcrawler-user-agents {version} from PyPI"


def release_lines(found):
    """Returns one line for each browser, major version and the day of its first release, of (browser, version, day)."""
    first = {}
    for browser, version, day in found:
        major = int(version.split(".")[0])
        day = str(datetime.date.fromisoformat(day))
        first[browser, major] = min(first.get((browser, major), day), day)
    return [f"{browser}\t{major}\t{day}" for (browser, major), day in sorted(first.items())]


def releases():
    """Returns the lines and the revision of releases.tsv."""
    if os.path.isdir(DEBIAN_RELEASES):
        found = []
        for browser in RELEASED:
            with open(os.path.join(DEBIAN_RELEASES, browser + ".json"), encoding="utf-8") as file:
                versions = json.load(file)["browsers"][browser]["releases"]
            # The dates of others are plans.
            found += [(browser, version, entry["release_date"]) for version, entry in versions.items()
                      if entry["status"] in ("retired", "current", "esr") and entry.get("release_date")]
        package = "node-mdn-browser-compat-data"
        return release_lines(found), f"browser-releases\t{debian_version(package)}\tDebian's package {package}"
    wheel = download("baseline-checker")
    if not wheel:
        return [], "browser-releases\tnone\tnot installed"
    wheel, version = wheel
    browsers = json.loads(wheel.read("baseline_checker/config/baseline_data.json"))["browsers"]
    found = [(browser, release["version"], release["date"]) for browser in RELEASED if browser in browsers
             for release in browsers[browser]["releases"]]
    return release_lines(found), f"browser-releases\t{version}\tbaseline-checker {version} from PyPI"


def dbase(data):
    """Returns the rows of a dBASE file, each with its texts by the names of the columns."""
    count, start, length = struct.unpack("<IHH", data[4:12])
    columns = []
    at = 32
    while data[at] != 0x0D:
        columns.append((data[at:at + 11].split(b"\0")[0].decode(), data[at + 16]))
        at += 32
    rows = []
    for row in range(count):
        at = start + row * length + 1
        texts = {}
        for name, size in columns:
            texts[name] = data[at:at + size].decode("latin-1").strip()
            at += size
        rows.append(texts)
    return rows


def rings(data):
    """Returns the rings of each polygon of an ESRI shapefile, as lists of longitudes and latitudes."""
    shapes = []
    at = 100
    while at < len(data):
        size = 2 * struct.unpack(">I", data[at + 4:at + 8])[0]
        shape = data[at + 8:at + 8 + size]
        parts, points = struct.unpack("<II", shape[36:44])
        starts = [*struct.unpack(f"<{parts}I", shape[44:44 + 4 * parts]), points]
        numbers = struct.unpack(f"<{2 * points}d", shape[44 + 4 * parts:44 + 4 * parts + 16 * points])
        pairs = list(zip(numbers[::2], numbers[1::2]))
        shapes.append([pairs[start:end] for start, end in zip(starts, starts[1:])])
        at += 8 + size
    return shapes


def projected(longitude, latitude):
    """Returns the place on the map, by Equal Earth: Savric, Patterson, Jenny, "The Equal Earth map projection", 2018."""
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    angle = math.asin(math.sqrt(3) / 2 * math.sin(math.radians(latitude)))
    x = 2 * math.sqrt(3) * math.radians(longitude) * math.cos(angle) / (
        3 * (9 * a4 * angle**8 + 7 * a3 * angle**6 + 3 * a2 * angle**2 + a1))
    y = a4 * angle**9 + a3 * angle**7 + a2 * angle**3 + a1 * angle
    scale = MAP_WIDTH * 3 * a1 / (4 * math.sqrt(3) * math.pi)
    # The map ends in the north of Greenland.
    return round(MAP_WIDTH / 2 + x * scale), round((1.306 - y) * scale)


def path(ring):
    """Returns a ring as the path of an SVG with relative, whole numbers."""
    places = [projected(*point) for point in ring]
    places = [place for place, before in zip(places, [None] + places) if place != before]
    if len(places) > 1 and places[0] == places[-1]:
        places.pop()
    if len(places) < 3:
        # A small island is still a spot.
        x, y = places[0]
        places = [(x, y), (x + 1, y), (x + 1, y + 1)]
    steps = "".join(
        f"{'' if x < 0 or first else ' '}{x}{'' if y < 0 else ' '}{y}"
        for first, x, y in ((index == 0, end[0] - start[0], end[1] - start[1])
                            for index, (start, end) in enumerate(zip(places, places[1:]))))
    return f"M{places[0][0]} {places[0][1]}l{steps}z"


def outlines():
    """Returns the lines and the revision of countries.outlines."""
    wheel, codes = download(OUTLINES[0]), download("iso3166")
    if not wheel or not codes:
        return [], "country-outlines\tnone\tnot installed"
    wheel, version = wheel
    tree = ast.parse(codes[0].read("iso3166/__init__.py").decode())
    calls = [node for node in ast.walk(tree)
             if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Country" and len(node.args) == 5]
    short = {call.args[2].value: call.args[1].value for call in calls}
    # Kosovo has no code of ISO 3166-1; geo files use XK.
    found = [(short.get(row["iso_a3"]) or {"Kosovo": "XK"}.get(row["name"]), shape)
             for row, shape in zip(dbase(wheel.read(OUTLINES[1] + "dbf")), rings(wheel.read(OUTLINES[1] + "shp")))]
    lines = [f"{code}\t{''.join(map(path, shape))}" for code, shape in found if code and code != "AQ"]
    return [f"{MAP_WIDTH}\t{MAP_HEIGHT}"] + sorted(lines), f"country-outlines\t{version}\tgeopandas {version} from PyPI"


def write(folder, name, lines):
    """Writes a file completely or not at all."""
    path = os.path.join(folder, name)
    with open(path + ".tmp", "w", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in lines))
    os.replace(path + ".tmp", path)


def revisions(folder):
    """Returns the lines of REVISIONS in a folder, by the name of the rules; none if there is no such file."""
    path = os.path.join(folder, "REVISIONS")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        return {line.split("\t")[0]: line.rstrip("\n") for line in file}


def main():
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    before = revisions(folder)
    found = {"browsers.rules": browsers(), "crawlers.rules": crawlers(), "releases.tsv": releases(),
             "countries.outlines": outlines()}
    lasting = []
    for name, (lines, revision) in found.items():
        old = before.get(revision.split("\t")[0], "")
        # Without a connection, what came from PyPI before is better than the fallback. Debian's releases are none.
        falls_back = not revision.endswith("from PyPI") and (name.endswith(".rules") or not lines)
        if falls_back and old.endswith("from PyPI"):
            print(f"bring-rules: PyPI cannot be reached; {name} stays as it is", file=sys.stderr)
            lasting.append(old)
            continue
        if not lines:
            print(f"bring-rules: {WITHOUT[name]}", file=sys.stderr)
        write(folder, name, lines)
        lasting.append(revision)
    write(folder, "REVISIONS", lasting)


if __name__ == "__main__":
    main()
