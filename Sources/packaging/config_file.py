"""Writes /etc/footfall/footfall.toml: config_file.py FOOTFALL

Every key that the binary knows is in it, as a comment with an example, so it changes nothing until somebody edits it. Only
`db` is set. The keys and what they mean come from the binary, the table of sites from docs/config.md; only examples are
kept here, and a key without one stops the build.
"""

import re
import sys
import textwrap

import config_keys
import release

DATABASE = "/var/lib/footfall/footfall.db"
# Values that `config check` accepts and that somebody might set. A key that is true or false needs none.
EXAMPLES = {
    "apache-conf": '"/etc/apache2/apache2.conf"', "assets": '"+csv,-pdf"', "behaviour": '"off"',
    "bot-addresses": '["/etc/footfall/robots.txt"]', "bot-rules": '"/etc/footfall/bots.txt"', "compare": '"previous"',
    "connections": "8", "coverage-html": '"/var/lib/footfall/coverage.html"', "data": '"/usr/share/footfall"',
    "event": '["POST /signup 303 -> Signup {plan: $query.plan}"]',
    "exclude": '["path:/admin/*", "agent:/monitor|uptime/", "address:203.0.113.0/24"]', "filter": '["country=DE"]',
    "format": '"combined"', "geo": '["/var/lib/GeoIP/GeoLite2-City.mmdb", "/var/lib/GeoIP/GeoLite2-ASN.mmdb"]',
    "host": '"127.0.0.1"', "html": '"/var/lib/footfall/report.html"', "include": '["path:/blog/*"]', "interval": '"week"',
    "keep": '"25months"', "keep-query": '["viewtopic.php: t, p", "/: page"]', "limit": "20",
    "log-timezone": '"Europe/Berlin"', "logs": '["/var/log/nginx/access.log*"]', "max-reject-rate": "50",
    "missing-agent": '"robot"', "nginx-conf": '"/etc/nginx/nginx.conf"', "overlap": '"refuse"',
    "pageview": '["path:*.pdf status:2*"]', "path": '["/user/* -> /user/:name"]', "path-case": '"keep"',
    "path-index": '"merge"', "path-slash": '"merge"', "port": "8080", "redact": '"default"',
    "referrer-spam": '"/etc/footfall/spammers.txt"', "rejects": '"/var/lib/footfall/rejects.txt"',
    "period": '"30d"', "robot-addresses": '["Googlebot=/etc/footfall/googlebot.json"]', "seal-after": '"48h"',
    "since": '"2026-11-01"',
    "site": '"example.com"', "suspect-networks": '["/etc/footfall/hosting.txt"]', "timezone": '"Europe/Berlin"',
    "to": '"https://stats.example"', "token-file": '"/etc/footfall/token"', "tries": "10",
    "trusted-proxy": '["203.0.113.0/24"]', "until": '"2026-11-30"', "wait": "30", "workers": "2",
}
SITE_EXAMPLES = {
    "host": '"example.com"', "aliases": '["example.org"]', "files": '["shop.*.log"]', "paths": '["example.com/shop/"]',
    "api": "true", "monthly-cap": "100000", "goals": '["Signup", "page:/thanks"]',
    "funnels": '["Sign-up: page:/pricing > page:/signup* > Signup"]',
}
HEAD = """\
# The configuration of Footfall: footfall.toml(5), footfall config check --config /etc/footfall/footfall.toml
#
# The nightly import runs once `logs` is set in [import] below. A key applies to all commands that have the flag of this
# name, and in a table such as [import] to this command only. Commands that you run read this file if you give them
# --config /etc/footfall/footfall.toml.
"""


def text(footfall):
    keys = config_keys.read(footfall)
    parts = [HEAD]
    for key in keys:
        if len(key.tables) != 1 and key.name not in config_keys.OPERANDS:
            parts.append(entry(key, "db" != key.name))
    tables = {}
    for key in keys:
        if len(key.tables) == 1 or key.name in config_keys.OPERANDS:
            tables.setdefault(key.tables[0], []).append(key)
    for table, own in tables.items():
        parts.append(f"[{table}]\n")
        # What a command works on comes first.
        parts += [entry(key) for key in sorted(own, key=lambda key: key.name not in config_keys.OPERANDS)]
    parts.append(site())
    return "\n".join(parts)


def comment(text):
    return "".join(f"# {line}\n" for line in textwrap.wrap(text, 98, break_long_words=False, break_on_hyphens=False))


def entry(key, is_comment=True):
    value = f'"{DATABASE}"' if key.name == "db" else EXAMPLES.get(key.name)
    value = value or ("true" if key.kind == "true or false" else release.fail(f"no example for the key {key.name}"))
    return f"{comment(key.meaning)}{'#' * is_comment}{key.name} = {value}\n"


def site():
    """The example of a site, from the table in docs/config.md."""
    section = re.search(r"^## Sites\n(.*?)^## ", (release.ROOT / "docs/config.md").read_text(), re.M | re.S)[1]
    lines = [comment("A site: its names, its time zone, and what applies to it only. Repeat the table for each site."),
             "#[[sites]]\n"]
    for names, meaning in re.findall(r"^\| (`.*?) \| (.*) \|$", section, re.M):
        meaning = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", meaning).replace("`", "")
        lines.append(comment(meaning[0].upper() + meaning[1:] + "."))
        for name in re.findall(r"`([a-z-]+)`", names):
            value = SITE_EXAMPLES.get(name) or EXAMPLES.get(name) or release.fail(f"no example for {name} of a site")
            lines.append(f"#{name} = {value}\n")
    return "".join(lines)


if __name__ == "__main__":
    sys.stdout.write(text(sys.argv[1]))
