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

  /// Returns by what name AWStats knows a site, as the name of a file says; empty for other programs' files.
  public static func source(of path: String, _ origin: PastOrigin) -> String {
    origin == .awstats ? AWStatsName(path).config : ""
  }

  /// Reads a file.
  ///
  /// - Parameter name: its path, because some programs keep the period or the site there.
  /// - Throws: ``PeerFileError``.
  public func read(_ bytes: [UInt8], name: String) throws(PeerFileError) -> PeerFile {
    if let other = Self.origin(of: bytes), other != origin {
      throw PeerFileError(
        "this is a file of \(other.title); import it with footfall import-stats \(other.rawValue)")
    }
    guard !bytes.isEmpty else { throw PeerFileError("the file is empty; copy it again") }
    let texts = PeerTexts(redactor)
    switch origin {
    case .awstats:
      var file = AWStatsFile(bytes, name: name, texts)
      return try file.read()
    case .webalizer:
      guard WebalizerState.isOne(bytes[...]) else {
        return try WebalizerHistory.read(bytes, isAWFFull: name.lowercased().contains("awffull"))
      }
      var file = WebalizerState(bytes, texts)
      return try file.read()
    case .goaccess: return try GoAccessReport.read(bytes, texts)
    case .goatcounter, .plausible, .matomo:
      throw PeerFileError("files of \(origin.title) cannot be read yet")
    }
  }

  /// Returns the program that writes such files; nil if the first bytes do not tell.
  private static func origin(of bytes: [UInt8]) -> PastOrigin? {
    if AWStatsFile.isOne(bytes[...]) { return .awstats }
    if WebalizerState.isOne(bytes[...]) || PeerText.has("# Webalizer", bytes[...]) { return .webalizer }
    if GoAccessReport.isOne(bytes[...]) { return .goaccess }
    return nil
  }
}

extension PeerReader {
  /// Returns whether a program gives its files such a name, so that they are found in a folder.
  public static func isUsual(_ name: String, _ origin: PastOrigin) -> Bool {
    switch origin {
    case .awstats: AWStatsName(name).period != nil
    case .webalizer: ["webalizer.hist", "webalizer.current", "awffull.hist", "awffull.current"].contains(name)
    case .plausible: name.hasSuffix(".csv") && name.hasPrefix("imported_")
    case .goaccess, .goatcounter, .matomo: false
    }
  }
}
