import Acquisition
import ByteScanning
import Collecting
import LineRules

/// Query parameters that make pages: `viewtopic.php: t, p`.
///
/// Before the colon is a path, or without a slash the last segment of one. After it come the names of the parameters that
/// stay in the name of the page, in this order, whatever their order was. Names are case-sensitive.
public struct KeptQuery: Sendable, Equatable {
  /// The entry as written.
  public let text: String
  private let path: [UInt8]
  private let isWholePath: Bool
  let names: [[UInt8]]

  /// Parses an entry.
  ///
  /// - Throws: ``RuleMistake`` if it is not valid.
  public init(_ text: String) throws(RuleMistake) {
    self.text = text
    guard let colon = text.lastIndex(of: ":") else {
      throw RuleMistake("'\(text)' has no colon; write a path and names of parameters, as in 'viewtopic.php: t, p'")
    }
    let given = Array(text[..<colon].trimmingBlanks.utf8)
    guard !given.isEmpty, !given.contains(Byte.questionMark), !given.contains(Byte.numberSign) else {
      throw RuleMistake("'\(text)' needs a path without a query before the colon, as in 'viewtopic.php: t, p'")
    }
    guard !given.contains(Byte.asterisk) else {
      throw RuleMistake("'\(text)': the path can have no stars; without a slash, it is the end of a path in any folder")
    }
    isWholePath = given.contains(Byte.slash)
    guard !isWholePath || given.first == Byte.slash else {
      throw RuleMistake("'\(text)' can match nothing: a path begins with a slash; only a last segment has none")
    }
    let whole = isWholePath ? given : [Byte.slash] + given
    var path: [UInt8] = []
    _ = Pathname.append(whole.span, 0..<whole.count, to: &path)
    self.path = SlashMerging.withoutLastSlash(path)
    var names: [[UInt8]] = []
    for name in text[text.index(after: colon)...].split(separator: ",", omittingEmptySubsequences: false) {
      let name = name.trimmingBlanks
      try Self.check(name, in: text)
      guard !names.contains(Array(name.utf8)) else {
        throw RuleMistake("'\(text)' names the parameter '\(name)' twice")
      }
      names.append(Array(name.utf8))
    }
    self.names = names
  }

  private static func check(_ name: String, in text: String) throws(RuleMistake) {
    guard !name.isEmpty, name.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != Byte.ampersand && $0 != Byte.equals })
    else {
      throw RuleMistake("'\(text)': after the colon come names of parameters with commas between them, as in 't, p'")
    }
    let lower = name.lowercased()
    if ClickID.names[lower] != nil {
      throw RuleMistake("'\(text)': \(name) identifies single clicks of people; it cannot be kept")
    }
    let bytes = Array(lower.utf8)
    if lower.hasPrefix("utm_") || CampaignParameters.field(bytes.span, 0..<bytes.count) != nil {
      throw RuleMistake("'\(text)': \(name) is counted as a campaign already; omit it")
    }
  }

  /// Whether the entry is for a path without a slash at its end.
  func fits(_ path: Span<UInt8>, _ range: Range<Int>) -> Bool {
    let start = isWholePath ? range.lowerBound : range.upperBound - self.path.count
    guard start >= range.lowerBound, range.upperBound - start == self.path.count else { return false }
    return ByteSearch.matches(self.path, in: path, at: start, before: range.upperBound)
  }

  /// Appends the parameters that the query has, each with its first value, as `?t=12&p=4`; nothing if it has none of
  /// them. Values are normalised: two ways to write one become one name.
  func append(_ query: Span<UInt8>, to out: inout [UInt8]) {
    var isFirst = true
    for name in names {
      guard let value = Self.value(of: name, in: query) else { continue }
      out.append(isFirst ? Byte.questionMark : Byte.ampersand)
      isFirst = false
      out += name
      out.append(Byte.equals)
      for byte in value {
        if Self.mayStand(byte) {
          out.append(byte)
        } else {
          out += [Byte.percent, HexDigits.upper(byte >> 4), HexDigits.upper(byte & 0xF)]
        }
      }
    }
  }

  private static func value(of name: [UInt8], in query: Span<UInt8>) -> [UInt8]? {
    var parameters = QueryParameters(0..<query.count)
    while let pair = parameters.next(in: query) {
      guard pair.name.count == name.count,
        ByteSearch.matches(name, in: query, at: pair.name.lowerBound, before: pair.name.upperBound)
      else { continue }
      var value: [UInt8] = []
      QueryParameters.appendDecoded(query, pair.value, to: &value)
      return value.isEmpty ? nil : value
    }
    return nil
  }

  /// Whether a byte needs no escape in a value: RFC 3986's `query` without `&`, `+` and `=`.
  private static func mayStand(_ byte: UInt8) -> Bool {
    Byte.isLetterOrDigit(byte) || plain.contains(byte)
  }

  private static let plain = Array("-._~!$'()*,;:@/".utf8)
}
