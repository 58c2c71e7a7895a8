"""Turns raw requests into clean values: path, client, source and channel, by the rules of docs/counting.md.

Texts are byte strings decoded as Latin-1, so every byte is one character.
"""
import functools
import ipaddress
import re
import urllib.parse

from redaction import redacted

UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
PATH_CHARACTERS = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/-]")
PARTS = set("css js mjs png jpg svg woff2 ico mp3 mp4 wasm avif webp".split())
ASSETS = PARTS | set("txt xml webmanifest pdf json rss rdf csv docx epub zip".split())

# Pages in these folders are pictures, unless they end like pages.
PICTURES = set(
    "image images img imgs pic pics picture pictures photo thumb thumbs thumbnail thumbnails avatar avatars icon icons logo "
    "logos sprite sprites banner banners captcha".split())
PAGE_ENDINGS = ("/", ".htm", ".html", ".shtml", ".xhtml", ".md")
# Parts that browsers request without being told to, as they begin in the log.
ICONS = ("/favicon.", "/apple-touch-icon")

# What a robot's path is for, by its last name, its extension, its query, or one of its first two folders.
FEEDS = set("feed feeds rss rss2 atom feed.xml feeds.xml rss.xml rss2.xml atom.xml index.xml feed.json feed.php rss.php "
            "atom.php".split())
FEED_ENDINGS = {"rss", "atom", "rdf"}
FEED_QUERIES = {
    f"{name}={value}" for name in ("feed", "flav", "format", "type", "alt")
    for value in ("rss", "rss2", "atom", "rdf", "feed")
}
INTERFACES = set("api graphql wp-json rest rpc mcp xmlrpc.php".split())
DOCUMENTS = set("pdf doc docx odt rtf xls xlsx ods csv ppt pptx odp ps eps epub mobi txt".split())

# Host or campaign source -> name and kind. Other hosts are their own name.
GOOGLE, FACEBOOK, X = ("Google", "search"), ("Facebook", "social"), ("X", "social")
HOSTS = {
    "google.com": GOOGLE, "google.co.uk": GOOGLE, "google.de": GOOGLE, "duckduckgo.com": ("DuckDuckGo", "search"),
    "bing.com": ("Bing", "search"), "t.co": X, "t.me": ("Telegram", "social"), "reddit.com": ("Reddit", "social"),
    "m.facebook.com": FACEBOOK, "chatgpt.com": ("ChatGPT", "assistant"), "mail.google.com": ("Gmail", "mail"),
    "news.ycombinator.com": ("Hacker News", "social"), "youtube.com": ("YouTube", "video"),
    "amazon.de": ("Amazon", "shopping"), "com.google.android.gm": ("Gmail", "mail"),
    "openai.com": ("OpenAI", "assistant"), "bsky.app": ("Bluesky", "social"),
    "tieba.baidu.com": ("Tieba", "social"), "de.search.yahoo.com": ("Yahoo!", "search"),
    "us-mg6.mail.yahoo.com": ("Yahoo! Mail", "mail"),
}
NAMES = {
    "google": GOOGLE, "fb": FACEBOOK, "twitter": X, "bing": HOSTS["bing.com"], "www.reddit.com": HOSTS["reddit.com"],
    "openai": HOSTS["openai.com"], "bsky": HOSTS["bsky.app"],
}
UTM_NAMES = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
# What Matomo calls the same.
MATOMO_NAMES = {
    prefix + name: field for prefix in ("mtm_", "pk_")
    for name, field in zip(("source", "medium", "campaign", "content", "kwd", "keyword"), UTM_NAMES + UTM_NAMES[-1:])
} | {"matomo_campaign": "utm_campaign", "piwik_campaign": "utm_campaign", "pk_cpn": "utm_campaign",
     "piwik_kwd": "utm_term", "piwik_keyword": "utm_term"}


def decoded(text):
    return text.encode("latin-1").decode("utf-8", "replace")


def split_target(target):
    """Returns host, path and query of a target or URL."""
    target = target.split("#")[0]
    before, mark, query = target.partition("?")
    found = re.match(r"[A-Za-z][A-Za-z0-9+.-]*://([^/]*)(.*)", before, re.DOTALL)
    host, path = (found[1], found[2]) if found else ("", before)
    return host, path, query


def host_name(host):
    """Returns the host in lower case, without user, port, final dot and www."""
    host = host.rpartition("@")[2].lower()
    host = re.sub(r":\d*$", "", host) if not host.endswith("]") else host
    host = host.removesuffix(".")
    return host[4:] if host.startswith("www.") and "." in host[4:] else host


