import Foundation

/// A regular expression on bytes. Each byte is one character, so lengths are in bytes.
struct SlowPattern {
  private let expression: NSRegularExpression

  init(_ pattern: String) {
    guard let expression = try? NSRegularExpression(pattern: pattern, options: .dotMatchesLineSeparators) else {
      preconditionFailure("no expression: \(pattern)")
    }
    self.expression = expression
  }

  /// Returns the groups of a match at the start of the text, the whole match first, or nil if there is no match.
  func groups(_ text: [UInt8]) -> [[UInt8]?]? {
    let characters = String(String.UnicodeScalarView(text.map { Unicode.Scalar($0) }))
    let whole = NSRange(location: 0, length: text.count)
    guard let found = expression.firstMatch(in: characters, options: .anchored, range: whole) else { return nil }
    return (0..<found.numberOfRanges).map { group in
      let range = found.range(at: group)
      return range.location == NSNotFound ? nil : Array(text[range.location..<range.location + range.length])
    }
  }

  /// Returns how many bytes the expression matches at the start of the text, or nil if it does not match.
  func length(_ text: [UInt8]) -> Int? { groups(text)?[0]?.count }
}
