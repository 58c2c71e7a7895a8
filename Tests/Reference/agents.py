"""The user agents of the random log, with their verdicts written down by hand: no rules are applied here.

A person's user agent has browser, browser with version, system, system with version, device; a robot's has name, operator
and class.
"""
import itertools
import os
import pathlib
import string

KHTML = "AppleWebKit/537.36 (KHTML, like Gecko)"
COMPATIBLE = "AppleWebKit/537.36 (KHTML, like Gecko; compatible;"
WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
NOTHING = ("Other", "Other", "Other", "Other", "other")
FIREFOX = ("Firefox", "Firefox 143", "Windows", "Windows", "desktop")

# What the client sent (not what the server logs), and what is known about it. Lines that end before the user agent have
# an empty one.
PEOPLE = {
    "": NOTHING,
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KHTML} Chrome/142.0.0.0 Safari/537.36":
        ("Chrome", "Chrome 142", "Windows", "Windows", "desktop"),
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KHTML} Chrome/141.0.0.0 Safari/537.36":
        ("Chrome", "Chrome 141", "Windows", "Windows", "desktop"),
    f"Mozilla/5.0 (Linux; Android 10; K) {KHTML} Chrome/141.0.0.0 Mobile Safari/537.36":
        ("Chrome Mobile", "Chrome Mobile 141", "Android", "Android", "mobile"),
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_14_6) {KHTML} Chrome/116.0.0.0 Safari/537.36":
        ("Chrome", "Chrome 116", "Mac OS X", "Mac OS X 10.14", "desktop"),
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) {WEBKIT} Version/17.4 Mobile/15E148 Safari/604.1":
        ("Mobile Safari", "Mobile Safari 17", "iOS", "iOS 17", "mobile"),
    f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) {WEBKIT} Version/26.0 Mobile/15E148 Safari/604.1":
        ("Mobile Safari", "Mobile Safari 26", "iOS", "iOS 26", "mobile"),
    f"Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) {WEBKIT} Version/16.6 Mobile/15E148 Safari/604.1":
        ("Mobile Safari", "Mobile Safari 16", "iOS", "iOS 16", "tablet"),
    f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/17.4 Safari/605.1.15":
        ("Safari", "Safari 17", "Mac OS X", "Mac OS X", "desktop"),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0": FIREFOX,
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0 \"quoted\\\" é": FIREFOX,
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0":
        ("Firefox", "Firefox 128", "Ubuntu", "Ubuntu", "desktop"),
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KHTML} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0":
        ("Edge", "Edge 142", "Windows", "Windows", "desktop"),
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KHTML} Chrome/120.0.0.0 Safari/537.36 OPR/106.0.0.0":
        ("Opera", "Opera 106", "Windows", "Windows", "desktop"),
    f"Mozilla/5.0 (Linux; Android 13; SM-S901B) {KHTML} SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537.36":
        ("Samsung Internet", "Samsung Internet 23", "Android", "Android 13", "mobile"),
    "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko":
        ("IE", "IE 11", "Windows", "Windows 7", "desktop"),
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KHTML} Chrome/90.0.0.0 Safari/537.36":
        ("Chrome", "Chrome 90", "Windows", "Windows", "desktop"),
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KHTML} Chrome/79.0.0.0 Safari/537.36":
        ("Chrome", "Chrome 79", "Windows", "Windows", "desktop"),
}

# From which day on an agent's browser is an old one: some years after the next version, or its successor, came out. All
# others are not old in any of the random logs.
OLD_FROM = {
    agent: old_from for agent, client in PEOPLE.items() for version, old_from in [
        ("IE 11", "2023-07-29"), ("Chrome 90", "2026-05-25"), ("Chrome 79", "2025-02-04")] if client[1] == version
}


def knows_releases():
    """Returns whether the product has the dates of browsers' releases. Set-up may not find them."""
    file = pathlib.Path(os.environ.get("FOOTFALL_DATA", "."), "releases.tsv")
    return file.exists() and "\nchrome\t" in "\n" + file.read_text()


KNOWS_RELEASES = knows_releases()


