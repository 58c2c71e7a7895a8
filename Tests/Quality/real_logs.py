"""Real logs in a folder of corpora, and what their visitors do by habit."""
import bz2
import collections
import gzip
import lzma
import os
import re

# The logs that are shown one by one: what they are, and their files.
KNOWN = [
    ("a technical blog, 2015", r"apache_combined_elastic/.*"),
    ("a public wiki, 2004, no user agents", r"apache_common_databricks/.*"),
    ("NASA, July 1995, no user agents", r"nasa_http_sample/.*"),
    ("a server that is scanned all day, 2024", r"nginx_practice_2024/.*"),
    ("a shop, 2019, 3 minutes", r"lnav_tests/logfile_shop_access_log.*"),
    ("a developer's server, 2024", r"nginx_rotated_ajitmp/access.*"),
    ("other hosts of an Apache, 2020", r"vhost_combined_current/.*"),
    ("an API behind HAProxy, 2012, no user agents", r"haproxy_http_2012/.*"),
    ("an attack on a page, 2023", r"crowdsec_visible/http_dos.*"),
    ("a scan with w3af, 2016", r"hostile_w3af/.*"),
    ("generated requests, 2022", r"lnav_tests/playground.*"),
]
# Made from the others, or by us, or no access logs.
IGNORED = re.compile(
    r"derived_|real_servers|peers_files|issue_lines|mmdb_|vector_|big-access|decompression|_dupe|textfile|\.(md|mmdb|db)$")
REST = "other logs of a few lines"

LINE = re.compile(
    r'^(\S+) \S+ \S+ \[(\d+/\w+/\d+):[^]]*\] "GET (\S+)[^"]*" (\d+) \S+(?: "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)")?')
PART = re.compile(r"\.(css|js|png|jpe?g|gif|ico|svg|woff2?|ttf|eot|webp|xbm|mpg|wav)$", re.IGNORECASE)
NO_PAGE = re.compile(r"\.(pdf|txt|xml|rss|atom|zip|t?gz|bz2|exe|ps|doc)$", re.IGNORECASE)
ROBOT = re.compile(
    r"bot|crawl|spider|slurp|feed|rss|https?:|java|python|wget|curl|libwww|perl|ruby|fetch|reader|^-?$", re.IGNORECASE)


def logs(folder):
    """Returns the logs of a folder as pairs of a description and a list of files."""
    files = []
    for root, _, names in os.walk(folder):
        files += [os.path.relpath(os.path.join(root, name), folder) for name in names]
    files = sorted(name for name in files if os.sep in name and not IGNORED.search(name))
    found = []
    for title, pattern in KNOWN:
        own = [name for name in files if re.fullmatch(pattern, name)]
        files = [name for name in files if name not in own]
        if own:
            found.append((title, own))
    return found + [(REST, [name]) for name in files]


def text(path):
    """Yields the lines of a file, which may be compressed."""
    opened = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}.get(os.path.splitext(path)[1], open)
    try:
        with opened(path, "rt", errors="replace") as file:
            yield from file
    except (OSError, EOFError):
        return


def host(paths):
    """Returns the host that the log is of: the one whose pages most parts name as their referrer."""
    hosts = collections.Counter()
    for path in paths:
        for found in filter(None, map(LINE.match, text(path))):
            referrer = re.match(r"https?://([^/:]+)", found[5] or "")
            if referrer and PART.search(found[3].split("?")[0]):
                hosts[referrer[1].lower()] += 1
    return hosts.most_common(1)[0][0] if hosts else "example.com"


def habits(paths, own):
    """Returns how many visitors of a log have a habit, and how many of them load parts, by whether they view several
    pages and their best referrer. Robots by name are left out; those that pretend to be browsers are not."""
    visitors = collections.defaultdict(lambda: [0, set(), False])
    own = own.removeprefix("www.")
    for path in paths:
        for found in filter(None, map(LINE.match, text(path))):
            address, day, target, status, referrer, agent = found.groups()
            if status not in ("200", "304") or (agent is not None and ROBOT.search(agent)):
                continue
            visitor = visitors[address, day, agent]
            target = target.split("?")[0]
            if PART.search(target):
                visitor[2] = True
            elif not NO_PAGE.search(target):
                visitor[0] += 1
                visitor[2] |= status == "304"
                visitor[1].add("unknown" if referrer is None else "none" if referrer == "-" else
                               "own" if own in referrer else "other")
    shares = collections.defaultdict(lambda: [0, 0])
    for views, kinds, loads in visitors.values():
        if views:
            best = next(kind for kind in ("own", "other", "unknown", "none") if kind in kinds)
            share = shares[views > 1, best]
            share[0] += 1
            share[1] += loads
    return shares
