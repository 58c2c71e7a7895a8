"""The events of the random log: each rule as given to the product, and its meaning, written down by hand."""
import re

import cleaning
import naming
from redaction import redacted


def parameter(query, name):
    """Returns the first value of a parameter as it is stored, or None."""
    for pair in query.split("&"):
        found, _, value = pair.partition("=")
        if found == name:
            return cleaning.parameter_value(value)
    return None


# Rule; methods, statuses and paths it matches; name; properties, which are omitted if they are None.
RULES = [
    (
        "POST|PUT /about* 200 -> Signup {query: $query.q, source: $query.utm_source, how: $method}",
        "POST|PUT", "200", r"/about.*", "Signup",
        lambda page, query, referrer: {
            "query": parameter(query, "q"), "source": parameter(query, "utm_source"), "how": "POST"},
    ),
    (
        "*.pdf -> Download {file: $path, free: true, size: -1.5e3}", "GET", r"2..|304", r".*\.pdf", "Download",
        lambda page, query, referrer: {"file": page, "free": "true", "size": "-1.5e3"},
    ),
    (
        "/index.php 2xx -> \"Opened {index}\"", "GET", "2..", r"/index\.php", "Opened {index}",
        lambda page, query, referrer: {},
    ),
    (
        "404 → 404 {path: $path, from: $referrer, status: $status, \"why?\": \"lo\\\"st\"}", "GET", "404", ".*", "404",
        lambda page, query, referrer: {
            "path": page, "from": referrer, "status": "404", "why?": 'lo"st'},
    ),
]


def event_of(method, status, target, referrer, own_hosts):
    """Returns name, property, value, property, … of the event of a request, or None."""
    _, path, query = cleaning.split_target(target)
    if not path.startswith("/"):
        return None
    page = cleaning.page(path)
    for _, methods, statuses, pages, name, properties in RULES:
        if all(re.fullmatch(pattern, text) for pattern, text in [(methods, method), (statuses, status), (pages, page)]):
            rules = tuple(naming.RULES)
            values = properties(naming.page(path, query, rules), query, naming.referrer(referrer, own_hosts, rules))
            known = {key: value for key, value in values.items() if value is not None}
            return (name, *(redacted(text) for pair in known.items() for text in pair))
    return None