def is_old(agent, day):
    """Returns whether an agent's browser is an old one on a day."""
    return KNOWS_RELEASES and day >= OLD_FROM.get(agent, "9999")

# What sends no user agent, although the log has a place for it, is logged as "-" or "".
NO_AGENT = "-"

ROBOTS = {
    NO_AGENT: ("(none)", "", "other_bot"),
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)": ("Googlebot", "Google", "search_engine"),
    "Googlebot-Image/1.0": ("Googlebot-Image", "Google", "search_engine"),
    f"Mozilla/5.0 {KHTML[:-1]}; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 "
    "Safari/537.36": ("bingbot", "Microsoft", "search_engine"),
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)": ("YandexBot", "Yandex", "search_engine"),
    "Sogou web spider/4.0(+http://www.sogou.com/docs/help/webmasters.htm#07)":
        ("Sogou Spider", "Sogou (Tencent)", "search_engine"),
    f"Mozilla/5.0 {COMPATIBLE} GPTBot/1.2; +https://openai.com/gptbot)": ("GPTBot", "OpenAI", "ai_training"),
    f"Mozilla/5.0 {COMPATIBLE} ClaudeBot/1.0; +claudebot@anthropic.com)": ("ClaudeBot", "Anthropic", "ai_training"),
    "CCBot/2.0 (https://commoncrawl.org/faq/)": ("CCBot", "Common Crawl", "ai_training"),
    f"Mozilla/5.0 (Linux; Android 5.0) {KHTML} Mobile Safari/537.36 (compatible; Bytespider; "
    "spider-feedback@bytedance.com)": ("Bytespider", "ByteDance", "ai_training"),
    "Mozilla/5.0 (compatible; GoogleOther)": ("GoogleOther", "Google", "ai_training"),
    f"Mozilla/5.0 {COMPATIBLE} OAI-SearchBot/1.0; +https://openai.com/searchbot)": ("OAI-SearchBot", "OpenAI", "ai_search"),
    f"Mozilla/5.0 {COMPATIBLE} PerplexityBot/1.0; +https://perplexity.ai/perplexitybot)":
        ("PerplexityBot", "Perplexity", "ai_search"),
    f"Mozilla/5.0 {COMPATIBLE} ChatGPT-User/1.0; +https://openai.com/bot)": ("ChatGPT-User", "OpenAI", "ai_user"),
    f"Mozilla/5.0 {COMPATIBLE} Perplexity-User/1.0; +https://perplexity.ai/perplexity-user)":
        ("Perplexity-User", "Perplexity", "ai_user"),
    "DuckAssistBot/1.2; (+http://duckduckgo.com/duckassistbot.html)": ("DuckAssistBot", "DuckDuckGo", "ai_user"),
    "claude-code/2.1.12": ("claude-code", "Anthropic", "ai_agent"),
    "codex_cli_rs/0.50.0 (Ubuntu 24.4.0; x86_64) xterm-256color": ("codex_cli_rs", "OpenAI", "ai_agent"),
    "Mozilla/5.0 (compatible; ExampleAI-Crawler/1.0; +https://ai.example/crawler)":
        ("ExampleAI-Crawler", "ai.example", "ai_crawler"),
    "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)": ("AhrefsBot", "Ahrefs", "seo_crawler"),
    "Mozilla/5.0 (compatible; SemrushBot/7~bl; +http://www.semrush.com/bot.html)":
        ("SemrushBot", "Semrush", "seo_crawler"),
    "Mozilla/5.0 (compatible; MJ12bot/v1.4.8; http://mj12bot.com/)": ("MJ12bot", "Majestic", "seo_crawler"),
    "curl/8.14.1": ("curl", "", "http_library"),
    "python-requests/2.32.5": ("python-requests", "", "http_library"),
    "Go-http-client/1.1": ("Go-http-client", "", "http_library"),
    "git/2.47.1": ("git", "", "dev_tool"),
    'pip/25.0 {"ci":null,"cpu":"x86_64","distro":{"name":"Debian","version":"13"},"python":"3.13.1"}':
        ("pip", "", "dev_tool"),
    "Debian APT-HTTP/1.3 (2.6.1)": ("APT-HTTP", "", "dev_tool"),
    "Wget/1.21.3": ("Wget", "", "downloader"),
    "aria2/1.36.0": ("aria2", "", "downloader"),
    "Mozilla/4.5 (compatible; HTTrack 3.0x; Windows 98)": ("HTTrack", "", "downloader"),
    "VLC/3.0.20 LibVLC/3.0.20": ("VLC", "", "media_player"),
    "Lavf/60.3.100": ("Lavf", "", "media_player"),
    f"Mozilla/5.0 (X11; Linux x86_64) {KHTML} HeadlessChrome/142.0.0.0 Safari/537.36": ("HeadlessChrome", "", "headless"),
    "Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/538.1 (KHTML, like Gecko) PhantomJS/2.1.1 Safari/538.1":
        ("PhantomJS", "", "headless"),
    "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)": ("UptimeRobot", "UptimeRobot", "monitor"),
    "Pingdom.com_bot_version_1.4_(http://www.pingdom.com/)": ("Pingdom", "SolarWinds", "monitor"),
    "check_http/v2.3.3 (monitoring-plugins 2.3.3)": ("check_http", "", "monitor"),
    "FreshRSS/1.24.3 (Linux; https://freshrss.org)": ("FreshRSS", "", "feed_reader"),
    "NetNewsWire (RSS Reader; https://netnewswire.com/)": ("NetNewsWire", "", "feed_reader"),
    "newsboat/2.35 (Linux x86_64)": ("newsboat", "", "feed_reader"),
    "newsboat/2.36 (Linux x86_64)": ("newsboat", "", "feed_reader"),
    "Mozilla/5.0 (compatible; Miniflux/2.2.0; +https://miniflux.app)": ("Miniflux", "", "feed_reader"),
    "Tiny Tiny RSS/23.04 (https://tt-rss.org/)": ("Tiny Tiny RSS", "", "feed_reader"),
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)":
        ("facebookexternalhit", "Meta", "social_preview"),
    "TelegramBot (like TwitterBot)": ("TelegramBot", "Telegram", "social_preview"),
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)": ("Slackbot-LinkExpanding", "Slack", "social_preview"),
    "WhatsApp/2.23.20.0": ("WhatsApp", "Meta", "social_preview"),
    "Mozilla/5.0 (compatible; CensysInspect/1.1; +https://about.censys.io/)": ("CensysInspect", "Censys", "scanner"),
    "Mozilla/5.0 zgrab/0.x": ("zgrab", "ZMap tool", "scanner"),
    "Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/archive.org_bot)":
        ("archive.org_bot", "Internet Archive", "archiver"),
    "ArchiveTeam/20240101": ("ArchiveTeam", "ArchiveTeam", "archiver"),
    "AdsBot-Google (+http://www.google.com/adsbot.html)": ("AdsBot-Google", "Google", "other_bot"),
    "GitHub-Hookshot/044aadd": ("GitHub-Hookshot", "GitHub", "other_bot"),
}

