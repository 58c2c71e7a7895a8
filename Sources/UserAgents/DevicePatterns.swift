/// Tokens that indicate the kind of device. Case is ignored.
///
/// Models are recognised by how makers form their names (a screen's size and letters for televisions), by words on
/// the box, and, for boxes and sticks, by families that are sold under many brands.
enum DevicePatterns {
  static let rules: [AgentRule] = all.flatMap { entry in
    entry.patterns.map { AgentRule(meaning: .deviceToken(entry.token), pattern: $0, ignoresCase: true) }
  }

  private static let all: [(token: DeviceTokens.Token, patterns: [String])] = [
    (
      .television,
      [
        "smart[-_ ]?tv", "hbbtv", "apple ?tv", "google ?tv", "android[ -]?tv", #"\batv\b"#,
        #"\bAFT[A-Z]+\w*"#, "crkey", "roku", "netcast", "web0s", #"webos\.tv"#, #"\bviera"#,
        "aquos", "bravia", "opera tv", "netrange", "nettv", "inettvbrowser", #"\bdtv"#,
        "ce-html", "large screen", "set-?top", #"\bstb\b"#, "mi ?box", "mitv", "mibox",
        "shield android", "chromecast", "espial", "vidaa", "vizio", "smartcast", "philipstv",
        "tv store", #"\bomi/"#, #"\btv\b"#, "tv box", "tvbox", #"\bleanback"#, #"\bott\b"#, #"\bqtv"#,
        "youview", "freebox", "bbox", #"dlink\."#, "sonydtv", "maple20", #"tizen.+\btv\b"#,
        "whaletv", "zeasn", "kdl-", "nexbox", #"\b[a-z]+tv[ ;/)]"#,
        "(?:4k|uhd|fhd|oled|led|hd)[ _]tv", #"\btvbrowser"#, "smart hub", #"\bhisense.*hd\b"#,
      ]
    ),
    (
      .telephoneOrDesktop,
      [
        "iphone", "ipad", "windows nt(?!.*hbbtv)(?!.*tv)", "macintosh",
      ]
    ),
    (
      .console,
      [
        "playstation", "nintendo", "xbox", #"\bpsp\b"#, "ps vita", #"\bwii\b"#, #"\bnewnintendo"#,
        "steam ?deck", "archos gamepad", "nvidia shield(?! android)", "gamepad",
        "dreamcast", #"\b3ds\b"#, #"\bPS[345]\b"#, "ouya",
      ]
    ),
    (
      .televisionModel,
      [
        #"[ ;_-](?:19|2[0248]|3[29]|4[0-9]|5[0058]|6[05]|7[05]|8[56])[A-Z]{1,5}\d{2,}"#, #"\bE?LED-?\d{2}"#,
        #"-LED\d{2}"#,
        #"\d{2}-?E?LED"#, #"\b4K\b|_4K"#, #"\w*(?<!drop|mail|in|juke)box(?![a-z]|X)"#, #"\bshell [A-Z0-9]"#, "iptv",
        #"\bSTB\d|\bTVB-"#, "smart stick", #"streaming (?:box|media|player|stick)"#, "dongle", #"\bMSD\d{3}"#,
        #"\b(?:X96|X98|X88|T95[A-Z]|A95X|HK1|MXQ|TX3|TX6|M8S|MX1[01] ?(?:pro|prime)|GT-?King|R69)"#,
        #"\b(?:H96[ _]?(?:max|mini|pro|plus))"#, "tanix", "ugoos", "beelink", "zidoo", "mecool", "pendoo", "vontar",
        "yundoo", "orbsmart", "transpeed", "minix", "neo-x", "neo-u", "rombica", "magicsee", "sunvell", "polarline",
      ]
    ),
    (
      .televisionSet,
      [
        "linux mips", "tivo-", #"\btivo\b"#, "stbapp", "brightsign", "sky_ott", "qtembedded", #"presto/.*\bSi\d{4}LG"#,
      ]
    ),
    (
      .iPad,
      [
        // Chrome, Firefox and Edge on an iPad ask for desktop pages as a Mac, but name their edition for iOS.
        "ipad", #"macintosh.*\b(?:crios|fxios|edgios)/"#,
      ]
    ),
    (
      .iPhone,
      [
        "iphone", "ipod", "windows phone", "iemobile", "wpdesktop", "kaios",
      ]
    ),
    (
      .wearable,
      [
        #"\bglass\b"#, #"\bquest\b"#, #"\bvr\b"#, #"\bwear"#,
      ]
    ),
    (
      .carOrSpeaker,
      [
        "homepod", #"\becho[ /]"#, "alexa(?! toolbar)", "audioaccessory", "carbrowser", "tesla/",
        #"\bcar(?:pad)?[ _-]"#,
        "smart speaker",
      ]
    ),
    (
      .watch,
      [
        #"watch(?!dog|er)"#, #"\bSM-R\d"#, "wolvic", #"\bpico (?:g\d|neo|4)"#, "oculus",
      ]
    ),
    (
      .laptop,
      [
        "chromebook", "pixelbook", "netbook", "laptop", "notebook", "macbook", "inspiron", "latitude", "travelmate",
        "thinkpad", "ideapad", #"\baspire \d"#, #"\bsatellite"#, #"\(PC; "#, "2in1;",
      ]
    ),
    (
      .phoneWord,
      [
        "mobile"
      ]
    ),
    (
      .android,
      [
        "android", "adr ", "silk", "kindle", "harmony",
      ]
    ),
    (
      .tabletWord,
      [
        "ipad", "tablet(?! pc)", #"\bpad\b"#, "playbook", "kindle(?!.*mobile)",
        "silk/(?!.*mobile)", #"\bkf[a-z]{2,5}\b(?!.*mobile safari)"#, #"nexus (?:7|9|10)\b"#,
        #"\bSM-[TPX]\d"#, #"\bGT-[PN](?:[13567]|80)\d"#, #"\bSHW-M(?:180|380|480|500)"#, "galaxy ?tab",
        "xoom", "transformer", "mediapad", "matepad", #"\btab\b"#, "touchpad", #"\bTB-?\d?[X0-9]"#,
        "yoga tab", "ideatab", "lifetab", "iconia", #"\bpad[ _]?\d"#, "mipad", "mi ?pad",
        "redmi pad", "xiaomi pad", "oneplus pad", "oppo pad", "honor pad", "apad",
        #"puffin/[\d.]+[ailw]t"#, #"\b(?:10|9|8|7)(?:\.\d)?[ -]?(?:inch|\")"#, #"\btpad"#, "surfpad",
        "slate", "mz60", #"lg-v[4-9]\d\d"#, #"sgp\d{3}"#, #"sgpt\d"#, #"a\d00fl tab"#,
        #"\b[A-Z]*pad\d*\b"#, #"tab[ _-]?[a-z]?\d"#, "[ _-]tab[ _;)/-]", "dgt[ei]c?",
        "venue (?:7|8|10)", "hudl", "nook", "BNTV", #"\bBNRV"#, #"AGS\d?-"#, #"BAH\d?-"#, "BTV-",
        "CPN-", "SCM-", "SHT-", #"JDN\d?-"#, #"KOB\d?-"#, "MRX-", "DBY-", "WGR-", #"BZT\d?-"#,
        "VRD-", "AGR-", "AGM3-", "ALLDOCUBE", "chuwi", "teclast", #"archos \d{2,3}"#,
        #"\bMID\d"#, #"\bME\d{3}"#, #"\bK0[0-9A-Z]{2}\b"#, #"\bP0[0-2][0-9A-Z]\b"#,
      ]
    ),
    (
      .mobileWord,
      [
        "mobi", "elibom", "phone",
      ]
    ),
    (
      .program,
      ["dalvik", "okhttp"]
    ),
    (
      .browserOfAndroid,
      [
        "chrome/", "crios", "firefox/", #"version/4\.0 safari"#, "webkit.*version/",
      ]
    ),
    (
      .touchTablet,
      [
        "touch", "playbook", "tablet",
      ]
    ),
    (
      .tabletPC,
      [
        "tablet pc"
      ]
    ),
    (
      .desktopSystem,
      [
        "windows nt", "macintosh", "mac_powerpc", "x11", "cros ",
      ]
    ),
    (
      .featurePhone,
      [
        "iphone", "ipod", "windows phone", "iemobile", "wpdesktop", "windows ce",
        "windows mobile", "blackberry", "bb10", #"\bmobile\b"#, #"mobi\b"#, "opera m(?:ini|obi)",
        "kaios", "symb", "series[ ]?[346]0", "midp", "j2me", "maemo", "bada", "phone",
        "nokia", "docomo", "kddi", "softbank", #"up\.browser"#, "ucweb", "palm", "webos/",
        "meego", "obigo", "netfront", "teleca", "maui", "brew", "profile/", "cldc",
        "vodafone", "samsung-", "sonyericsson", "lge?-", "mot-", "htc[_ -]", "sie-", "sagem",
        "alcatel", "openwave", "semc", "jasmine", "dolfin", "eliboM", "fennec", "minimo",
        "sailfish",
      ]
    ),
    (
      .darwin,
      [
        "cfnetwork", "darwin",
      ]
    ),
    (
      .macDarwin,
      [
        "x86_64", "mac", "^safari/",
      ]
    ),
    (
      .anySystem,
      [
        "windows", "win(?:9|nt|32|16)", "macintosh", "mac os x", "mac_powerpc", "x11", "linux",
        "cros", "bsd", "sunos", "amiga", "morphos", "haiku", "beos", "os/2", "risc",
        "irix", "hp-ux", "aix", "darwin", "mac os", "macos", #"\bosx/"#,
      ]
    ),
  ]
}
