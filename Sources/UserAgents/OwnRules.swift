/// Footfall's own rules: for robots that no list names, and for kinds of devices.
///
/// They look at what robots of all kinds have in common (words for what they do, addresses to complain to, names of
/// libraries and test tools) and err on the side of people.
enum OwnRules {
  /// Rules for robots.
  static let bots: [AgentRule] = [
    bot(.headless, headless), bot(.httpLibrary, libraries), bot(.monitor, monitors), bot(.scanner, scanners),
    bot(.feedReader, feeds), bot(.socialPreview, previews), bot(.archiver, archivers), bot(.otherBot, botWords),
    bot(.otherBot, tasks), bot(.otherBot, addresses), bot(.otherBot, empty),
    AgentRule(meaning: .bot(.otherBot), pattern: compatible),
  ]

  /// Rules for devices, one for each of ``DeviceTokens/Token``.
  static let deviceTokens: [AgentRule] = DevicePatterns.all.map {
    AgentRule(meaning: .deviceToken, pattern: $0.joined(separator: "|"), ignoresCase: true)
  }

  private static func bot(_ kind: BotClass, _ pattern: String) -> AgentRule {
    AgentRule(meaning: .bot(kind), pattern: pattern, ignoresCase: true)
  }

  /// "bot" and its kin as words; not Cubot and Power Bot phones, nor bottles.
  private static let botWords =
    #"(?<!\bcu|[ _]m[ _]|\bpower[ _]|\bx|te)bot(?!tle|tom|[ _]?tab|[ _]senior|[ _]junior|[ _]?5\d)(?:[^a-z]|s\b|$)"#
    + #"|bot[/-]|crawl|spider(?! 8)|scrap(?:er|y|ing)|slurp|\bindexer|mediapartners|googleweblight|duplexweb"#

  /// Words for what only programs do.
  private static let tasks =
    #"\b(?:[a-z]+[-_])?(?:fetcher|checker|validator|inspect(?:or|ion)|analy[sz]er|audit|collector|downloader"#
    + #"|transcoder|extractor|exractor|harvester|grabber|verifier|verification|link ?check|detector|resolver|survey|retriever"#
    + #"|feedparser|sitemap|search ?engine|search ?console|probe|observatory|diagnostics|classifier|measurement)s?\b"#
    + #"|cloudflareobservatory|taginspector|semanticsclassifier"#

  /// An address of the web or of mail: to complain to, or of a proxy.
  private static let addresses = #"https?://|\bwww\.|@[a-z0-9-]+\.[a-z]{2,}|\+[a-z]+\.[a-z]"#

  private static let headless =
    #"headless|phantomjs|puppeteer|playwright|selenium|webdriver|slimerjs|cypress|lighthouse|page ?speed|gtmetrix|jsdom"#
    + #"|zombie\.js|dejaclick|synthetics|gomezagent|browsershots|webthumb|webshot|webcollage|thumbor|prerender"#

  private static let libraries =
    #"^(?:curl|wget|python|java/|go-http|okhttp|ruby|perl|php|axios|node|apache|libwww|lwp|aiohttp|httpx|guzzle|reqwest"#
    + #"|undici|dart|faraday|winhttp|urllib|mechanize|jakarta|postman|insomnia|httpie|lua-|rust|hyper/|axel|aria2"#
    + #"|windowspowershell|google-http|rest-client|grpc-|azure-|claude-|igetter)(?!.*applewebkit)"#

  private static let monitors =
    #"\b(?:pingdom|uptime|monitor(?:ing)?|nagios|zabbix|statuscake|site24x7|catchpoint|dynatrace|datadog|new ?relic)"#
    + #"|yottaamonitor|_monitoring|health ?(?:check|service)|collectd"#

  private static let scanners =
    #"\b(?:scanner|zgrab|masscan|nmap|nikto|sqlmap|nuclei|nessus|arachni|clamav|burpcollaborator)|\bdcv\b"#
    + #"|\(select |union select|load_file|pg_sleep|<\?|\$\{jndi"#

  private static let feeds =
    #"feed(?:ly|demon|burner|bin|er\b|reader)|newsreader|newsblur|aggregator|akregator|\brss|librss|podcast(?!republic)"#

  private static let previews = #"\b(?:preview|thumbnails?|screenshot|unfurl|embedly)s?\b"#

  private static let archivers = #"archive\.org|archiver|heritrix|nutch|httrack"#

  /// Nothing, or only the beginning of what browsers send.
  private static let empty = #"^.{1,2}$|^[-'"<({]+$|^Mozilla/\d\.\d\s*$|^Mozilla/\d\.\d \(compatible;?\)?$"#

  /// "compatible" in a modern agent, where only robots and a few old browsers put it.
  private static let compatible =
    #"^Mozilla/5\.0.*?(?: |; |\()compatible\s*;"#
    + #"(?!\s*(?:MSIE|Konqueror|iCab|Windows|WebOS|webOS|IBrowse|AmigaVoyager|Galaxy|NetFront|Yahoo! JAPAN|U; (?:ABrowse|Webpositive)))"#

  /// What browsers name as the platform they run on, or as themselves; an agent without any of these is a program's.
  static let platformWords: LiteralExtractor.Clause = Set(
    platforms.split(whereSeparator: \.isWhitespace).map { Array($0.lowercased().replacing("_", with: " ").utf8) })

  private static let platforms = """
    Windows Win9 WinNT Win16 Win32 win10_x64 Mac X11 Linux Android iPhone iPad iPod CrOS Tizen Web0S webOS KAIOS
    Symbian SymbOS Series3 Series4 Series6 BlackBerry BB10 PlayBook Nintendo PlayStation Xbox SMART-TV SmartTV HbbTV
    DTV NetTV WebTV InettvBrowser AppleTV Roku BSD SunOS Amiga MorphOS Haiku BeOS OS/2 RISC QNX Maemo MeeGo Bada Fuchsia
    HarmonyOS J2ME MIDP Profile/ Nokia SAMSUNG SonyEricsson LG- LGE DoCoMo KDDI SoftBank Kindle Mobile Tablet PSP UCWEB
    UCBrowser MAUI Darwin CFNetwork Solaris IRIX HP-UX AIX OSF VMS DOS ANTGalio Opera Sailfish Ubuntu Touch BREW PalmOS
    Palm WAP- TvBrowser (TV; (Astro nook_browser Xiino Lynx Links w3m Dillo NetSurf HotJava iCab Emacs NCSA Uzbl
    Konqueror Voyager MOT- portalmmm HTC Alcatel ZTE SIE- AWeb IBrowse Inferno Viera CrKey PS3 CYGWIN UP.Browser Obigo
    Teleca Syllable ms-office IceDragon
    """
}