# Robots that nobody knows: the name is a word of the user agent and the operator the host in it. Some have no name.
ROBOTS |= {
    "<b>x</b>bot/1.0": ("(unnamed)", "", "other_bot"),
    '<script>alert("x")</script>bot/2.0 (+https://www.Evil.example/why?me)': ("evil.example", "evil.example", "other_bot"),
    'Quote"Bot/1.0': ("Quote", "", "other_bot"),
    "<i>Loud</i> Markup-bot/1.0": ("Markup-bot", "", "other_bot"),
    "Mozilla/5.0 (compatible; Whizz-Bot/0.9; +https://whizz.example/bot)": ("Whizz-Bot", "whizz.example", "other_bot"),
    "Mozilla/5.0 (compatible; <img src=x onerror=alert(1)>; Inject-Spider/1.0)": ("Inject-Spider", "", "other_bot"),
    "Sauger-Spider/2.0 (é; +http://spider.example:8080/)": ("Sauger-Spider", "spider.example", "other_bot"),
    "SomeUnknownFetcher/0.1": ("SomeUnknownFetcher", "", "other_bot"),
    "x9f3e2a7b1c4d bot/1": ("(unnamed)", "", "other_bot"),
    "AB": ("AB", "", "other_bot"),
    "test": ("(unnamed)", "", "other_bot"),
    "Bad\tTab-Robot/1.0": ("Tab-Robot", "", "other_bot"),
    "Back\\slash-Crawler/1": ("slash-Crawler", "", "other_bot"),
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0 +https://www.me.example/":
        ("me.example", "me.example", "other_bot"),
}

