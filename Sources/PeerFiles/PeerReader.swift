public import Hits
public import Redaction

/// Reads files of other programs: bytes in, numbers out.
///
/// What such files hold of single people is not read in: hosts, addresses, users, search words, user agents, and the
/// queries of pages and referrers. The rest is redacted.
public struct PeerReader: Sendable {
  private let origin: PastOrigin
  private let redactor: Redactor
  private let calendar: LocalCalendar

  /// Creates a reader.
  ///
  /// - Parameter calendar: the site's, for exports that hold single requests with their times.
  public init(_ origin: PastOrigin, _ redactor: Redactor, calendar: LocalCalendar) {
    self.origin = origin
    self.redactor = redactor
    self.calendar = calendar
  }

  /// Returns by what name a program knows a site, as the name of a file says; empty if it does not.
  public static func source(of path: String, _ origin: PastOrigin) -> String {
    switch origin {
    case .awstats: AWStatsName(path).config
    // Plausible names its archives by the domain, with underscores for dots.
    case .plausible:
      path.split(separator: "/").last?.wholeMatch(of: /(.+)_\d{8}(?:_\d{8})?\.zip/).map { String($0.1) } ?? ""
    case .webalizer, .awffull, .goaccess, .goatcounter, .matomo: ""
    }
  }

  /// Returns whether a program may call a site by such a name. Plausible's archives are named by the domain, with an underscore
  /// for all between letters and digits (`archive_filename` of lib/plausible/exports.ex).
  public static func isSource(_ source: String, ofHost host: String, _ origin: PastOrigin) -> Bool {
    guard origin == .plausible, !source.isEmpty else { return true }
    return domain(source) == domain(host)
  }

  private static func domain(_ name: String) -> [Substring] {
    let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
    return words.first == "www" ? Array(words.dropFirst()) : words
  }

  /// Reads a file.
  ///
  /// - Parameter name: its path, because some programs keep the period or the site there.
  /// - Throws: ``PeerFileError``.
  public func read(_ bytes: [UInt8], name: String) throws(PeerFileError) -> PeerFile {
    // Webalizer's users often know its fork by the same name.
    if let other = Self.origin(of: bytes), other != origin, (origin, other) != (.webalizer, .awffull) {
      throw PeerFileError(
        "this is a file of \(other.title); import it with footfall import-stats \(other.rawValue)")
    }
    guard !bytes.isEmpty else { throw PeerFileError("the file is empty; copy it again") }
    return try Self.checked(try readAny(bytes, name: name))
  }

  private func readAny(_ bytes: [UInt8], name: String) throws(PeerFileError) -> PeerFile {
    let texts = PeerTexts(redactor)
    switch origin {
    case .awstats:
      var file = AWStatsFile(bytes, name: name, texts)
      return try file.read()
    case .webalizer, .awffull:
      guard WebalizerState.isOne(bytes[...]) else {
        return try WebalizerHistory.read(bytes, of: name.lowercased().contains("awffull") ? .awffull : origin)
      }
      var file = WebalizerState(bytes, texts)
      return try file.read()
    case .goaccess: return try GoAccessReport.read(bytes, texts)
    case .goatcounter: return try GoatCounterExport.read(bytes, texts, calendar)
    case .plausible: return try read([(name, bytes)], of: name)
    case .matomo: return try MatomoReport.read(bytes)
    }
  }

  /// Reads the files of an export together, as Plausible's.
  ///
  /// - Parameter name: the path of the archive that holds them, or of their folder.
  /// - Throws: ``PeerFileError``.
  public func read(_ files: [(name: String, bytes: [UInt8])], of name: String) throws(PeerFileError) -> PeerFile {
    guard origin == .plausible else { throw PeerFileError("a zip archive; unpack it") }
    return try Self.checked(
      try PlausibleExport.read(files, source: Self.source(of: name, origin), PeerTexts(redactor)))
  }

  /// Returns a file if all of its numbers can be true.
  private static func checked(_ file: PeerFile) throws(PeerFileError) -> PeerFile {
    for part in file.parts {
      for row in part.rows where !(0...PastRow.mostCounted).contains(row.number) {
        throw PeerFileError(
          "a number of \(row.measure) from \(DayName.name(row.day)) on is \(row.number < 0 ? "negative" : "too large to be true"): the file is damaged; copy it again"
        )
      }
    }
    return file
  }

  /// Returns the program that writes such files; nil if the first bytes do not tell.
  private static func origin(of bytes: [UInt8]) -> PastOrigin? {
    if AWStatsFile.isOne(bytes[...]) { return .awstats }
    if WebalizerState.isAWFFull(bytes[...]) { return .awffull }
    if WebalizerState.isOne(bytes[...]) || PeerText.has("# Webalizer", bytes[...]) { return .webalizer }
    if GoAccessReport.isOne(bytes[...]) { return .goaccess }
    if GoatCounterExport.isOne(bytes[...]) { return .goatcounter }
    return nil
  }
}

extension PeerReader {
  /// Returns whether a program gives its files such a name, so that they are found in a folder.
  public static func isUsual(_ name: String, _ origin: PastOrigin) -> Bool {
    switch origin {
    case .awstats: AWStatsName(name).period != nil
    case .webalizer: ["webalizer.hist", "webalizer.current", "awffull.hist", "awffull.current"].contains(name)
    case .awffull: ["awffull.hist", "awffull.current"].contains(name)
    case .plausible: PlausibleExport.table(of: name) != nil
    case .goaccess, .goatcounter, .matomo: false
    }
  }
}
