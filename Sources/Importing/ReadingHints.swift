import AccessLog
import Collecting

/// What the first lines of a log show that saves its operator an evening: nothing of it is wrong, and all of it is surprising.
struct ReadingHints {
  /// How many lines are looked at.
  private static let sampleSize = 1_000
  /// Of fewer lines nothing is said.
  private static let fewestLines = 20

  private var believed: [[UInt8]: Int] = [:]
  private var ignored = Set<[UInt8]>()
  private var ignoredLines = 0
  private var pages = 0
  private var pictures: [String: Int] = [:]
  private var classifier = LineClassifier()
  private var proxies: TrustedProxies
  /// Whether a line tells its host, or there is none that could.
  private(set) var tellsHosts = false

  /// Looks at the first lines in `range`, in the format they are read in.
  init(_ bytes: Span<UInt8>, _ range: Range<Int>, _ format: LogFormat, _ reading: LineReading) {
    proxies = reading.proxies
    var parser = LineParser(format, zone: reading.zone)
    var unwrapper = LineUnwrapper(format, zone: reading.zone)
    var scanner = LineScanner(range)
    var lines = 0
    var line = LogLine()
    while lines < Self.sampleSize, let next = scanner.next(in: bytes) {
      var text: [UInt8] = []
      for index in next { text.append(bytes[index]) }
      let unwrapped = unwrapper?.unwrap(text.span, text.indices, offset: text.count) ?? .asItIs
      text += unwrapper?.texts ?? []
      unwrapper?.removeTexts()
      guard parser.parse(text.span, 0..<next.count, unwrapped, into: &line) == nil else { continue }
      lines += 1
      add(line, text, impliesGET: parser.impliesGET)
    }
    if lines == 0 { tellsHosts = true }
  }

  /// What there is to say, each in a line.
  var texts: [String] { [forwarded, picturePath].compactMap { $0 } }

  private mutating func add(_ line: LogLine, _ bytes: [UInt8], impliesGET: Bool) {
    let isAbsolute = !RequestTarget.parts(of: bytes.span, line.target).host.isEmpty
    tellsHosts = tellsHosts || !line.host.isEmpty || isAbsolute
    if !line.forwarded.isEmpty, proxies.client(bytes.span, peer: line.address, forwarded: line.forwarded) == line.address {
      ignoredLines += 1
      believed[Array(bytes[line.address]), default: 0] += 1
      ignored.insert(Array(bytes[line.forwarded]))
    }
    guard !impliesGET,
      classifier.classify(bytes.span, method: line.method, target: line.target, status: line.status) == .page
    else { return }
    pages += 1
    if let word = Self.picturesWord(bytes[line.target]) { pictures[word, default: 0] += 1 }
  }

  /// The peers are no trusted proxies, and what they forward names many more clients than there are of them.
  private var forwarded: String? {
    guard ignoredLines >= Self.fewestLines, ignored.count >= 3 * believed.count else { return nil }
    return
      "its forwarded column names \(ignored.count) other clients behind \(believed.count) peers, which are counted since they are no trusted proxies; if they are yours, name them with --trusted-proxy"
  }

  private var picturePath: String? {
    guard pages >= Self.fewestLines, let most = pictures.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      most.value * 2 > pages
    else { return nil }
    return
      "\(Percentage.text(Double(most.value) / Double(pages))) of its page views are under /\(most.key)/, which looks like pictures; --exclude 'path:/\(most.key)/*' leaves them out"
  }

  /// The first segment of a path, where it is a word for pictures and has no extension that tells them.
  private static func picturesWord(_ target: ArraySlice<UInt8>) -> String? {
    guard target.first == UInt8(ascii: "/") else { return nil }
    let segment = target.dropFirst().prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") }
    guard target.count > segment.count + 2, target[segment.endIndex] == UInt8(ascii: "/") else { return nil }
    return words.first { $0.utf8.elementsEqual(segment) }
  }

  private static let words = [
    "image", "images", "img", "imgs", "pic", "pics", "picture", "pictures", "photo", "photos", "thumb", "thumbs",
    "thumbnail", "thumbnails", "avatar", "avatars", "icon", "icons", "media", "gallery", "static", "assets",
  ]
}
