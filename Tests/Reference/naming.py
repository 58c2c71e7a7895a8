"""The names of pages, as docs/pages.md describes them."""
import functools
import re

import cleaning
from redaction import redacted

# As given to the product, and their meaning.
RULES = [
    ("/shop/* -> /shop/:item", r"^/shop/[^/]+", "/shop/:item"),
    (r"/^\/v(\d)\.(\d)\// -> /v$1-$2/", r"^/v(\d)\.(\d)/", r"/v\1-\2/"),
]
KEPT_QUERIES = [("/about: page", "/about", ["page"])]
INDEXES = re.compile(
    r"/(index\.(html|htm|shtml|xhtml|php|cgi|pl|jsp|asp|aspx)|default\.(html|htm|asp|aspx))$", re.IGNORECASE)


@functools.cache
def page(path, query="", rules=()):
    """Returns the name of a page. Without rules, no parameters are kept either."""
    name = re.sub("/+", "/", cleaning.page(path))
    parameters = ""
    for _, wanted, names in KEPT_QUERIES if rules else []:
        if name.removesuffix("/") == wanted:
            found = [(each, first(query, each)) for each in names]
            parameters = "&".join(f"{each}={value}" for each, value in found if value)
    if not parameters:
        name = INDEXES.sub("/", name)
    name = name.removesuffix("/") or "/"
    for _, pattern, replacement in rules:
        changed = re.sub(pattern, replacement, name, count=1)
        if changed != name:
            name = changed.removesuffix("/") or "/"
            break
    return redacted(name + ("?" + parameters if parameters else ""))


def first(query, name):
    """Returns the first value of a parameter; none of the random log's needs an escape."""
    return next((value for key, _, value in (pair.partition("=") for pair in query.split("&")) if key == name), "")


def referrer(text, own_hosts, rules):
    """Returns host and path of a referrer for an event; the site's own pages by their names. None without a host."""
    host, path = cleaning.referring_host(text), cleaning.split_target(text)[1]
    if not host:
        return None
    if host not in own_hosts:
        return redacted(cleaning.shown_referrer(text))
    path = page(path, "", rules)
    return host + ("" if path == "/" else path)


def flags():
    """Returns the flags of these rules."""
    return [f"--path={rule[0]}" for rule in RULES] + [f"--keep-query={entry[0]}" for entry in KEPT_QUERIES]
