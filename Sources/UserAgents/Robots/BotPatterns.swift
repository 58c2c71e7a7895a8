import Hits

/// Footfall's own rules for robots that no list contains.
///
/// They match what robots of all kinds have in common (words for what they do, contact addresses, names of
/// libraries and test tools, the structure of the agent), and treat an agent as a person's in case of doubt. All
/// but the last rule ignore case.
enum BotPatterns {
  /// Rules that come before those of lists, because they distinguish what lists put into one class.
  static let beforeLists: [AgentRule] = rules([(.aiCrawler, assistants)])

  /// Rules for agents that no list identifies.
  static let afterLists: [AgentRule] =
    rules([
      (.headless, automation), (.httpLibrary, libraries), (.monitor, monitors), (.scanner, scanners),
      (.feedReader, feeds), (.socialPreview, previews), (.archiver, archivers), (.searchEngine, searchEngines),
      (.seoCrawler, marketing), (.otherBot, words + tasks + addresses + structures + programs),
    ]) + [AgentRule(meaning: .bot(.otherBot), pattern: compatible)]

  private static func rules(_ table: [(kind: BotClass, patterns: [String])]) -> [AgentRule] {
    table.flatMap { entry in
      entry.patterns.map { AgentRule(meaning: .bot(entry.kind), pattern: $0, ignoresCase: true) }
    }
  }

  private static let assistants = [
    "openai", "anthropic", "perplexity", "mistralai-", "cohere-", "google-extended", "firecrawl",
    #"\b(?:ai|llm|gpt)[-_ ]?(?:bot|crawler|spider|search|agent|user|fetch)"#,
    #"[a-z]ai-?(?:bot|crawler|user|search)\b"#,
  ]

  private static let automation = [
    "headless", "phantomjs", "puppeteer", "playwright", "selenium", "webdriver", "slimerjs", "cypress", "lighthouse",
    #"page ?speed"#, "gtmetrix", "jsdom", #"zombie\.js"#, "dejaclick", "synthetics", "gomezagent", "browsershots",
    "webthumb", "webshot", "webcollage", "thumbor", "prerender", "devtools", "wkhtmlto",
  ]

  private static let libraries = [
    #"^(?:curl|wget|python|java/|go-http|okhttp|ruby|perl|php|axios|node|apache|libwww|lwp|aiohttp|httpx|guzzle|reqwest"#
      + #"|undici|dart|faraday|winhttp|urllib|mechanize|jakarta|postman|insomnia|httpie|lua-|rust|hyper/|axel|aria2"#
      + #"|windowspowershell|google-http|rest-client|grpc-|azure-|claude-|igetter|pip/|npm/|pnpm/|yarn/|composer/|svn/|puf/"#
      + #"|azsdk-)(?!.*applewebkit)"#,
    #"^(?:homebrew/\d|microsoft bits/|androiddownloadmanager/|microsoft-flow/|windows-media-player/|androidxmedia3/)"#,
    "tcl http client", #"\bsiege/\d"#,
    #"^[\w.-]{0,40}(?:http|curl|requests?|urllib)[\w.-]{0,40}(?:/|\s|$)(?!.*applewebkit)"#,
    #"^(?!(?:mozilla|opera)/)[^(]*\b(?:client|service|library|sdk|api|plugin|gateway|connector|worker|daemon"#
      + #"|integration|webhooks?)\b"#,
    #"android api \d"#, "cryptoapi", "^swcd",
  ]

  private static let monitors = [
    #"\b(?:pingdom|uptime|monitor(?:ing)?|nagios|zabbix|statuscake|site24x7|catchpoint|dynatrace|datadog|new ?relic)"#,
    "yottaamonitor", "_monitoring", #"health ?(?:check|service)"#, "collectd", "cloudflareobservatory",
  ]

  private static let scanners = [
    #"(?:\b|_)scanner"#, #"\b(?:zgrab|masscan|nmap|nikto|sqlmap|nuclei|nessus|arachni|clamav|burpcollaborator)"#,
    #"\bdcv\b"#, #"\(select |union select|load_file|pg_sleep|<\?|\$\{jndi"#,
  ]

  private static let feeds = [
    #"feed(?:ly|demon|burner|bin|er\b|reader)"#, "newsreader", "newsblur", "aggregator", "akregator", #"\brss|rss\b"#,
    "librss", #"podcast(?!republic)"#,
    #"^(?:newsboat|reeder|readkit|netnewswire|newsify|unread|liferea|downcast|overcast|castro|icatcher)\b"#,
  ]

