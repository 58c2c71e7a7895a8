import Foundation

/// Expressions on bytes, each of which is a character of its own, so that lengths are those of the bytes.
struct SlowPattern {
  private let expression: NSRegularExpression

  init(_ pattern: String) {
    guard let expression = try? NSRegularExpression(pattern: pattern, options: .dotMatchesLineSeparators) else {
      preconditionFailure("no expression: \(pattern)")
    }
    self.expression = expression
  }

  /// The groups of what the expression fits at the start of the text, the whole of it first; nil where it does not fit.
  func groups(_ text: [UInt8]) -> [[UInt8]?]? {
    let characters = String(String.UnicodeScalarView(text.map { Unicode.Scalar($0) }))
    let whole = NSRange(location: 0, length: text.count)
    guard let found = expression.firstMatch(in: characters, options: .anchored, range: whole) else { return nil }
    return (0..<found.numberOfRanges).map { group in
      let range = found.range(at: group)
      return range.location == NSNotFound ? nil : Array(text[range.location..<range.location + range.length])
    }
  }

  /// How many bytes at the start of the text the expression fits; nil where it does not fit.
  func length(_ text: [UInt8]) -> Int? { groups(text)?[0]?.count }
}
