import AccessLog
import ByteScanning
import Collecting

/// Hints from the first lines of a log: facts that are not errors but may surprise the operator.
struct ReadingHints {
  /// The number of lines that are examined.
  private static let sampleSize = 300
  /// The smallest number of lines for a hint.
  private static let fewestLines = 20

  private var believed = Set<[UInt8]>()
  private var believedNetworks = Set<[UInt8]>()
  private var ignored = Set<[UInt8]>()
  private var ignoredLines = 0
  private var pages = 0
  private var pictures: [String: Int] = [:]
  private var classifier = LineClassifier()
  private var proxies: TrustedProxies
  /// The number of lines that name their host.
  private var hostLines = 0
  /// The number of lines whose client is on the public internet.
  private var outerClients = 0
  /// The number of lines with CloudFront's user agent, which replaces the visitor's unless the operator has it forwarded.
  /// Source: Amazon CloudFront Developer Guide, "HTTP request headers and CloudFront behavior".
  private var agentsOfCDN = 0
  /// The number of lines without a user agent, although the log has a place for it.
  private var missingAgents = 0
  private let missingAgent: MissingAgent
  /// The number of lines that match the format.
  private var lines = 0

  /// Examines the first lines in `range`, in the format they are read in.
  init(_ bytes: Span<UInt8>, _ range: Range<Int>, _ format: LogFormat, _ reading: LineReading) {
    proxies = reading.proxies
    missingAgent = reading.missingAgent
    var parser = LineParser(format, zone: reading.zone)
    var unwrapper = LineUnwrapper(format, zone: reading.zone)
    var scanner = LineScanner(range)
    var line = LogLine()
    while lines < Self.sampleSize, let next = scanner.next(in: bytes) {
      var text = ByteCopy.bytes(bytes, next)
      let unwrapped = unwrapper?.unwrap(text.span, text.indices, offset: text.count) ?? .asItIs
      text += unwrapper?.texts ?? []
      unwrapper?.removeTexts()
      guard parser.parse(text.span, 0..<next.count, unwrapped, into: &line) == nil else { continue }
      lines += 1
      add(line, text.span, impliesGET: parser.impliesGET)
    }
  }

  /// Whether most lines name their host, or no line matches the format.
  var tellsHosts: Bool { hostLines * 2 > lines || lines == 0 }

  /// The hints, one line each.
  var texts: [String] { [forwarded, noClients, noAgents, agentOfCDN, picturePath].compactMap { $0 } }

  private mutating func add(_ line: LogLine, _ bytes: Span<UInt8>, impliesGET: Bool) {
    if !line.host.isEmpty || !RequestTarget.parts(of: bytes, line.target).host.isEmpty { hostLines += 1 }
    let client = proxies.client(bytes, peer: line.address, forwarded: line.forwarded)
    if Self.isOuter(bytes, client) { outerClients += 1 }
    if !line.forwarded.isEmpty, client == line.address {
      ignoredLines += 1
      let peer = ByteCopy.bytes(bytes, line.address)
      believed.insert(peer)
      believedNetworks.insert(Self.network(of: peer))
      ignored.insert(ByteCopy.bytes(bytes, line.forwarded))
    }
    if ByteSearch.matches(Self.cloudFront, in: bytes, at: line.userAgent.lowerBound, before: line.userAgent.upperBound)
    {
      agentsOfCDN += 1
    }
    if line.lacksAgent { missingAgents += 1 }
    guard !impliesGET,
      classifier.classify(bytes, method: line.method, target: line.target, status: line.status) == .page
    else { return }
    pages += 1
    if let word = Self.picturesWord(bytes, line.target) { pictures[word, default: 0] += 1 }
  }

  /// Returns whether a client is known and outside private networks.
  private static func isOuter(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var client = ClientAddress()
    client.read(bytes, range)
    return client.kind == .name ? client.bytes.contains(Byte.dot) : !client.isPrivate
  }

  /// Returns the first two parts of an address: a CDN has many peers in few networks.
  private static func network(of address: [UInt8]) -> [UInt8] {
    let mark = address.contains(Byte.colon) && !address.contains(Byte.dot) ? Byte.colon : Byte.dot
    return Array(address.split(separator: mark, maxSplits: 2).prefix(2).joined(separator: [mark]))
  }

  /// The hint that the peers, which are not trusted proxies, forward the requests of many more clients.
  private var forwarded: String? {
    guard ignoredLines >= Self.fewestLines, ignored.count >= 3 * believedNetworks.count else { return nil }
    return
      "its forwarded field names \(ignored.count) other clients behind \(believed.count) peers; the peers are counted, because they are not trusted proxies; if they are yours, name them with --trusted-proxy"
  }

  /// The hint that no public client is known, so that visitors with the same browser count as one.
  private var noClients: String? {
    guard lines >= Self.fewestLines, outerClients == 0 else { return nil }
    return
      "it names no clients, or only clients in private networks, so many visitors may count as one; if their addresses are in another field, name that field with --format"
  }

  /// The hint that nearly no line has a user agent, so that people would count as robots.
  private var noAgents: String? {
    guard missingAgent == .robot, lines >= Self.fewestLines, missingAgents * 10 >= lines * 9 else { return nil }
    return
      "\(missingAgents) of \(lines) lines have no user agent and count as a robot's; if user agents were removed from this log, import it with --missing-agent person"
  }

  private static let cloudFront = Array("Amazon CloudFront".utf8)

  /// The hint that a CDN hides the user agents, so that browsers and robots are unknown.
  private var agentOfCDN: String? {
    guard agentsOfCDN >= Self.fewestLines, agentsOfCDN * 2 > lines else { return nil }
    return
      "its user agents are Amazon CloudFront's, so browsers and most robots are unknown; let CloudFront forward the User-Agent header"
  }

  private var picturePath: String? {
    guard pages >= Self.fewestLines, let most = pictures.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }),
      most.value * 2 > pages
    else { return nil }
    return
      "\(Percentage.text(Double(most.value) / Double(pages))) of its page views are under /\(most.key)/, which looks like images; --exclude 'path:/\(most.key)/*' excludes them"
  }

  /// Returns the first segment of a path if it is a word for images and the path goes on after it.
  private static func picturesWord(_ bytes: Span<UInt8>, _ target: Range<Int>) -> String? {
    guard target.count > 1, bytes[target.lowerBound] == Byte.slash else { return nil }
    let start = target.lowerBound + 1
    let end = ByteSearch.firstIndex(
      of: Byte.slash, or: Byte.questionMark, in: bytes, from: start, to: target.upperBound)
    guard end + 1 < target.upperBound, bytes[end] == Byte.slash else { return nil }
    for word in words where word.bytes.count == end - start {
      if ByteSearch.matches(word.bytes, in: bytes, at: start, before: end) { return word.text }
    }
    return nil
  }

  private static let words = [
    "image", "images", "img", "imgs", "pic", "pics", "picture", "pictures", "photo", "photos", "thumb", "thumbs",
    "thumbnail", "thumbnails", "avatar", "avatars", "icon", "icons", "media", "gallery", "static", "assets",
  ].map { (text: $0, bytes: Array($0.utf8)) }
}