def is_asset(path):
    return extension(path) in ASSETS or path.startswith("/.well-known/")


def is_part(path):
    return extension(path) in PARTS


def is_picture(page):
    """Returns whether a page is a picture without an extension, by its name."""
    folders = page.lower().split("/")[1:-1]
    return bool(PICTURES.intersection(folders)) and not page.endswith(PAGE_ENDINGS)


def stem(page):
    """Returns what the pages of a kind have in common: the folders before the first part with a digit."""
    found = re.match(r"[^0-9]*[0-9]", page)
    return ("kind", page[:page.rindex("/", 0, found.end()) + 1]) if found else ("page", page)


def extension(path):
    name = path.rpartition("/")[2].partition(";")[0]
    return name.rpartition(".")[2].lower() if "." in name else ""


def thing(method, path, query):
    """Returns the kind of thing that a robot asks for."""
    shown = page(path) if path.startswith("/") else ""
    name = shown.removesuffix("/").rpartition("/")[2].partition(";")[0].lower()
    ending = name.rpartition(".")[2] if "." in name else ""
    rules = [
        (method not in ("GET", "HEAD"), "api"),
        (shown == "/robots.txt", "robots.txt"),
        (ending == "md" or re.fullmatch(r"llms.*\.txt", name, re.DOTALL), "llms.txt"),
        (name in FEEDS or ending in FEED_ENDINGS or FEED_QUERIES & set(query.split("&")), "feed"),
        (INTERFACES & set(shown.lower().split("/")[1:3]), "api"),
        (ending in DOCUMENTS, "document"),
        (is_asset(path), "asset"),
    ]
    return next((thing for fits, thing in rules if fits), "page")


def answer(status):
    """Returns what kind of answer a status is."""
    known = {"304": "not_modified", "401": "refused", "403": "refused", "402": "payment", "404": "missing",
             "410": "missing", "429": "limited"}
    return known.get(status) or {"2": "ok", "3": "redirect", "5": "error"}.get(status[0], "other")


@functools.cache
def page(path):
    """Returns the one name of a page."""
    path = re.sub(r";jsessionid=[^/]*", "", path, flags=re.IGNORECASE)

    def normal(found):
        if len(found[0]) == 3:
            character = chr(int(found[0][1:], 16))
            return character if UNRESERVED.match(character) else found[0].upper()
        return found[0] if PATH_CHARACTERS.match(found[0]) else f"%{ord(found[0]):02X}"

    path = re.sub(r"%[0-9A-Fa-f]{2}|.", normal, path, flags=re.DOTALL)
    kept = []
    segments = path.split("/")[1:]
    for number, segment in enumerate(segments):
        if segment == "..":
            kept = kept[:-1]
        if segment not in (".", ".."):
            kept.append(segment)
        elif number == len(segments) - 1:
            kept.append("")
    return re.sub(r"%.?$", "", ("/" + "/".join(kept))[:2000]) if len(path) > 2000 else "/" + "/".join(kept)


@functools.cache
def client_address(text):
    """Returns one text for an address, however spelled; of a list, the last one that is not private, or the first."""
    single = [one_address(each) for each in text.split(", ")]
    public = [each for each in single if not each.startswith("10.") and each[0].isdigit()]
    return public[-1] if public else single[0]


def one_address(text):
    bare = re.sub(r"^\[(.*)\].*$", r"\1", text).partition("%")[0]
    bare = bare.partition(":")[0] if bare.count(":") == 1 else bare
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return "name " + text.lower()
    return str(getattr(address, "ipv4_mapped", None) or address)


def campaign(query):
    """Returns the first non-empty value of each known parameter."""
    aliases = {"ref": "hint", "source": "hint", "gclid": "google", "gbraid": "google", "wbraid": "google",
               "msclkid": "bing", "fbclid": "meta"} | {name: name for name in UTM_NAMES} | MATOMO_NAMES
    values = dict.fromkeys(set(aliases.values()), "")
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        meaning = aliases.get(name.lower())
        if meaning in ("google", "bing", "meta"):
            if meaning == "meta" or not (values["google"] or values["bing"]):
                values[meaning] = "yes"
        elif meaning and not values[meaning]:
            values[meaning] = parameter_value(value)
    return values


