"""Reads log lines the slow and obvious way: one regular expression for each part of a line, in turn.

Texts are byte strings decoded as Latin-1, so every byte is one character.
"""
import datetime
import gzip
import re

LONGEST = 1024 * 1024

# What may be a client: addresses with ports, brackets or zones, lists of them, and `-`; names if many clients are
# names.
ONE = r"(?:\d{1,3}(?:\.\d{1,3}){3}(?::\d{0,5})?|\[?[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*(?:%[^ ,\]]*)?\]?(?::\d{0,5})?)"
CLIENT = re.compile(rf"{ONE}(?:, ?{ONE})*|-")
NAME = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.[A-Za-z_-][A-Za-z0-9_-]+")
WORD = re.compile(r"[A-Za-z0-9._/-]+")
# Names are accepted if more than a quarter of a log's clients are names.
LEAST_NAMES = 0.25

QUOTED_REQUEST = r'"(?P<request>.*?)(?<!\\)((?:\\\\)*)" (?P<status>\d\d\d|-)(?= |$) *'
QUOTED = r'(?:"(?P<{0}>(?:[^"\\]|\\.)*)"|-)(?: +|$)'

# The parts of a line, each with the reason for which a line without it is malformed.
PARTS = [
    ("address", r"(?P<client>(?:[^ ]+, )*[^ ]+) "),
    ("field_missing", r"[^ ]+ "),
    ("time", r"(?P<user>.*?) (?=\[..[/])"),
    ("time", r"\[(?P<time>\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] *"),
    ("request", r'(?=")'),
    ("quote", QUOTED_REQUEST),
    ("field_missing", r"(?=.)"),
    ("size", r"(?P<size>\d+|-)(?: +|$)"),
]
# The columns at the end, which a line may lack, and those that some logs have in addition.
ENDING = [("quote", QUOTED.format("referrer")), ("quote", QUOTED.format("agent"))]
HEADERS = [("quote", QUOTED.format("opt_out")), ("quote", QUOTED.format("signature"))]


def read_file(path):
    """Yields the lines of a file without their ends, and None for a line that is too long."""
    data = path.read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    for text in data.decode("latin-1").split("\n")[:-1]:
        yield None if len(text) >= LONGEST else text.removesuffix("\r")


def unescaped(text):
    """Returns the text that a server logged, without its escapes."""
    letters = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", '"': '"', "\\": "\\"}
    return re.sub(
        r'\\(?:x([0-9A-Fa-f]{2})|(["\\ntrbfv]))',
        lambda found: chr(int(found[1], 16)) if found[1] else letters[found[2]], text)


def instant(text):
    """Returns Unix seconds, or None for a date that does not exist."""
    try:
        return int(datetime.datetime.strptime(text, "%d/%b/%Y:%H:%M:%S %z").timestamp())
    except ValueError:
        return None


def has_names(texts, has_host):
    """Returns whether the clients of a log are host names."""
    clients = [(text or "").split(" ")[has_host:][:1] for text in texts]
    names = sum(bool(client and NAME.fullmatch(client[0])) for client in clients)
    return names > LEAST_NAMES * len(clients)


def parse(text, has_host, takes_names, has_headers=False):
    """Returns the fields of a line as a dictionary, or as a string the reason it is malformed.

    The agent is `-` if none was sent, and empty if the line has no place for it. Without a place for the referrer,
    `has_referrer` is false.
    """
    if text is None:
        return "too_long"
    if text and not text.strip("\0"):
        return "binary"
    if not text.strip(" \t"):
        return "empty"
    if text.startswith("#"):
        return "comment"
    fields = {"host": "", "referrer": "", "agent": "", "opt_out": "", "signature": "", "has_referrer": False}
    parts = ([("field_missing", r"(?P<host>[^ ]+) ")] if has_host else []) + PARTS
    position = 0
    for reason, pattern in parts + ENDING + (HEADERS if has_headers else []):
        if position == len(text) and (reason, pattern) in ENDING:
            break
        found = re.compile(pattern, re.DOTALL).match(text, position)
        if not found:
            return reason
        position = found.end()
        fields |= {name: value for name, value in found.groupdict().items() if value is not None}
        fields["has_referrer"] |= "referrer" in found.groupdict()
        if "agent" in found.groupdict():
            fields["agent"] = found["agent"] or "-"
        client = found.groupdict().get("client")
        if client and not CLIENT.fullmatch(client) and not (takes_names and WORD.fullmatch(client)):
            return "address"
    fields["instant"] = instant(fields["time"])
    return fields if fields["instant"] is not None else "time"


def split_request(request):
    """Returns method and target: the first word, and the text between it and a last word that looks like a protocol."""
    words = request.split(" ")
    if request in ("", "-"):
        return "", ""
    if len(words) > 1 and (words[-1].startswith("HTTP/") or re.fullmatch(r"[123](\.[01])?", words[-1])):
        words.pop()
    return words[0], " ".join(words[1:])
