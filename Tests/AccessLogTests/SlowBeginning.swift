import AccessLog
import Foundation

/// Takes off what may stand before and around a line's own text, the slow way: by expressions.
enum SlowBeginning {
  /// The line's own text.
  ///
  /// - Parameters:
  ///   - isWrapped: whether what syslog, Kubernetes or Docker write may stand before it.
  ///   - startsWithQuote: whether lines of the format start with a quote of their own.
  /// - Throws: why the line is none.
  static func takenOff(
    _ line: [UInt8], isWrapped: Bool = false, startsWithQuote: Bool = false
  ) throws(SlowLineParser.Malformed) -> [UInt8] {
    var rest = Array(line.drop { $0 == 0 })
    if rest.isEmpty, !line.isEmpty { throw .init(reason: .binary) }
    rest = Array(rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") })
    guard let first = rest.first else { throw .init(reason: .empty) }
    if first == UInt8(ascii: "#") { throw .init(reason: .comment) }
    if isWrapped { rest.removeFirst(lengthOfWrapping(rest)) }
    let quotes = rest.indices.filter { rest[$0] == UInt8(ascii: "\"") }
    guard quotes.count >= 2, quotes[0] == 0, quotes.last == rest.count - 1, !startsWithQuote else { return rest }
    let isWhole = quotes.count == 2 || !" \t".utf8.contains(rest[quotes[1] + 1])
    return isWhole ? Array(rest.dropFirst().dropLast()) : rest
  }

  /// How many bytes stand before the line itself.
  private static func lengthOfWrapping(_ line: [UInt8]) -> Int {
    // Each byte is a character of its own, so that lengths are those of the bytes.
    var text = String(String.UnicodeScalarView(line.map { Unicode.Scalar($0) }))
    func take(_ pattern: String) -> String? {
      guard let found = text.range(of: "(?s)" + pattern, options: [.regularExpression, .anchored]) else { return nil }
      defer { text.removeSubrange(found) }
      return String(text[found])
    }
    let isVersioned = take("<[0-9]*>(1 )?")?.hasSuffix(" ") ?? false
    if take(month + " .. " + clock + " (?=.)") != nil {
      _ = take(hostAndTag)
    } else if take("....-..-..T" + clock + "[^ ]+ ") != nil {
      if isVersioned {
        if take("([^ ]+ ){4}") != nil, take(structuredData) == nil { text = "" }
      } else if take("std[^ ]{3} [^ ]+ ") == nil {
        _ = take(hostAndTag)
      }
    } else {
      _ = take("[^ ]+ +\\| ")
    }
    return line.count - text.unicodeScalars.count
  }

  private static let month = "(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
  private static let clock = "([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)"
  private static let hostAndTag = "([^ ]*: +|[^ ]+ [^ ]*: +|[^ ]+ +)"
  private static let structuredData = "((\\[(\\\\.|[^\\]\\\\])*\\])+|(?!\\[)[^ ]+) "
}