  private static let previews = [#"\b(?:preview|thumbnails?|screenshot|unfurl|embedly)s?\b"#, "googlemessages"]

  private static let archivers = [#"archive\.org"#, "archiver", "heritrix", "nutch", "httrack"]

  private static let searchEngines = [
    "googlebot", "bingbot", "baiduspider", "yandexbot", "duckduckbot", "slurp", "petalbot", "applebot", "seznambot",
    #"search[-_ ]?(?:bot|engine|spider|crawler)"#,
  ]

  private static let marketing = [#"\bseo\b"#, "seobot", "backlink", #"\bserp(?!ent)"#, "siteaudit"]

  /// "bot" and similar words, but not Cubot and Power Bot phones, nor bottles.
  private static let words = [
    #"(?<!\bcu|[ _]m[ _]|\bpower[ _]|\bx|te)bot(?!tle|tom|[ _]?tab|[ _]senior|[ _]junior|[ _]?5\d)(?:[^a-z]|s\b|$)"#,
    "bot[/-]", "crawl", "spider(?! 8)", "scrap(?:er|y|ing)", #"\bindexer"#, "mediapartners", "googleweblight",
    "duplexweb",
  ]

  /// Words for what only programs do.
  private static let tasks = [
    #"\b(?:[a-z]+[-_])?(?:fetcher|checker|validator|inspect(?:or|ion)|analy[sz]er|audit|collector|downloader"#
      + #"|transcoder|extractor|exractor|harvester|grabber|verifier|verification|link ?check|detector|resolver|survey|retriever"#
      + #"|feedparser|sitemap|search ?console|probe|observatory|diagnostics|classifier|measurement)s?\b"#,
    "taginspector", "semanticsclassifier",
  ]

  /// A web or mail address: a contact, or that of a proxy.
  private static let addresses = [#"https?://"#, #"\bwww\."#, #"@[a-z0-9-]+\.[a-z]{2,}"#, #"\+[a-z]+\.[a-z]"#]

  /// What no browser sends: an agent without digits, an agent of one or two characters, only the beginning of an
  /// agent, an agent within something else, a word from a proxy or of a private build.
  private static let structures = [
    #"^\w+[,|] ?mozilla/"#, "mozilla%2f", "^(?:get|post|head) /", #"\(via "#, "-snapshot",
    "^(?!amazon cloudfront$)[^0-9]+$", #"^.{1,2}$"#,
    #"^[-'"<({]+$"#, #"^Mozilla/\d\.\d\s*$"#, #"^Mozilla/\d\.\d \(compatible;?\)?$"#,
  ]

  /// A name and a version on a desktop system: all browsers but text browsers write `Mozilla/5.0` first. And Chromium's
  /// engine without a browser after it, or with a robot's name where browsers have none.
  private static let programs = [
    #"^(?!mozilla|opera|\#(textBrowsers))(?!.*(?:\#(phones)))[a-z][\w.+-]*/v?\d"#
      + #".*\b(?:linux|windows|macintosh|darwin|freebsd)"#,
    #"^(?!.*android).*applewebkit/537\.36(?: \(khtml, like gecko\))?\s*$"#, #"applewebkit/537\.36 chrome/"#,
    #"\(khtml, like gecko;"#,
  ]

  private static let textBrowsers =
    "links|elinks|lynx|w3m|dillo|netsurf|midori|url/emacs|emacs|retawq|edbrowse|browsh|ncsa"

  /// Words in agents of phones, tablets, televisions, consoles and old browsers, which may begin with their own name and
  /// version.
  private static let phones =
    #"android|iphone|ipad|ipod|\bios\b|mobile|phone|tablet|midp|cldc|symb|tizen|webos|harmony|\btv\b|cfnetwork|dalvik"#
    + "|playstation|nintendo|xbox|blackberry|palm|netfront|up\\.browser|kaios|brew|hbbtv|msie|applewebkit"

  /// "compatible" in a modern agent, where only robots and a few old browsers use it.
  private static let compatible =
    #"^Mozilla/5\.0.*?(?: |; |\()compatible\s*;"#
    + #"(?!\s*(?:MSIE|Konqueror|iCab|Windows|WebOS|webOS|IBrowse|AmigaVoyager|Galaxy|NetFront|Yahoo! JAPAN|U; (?:ABrowse|Webpositive)))"#

  /// Names that browsers give to their platform or to themselves, and that of a CDN which sends its own agent for
  /// everybody behind it. An agent without any of these is a program's.
  static let platformWords: LiteralExtractor.Clause =
    platforms.split(whereSeparator: \.isWhitespace).map { Array($0.lowercased().replacing("_", with: " ").utf8) }

  private static let platforms = """
    Windows Win9 WinNT Win16 Win32 win10_x64 Mac X11 Linux Android iPhone iPad iPod CrOS Tizen Web0S webOS KAIOS
    Symbian SymbOS Series3 Series4 Series6 BlackBerry BB10 PlayBook Nintendo PlayStation Xbox SMART-TV SmartTV HbbTV
    DTV NetTV WebTV InettvBrowser AppleTV Roku BSD SunOS Amiga MorphOS Haiku BeOS OS/2 RISC QNX Maemo MeeGo Bada Fuchsia
    Harmony J2ME MIDP Profile/ Nokia SAMSUNG SonyEricsson LG- LGE DoCoMo KDDI SoftBank Kindle Mobile Tablet PSP UCWEB
    UCBrowser MAUI Darwin CFNetwork Solaris IRIX HP-UX AIX OSF VMS DOS ANTGalio Opera Sailfish Ubuntu Touch BREW PalmOS
    Palm WAP- TvBrowser (TV; (Astro nook_browser Xiino Lynx Links w3m Dillo NetSurf HotJava iCab Emacs NCSA Uzbl
    Konqueror Voyager MOT- portalmmm HTC Alcatel ZTE SIE- AWeb IBrowse Inferno Viera CrKey PS3 CYGWIN UP.Browser Obigo
    Teleca Syllable ms-office IceDragon CloudFront
    """
}