def parameter_value(text):
    """Returns a parameter's value decoded, trimmed, without control characters and truncated to 255 bytes."""
    value = urllib.parse.unquote_to_bytes(text.replace("+", " ").encode("latin-1"))
    value = bytes(byte for byte in value if byte >= 32 and byte != 127).strip(b" ")
    if len(value) > 255:
        value = value[:255].decode("utf-8", "ignore").encode()
    return value.decode("utf-8", "replace")


def referring_host(referrer):
    """Returns the host of a referrer, or nothing if it is no URL of a page or an app."""
    host = host_name(split_target(referrer)[0])
    is_url = re.match(r"(https?|android-app|ios-app)://", referrer, re.IGNORECASE)
    is_host = re.fullmatch(r"\[.*\]|[._-]*[a-z0-9\x80-\xff][a-z0-9._\x80-\xff-]*", host)
    return decoded(host) if is_url and is_host else ""


def shown_referrer(referrer):
    """Returns host and path of a referrer, or nothing if it has no host."""
    host, path = referring_host(referrer), split_target(referrer)[1]
    path = page(path) if path.startswith("/") else "/"
    return host and host + ("" if path == "/" else path)


def is_own(referrer, own_hosts):
    """Returns whether a referrer is a page of the site itself, or of its twin for phones."""
    host = referring_host(referrer)
    return host.removeprefix("m.") in own_hosts or host in own_hosts


def acquisition(referrer, query, own_hosts):
    """Returns source, channel, referrer and the five utm values."""
    utm = {name: redacted(value) for name, value in campaign(query).items()}
    host = redacted(referring_host(referrer))
    shown = "" if is_own(referrer, own_hosts) else redacted(shown_referrer(referrer))
    named = utm["utm_source"] or utm["hint"]
    source, kind = "Direct / None", "none"
    if named:
        host_of_name = named.lower() if "." in named else named
        source, kind = NAMES.get(named.lower()) or HOSTS.get(named.lower()) or (host_of_name, "other")
    elif utm["google"] or utm["bing"]:
        source, kind = GOOGLE if utm["google"] else HOSTS["bing.com"]
    elif shown:
        source, kind = HOSTS.get(host, (host, "other"))
    elif utm["meta"]:
        source, kind = FACEBOOK
    medium = utm["utm_medium"].lower() or ("cpc" if utm["google"] or utm["bing"] else "")
    found = channel(source.lower(), kind, medium, utm["utm_campaign"].lower())
    return (source, found, shown, *(utm[name] for name in UTM_NAMES))


def channel(source, kind, medium, name):
    """Returns the channel in Google Analytics 4's default channel group: the first match, by its regular expressions.

    A source without a medium counts as a referral, like a plain link.
    """
    paid = re.fullmatch(r"(.*cp.*|ppc|retargeting|paid.*)", medium)
    shop = kind == "shopping" or re.fullmatch(r"(.*(([^a-df-z]|^)shop|shopping).*)", name)
    mail = r"email|e-mail|e_mail|e mail"
    social = ("social", "social-network", "social-media", "sm", "social network", "social media")
    rules = [
        (kind == "none" and medium in ("", "(none)", "(not set)") and not name, "Direct"),
        ("cross-network" in name, "Cross-network"),
        (shop and paid, "Paid Shopping"),
        (kind == "search" and paid, "Paid Search"),
        (kind == "social" and paid, "Paid Social"),
        (kind == "video" and paid, "Paid Video"),
        (medium in ("display", "banner", "expandable", "interstitial", "cpm"), "Display"),
        (paid, "Paid Other"),
        (shop, "Organic Shopping"),
        (kind == "social" or medium in social, "Organic Social"),
        (kind == "video" or re.fullmatch(r"(.*video.*)", medium), "Organic Video"),
        (kind == "assistant" or medium == "ai-assistant", "AI Assistants"),
        (kind == "search" or medium == "organic", "Organic Search"),
        (kind != "none" and medium in ("referral", "app", "link"), "Referral"),
        (kind == "mail" or re.fullmatch(mail, medium) or re.fullmatch(mail, source), "Email"),
        (medium == "affiliate", "Affiliates"),
        (medium == "audio", "Audio"),
        (medium == "sms" or source == "sms", "SMS"),
        (medium.endswith("push") or "mobile" in medium or "notification" in medium or source == "firebase",
         "Mobile Push Notifications"),
        (kind != "none" and not medium, "Referral"),
    ]
    return next((channel for fits, channel in rules if fits), "Unassigned")