# Aggregators of feeds: what they send, for how many people, the ids of feeds that they fetch, and who they are.
AGGREGATORS = [
    ("Feedly/1.0 (+http://www.feedly.com/fetcher.html; {count} subscribers; like FeedFetcher-Google)", (1, 33, 34), [""],
     ("Feedly", "Feedly", "feed_reader")),
    ("Feedbin feed-id:{feed} - {count} subscribers", (5, 12), ["7", "1373711"], ("Feedbin", "Feedbin", "feed_reader")),
    ("Mozilla/5.0 (compatible; theoldreader.com; {count} subscribers; feed-id={feed})", (2, 250), ["4fabc", "4fdef"],
     ("theoldreader", "The Old Reader", "feed_reader")),
    ("NewsBlur Feed Fetcher - {count} subscribers - https://www.newsblur.com/site/11/x", (1, 40), [""],
     ("NewsBlur", "NewsBlur", "feed_reader")),
    ("LiveJournal.com (webmaster@livejournal.com; for http://www.livejournal.com/users/x/; {count} readers)", (3, 4), [""],
     ("LiveJournal.com", "LiveJournal", "feed_reader")),
    ("Unheard-Reader/0.3 (+https://feeds.example/; {count} subscribers; feed-id={feed})", (6, 8), ["a", "b"],
     ("Unheard-Reader", "feeds.example", "other_bot")),
]
# User agent -> number of subscribers and id of the feed.
SUBSCRIBERS = {
    agent.format(count=count, feed=feed): (count, feed)
    for agent, counts, feeds, _ in AGGREGATORS for count in counts for feed in feeds
}
# What one aggregator sends in the course of a day, and who it is.
FAMILIES = [
    ([agent.format(count=count, feed=feed) for count in counts for feed in feeds], verdict)
    for agent, counts, feeds, verdict in AGGREGATORS
]
ROBOTS |= {agent: verdict for family, verdict in FAMILIES for agent in family}

# More robots than a day keeps.
FLOOD = {
    f"Tun{''.join(letters)}z/1.0": (f"Tun{''.join(letters)}z", "", "other_bot")
    for letters in itertools.product(string.ascii_lowercase, repeat=2)
}

AGENTS = PEOPLE | ROBOTS | FLOOD

# Values of Signature-Agent, and who signs.
SIGNERS = {
    '"https://chatgpt.com"': ("ChatGPT agent", "OpenAI", "ai_agent"),
    'sig1="https://signer.example"': ("signer.example", "signer.example", "ai_agent"),
}

# The networks that are known to be a robot's, and those that are known to be robots'.
NETWORKS = [
    (("Googlebot", "Google", "search_engine"), ["192.0.2.0/28", "2001:db8::/122"]),
    (("GPTBot", "OpenAI", "ai_training"), ["198.51.100.0/27"]),
    (("GPTBot", "OpenAI", "ai_training"), ["198.51.100.200/32"]),
    (("NewsBlur", "NewsBlur", "feed_reader"), ["203.0.113.128/28", "192.0.2.192/28"]),
    (("Whizz-Bot", "", "other_bot"), ["203.0.113.64/28", "198.51.100.16/28"]),
]
OTHER_NETWORKS = ["203.0.113.72/29", "192.0.2.190"]
# Those from which the operator expects no people.
SUSPECT_NETWORKS = ["198.51.100.96/29", "203.0.113.96/27", "2001:db8:bad::/48"]
