"""The user agents of the random log, with their verdicts written down by hand: no rules are applied here.

A person's user agent has browser, browser with version, system, system with version, device; a robot's has its class.
"""

KHTML = "AppleWebKit/537.36 (KHTML, like Gecko)"
WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
NOTHING = ("Other", "Other", "Other", "Other", "other")
FIREFOX = ("Firefox", "Firefox 143", "Windows", "Windows", "desktop")

# What the client sent (not what the server logs), and what is known about it.
AGENTS = {
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
    "": NOTHING,
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)": "search_engine",
    f"Mozilla/5.0 {KHTML[:-1]}; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 "
    "Safari/537.36": "search_engine",
    "curl/8.14.1": "http_library",
    "python-requests/2.32.5": "http_library",
    f"Mozilla/5.0 (X11; Linux x86_64) {KHTML} HeadlessChrome/142.0.0.0 Safari/537.36": "headless",
}
