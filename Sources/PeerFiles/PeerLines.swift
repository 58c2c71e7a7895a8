/// The lines of a file, one after the other, without their line ends.
struct PeerLines {
  let bytes: [UInt8]
  /// The number of the last line returned, from 1.
  private(set) var number = 0
  private var next = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Returns the place of the next line; nil at the end.
  mutating func nextLine() -> Range<Int>? {
    guard next < bytes.count else { return nil }
    let start = next
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    next = end + 1
    number += 1
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// Returns the next line as text; nil at the end.
  mutating func nextText() -> String? { nextLine().map { PeerText.text(bytes[$0]) } }
}

/// Bytes as texts and numbers.
enum PeerText {
  /// Returns bytes as text: as UTF-8, or each byte as a character of Latin-1 if they are no UTF-8. AWStats writes both,
  /// as they stood in the log.
  static func text(_ bytes: ArraySlice<UInt8>) -> String {
    String(validating: bytes, as: UTF8.self) ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
  }

  /// Returns bytes without the mark of UTF-8 that editors put at the start of a file.
  static func withoutMark(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
  }

  /// Returns whether bytes start with a text.
  static func has(_ prefix: String, _ bytes: ArraySlice<UInt8>) -> Bool { bytes.starts(with: prefix.utf8) }

  /// Returns a whole number; nil if it is none or does not fit. Perl writes numbers beyond 15 digits as `1.5e+15`.
  static func number(_ bytes: ArraySlice<UInt8>) -> Int64? {
    guard let first = bytes.first else { return nil }
    var number: Int64 = 0
    for byte in first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes {
      guard byte >= 48, byte <= 57 else { return roundNumber(bytes) }
      let (tens, isTooLarge) = number.multipliedReportingOverflow(by: 10)
      let (sum, isTooLargeNow) = tens.addingReportingOverflow(Int64(byte - 48))
      guard !isTooLarge, !isTooLargeNow else { return nil }
      number = sum
    }
    return first == UInt8(ascii: "-") ? (bytes.count > 1 ? -number : nil) : number
  }

  private static func roundNumber(_ bytes: ArraySlice<UInt8>) -> Int64? {
    Double(String(decoding: bytes, as: UTF8.self)).flatMap { Int64(exactly: $0) }
  }

  /// Returns a sum; of numbers that no program can have counted, the largest one there is.
  static func sum(_ left: Int64, _ right: Int64) -> Int64 {
    let (sum, isTooLarge) = left.addingReportingOverflow(right)
    return isTooLarge ? .max : sum
  }

  /// Returns the number of a text.
  static func number(_ text: some StringProtocol) -> Int64? { number(Array(text.utf8)[...]) }
}
