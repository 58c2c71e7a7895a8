/// Reads times the slow way: by their shape, one form after another.
enum SlowTime {
  typealias Reading = (seconds: Int64, length: Int)

  /// Returns the time at the start of a text and its length in bytes. Times without a zone are UTC.
  static func read(_ text: [UInt8]) -> Reading? {
    guard text.count >= 5 else { return nil }
    if text[2] == UInt8(ascii: "/") {
      guard fits(text, "00/Mon/0000:00:00:00") || fits(text, "00/Mon/0000 00:00:00") else { return nil }
      let local = text[..<11] + Array(":".utf8) + text[12..<20]
      return instant(Array(local), Array(text[20...])).map { ($0.seconds, 20 + $0.length) }
    }
    if "-/".utf8.contains(text[4]) {
      guard let date = date(text), fits(text, "0000?00?00?00:00:00"), "Tt _\t|,;".utf8.contains(text[10]) else {
        return nil
      }
      let local = date + Array(":".utf8) + text[11..<19]
      let rest = Array(text[19...])
      if text[10] != UInt8(ascii: "_") { return instant(local, rest).map { ($0.seconds, 19 + $0.length) } }
      return SlowLineParser.timestamp(local + Array(" +0000".utf8)).map { ($0, 19 + fraction(rest)) }
    }
    return epoch(text)
  }

  /// Returns the time between two brackets, which `UTC` or `GMT` may follow.
  static func readBracketed(_ text: [UInt8]) -> Int64? {
    guard let time = read(text) else { return nil }
    let rest = text.dropFirst(time.length)
    return ["", " UTC", " GMT"].contains { rest.elementsEqual($0.utf8) } ? time.seconds : nil
  }

  /// Returns the first second of the day at the start of a text: `2024-10-10` or `2024/10/10`.
  static func day(_ text: [UInt8]) -> Reading? {
    date(text).flatMap { SlowLineParser.timestamp($0 + Array(":00:00:00 +0000".utf8)) }.map { ($0, 10) }
  }

  /// Returns the seconds since midnight of a clock time, with or without fractions of a second.
  static func clock(_ text: [UInt8]) -> Reading? {
    guard fits(text, "00:00:00"),
      let seconds = SlowLineParser.timestamp(Array("01/Jan/1970:".utf8) + text[..<8] + Array(" +0000".utf8))
    else { return nil }
    return (seconds, 8 + fraction(Array(text[8...])))
  }

  /// Returns `10/Oct/2024` for `2024-10-10`.
  private static func date(_ text: [UInt8]) -> [UInt8]? {
    guard fits(text, "0000-00-00") || fits(text, "0000/00/00"),
      let month = Int(String(decoding: text[5..<7], as: UTF8.self)), (1...12).contains(month)
    else { return nil }
    return text[8..<10] + Array("/\(months[month - 1])/".utf8) + text[..<4]
  }

  /// Returns the instant of a local time and what follows it: fractions of a second, and an offset with or without a
  /// blank before it.
  private static func instant(_ local: [UInt8], _ rest: [UInt8]) -> Reading? {
    guard let seconds = SlowLineParser.timestamp(local + Array(" +0000".utf8)) else { return nil }
    let decimals = fraction(rest)
    let rest = Array(rest[decimals...])
    if "Zz".utf8.contains(rest.first ?? 0) { return (seconds, decimals + 1) }
    let blanks = rest.first == UInt8(ascii: " ") ? 1 : 0
    guard let offset = offset(Array(rest[blanks...])) else { return (seconds, decimals) }
    return (seconds - offset.seconds, decimals + blanks + offset.length)
  }

  /// Reads `+05:30`, `+0530` or `+05`.
  private static func offset(_ text: [UInt8]) -> Reading? {
    guard let sign = text.first, "+-".utf8.contains(sign) else { return nil }
    let digits = Array(text.dropFirst())
    guard fits(digits, "00"), let hours = number(digits[..<2]), hours <= 15 else { return nil }
    var minutes: Int64 = 0
    var length = 3
    for shape in ["00:00", "0000"] where fits(digits, shape) {
      minutes = number(digits[(shape.utf8.count - 2)..<shape.utf8.count]) ?? 99
      length = shape.utf8.count + 1
    }
    guard minutes <= 59 else { return nil }
    let seconds = (hours * 60 + minutes) * 60
    return (sign == UInt8(ascii: "-") ? -seconds : seconds, length)
  }

  /// Reads up to nineteen digits, in whatever unit puts them before 2101, and decimals.
  private static func epoch(_ text: [UInt8]) -> Reading? {
    let digits = text.prefix(19).prefix { (0x30...0x39).contains($0) }
    guard var value = number(digits), value > 0 else { return nil }
    while value >= 4_133_980_800 { value /= 1_000 }
    return (value, digits.count + fraction(Array(text[digits.count...])))
  }

  /// Returns the length of `.123` or `,123` in bytes.
  private static func fraction(_ text: [UInt8]) -> Int {
    guard let first = text.first, ".,".utf8.contains(first) else { return 0 }
    let digits = text.dropFirst().prefix { (0x30...0x39).contains($0) }
    return digits.isEmpty ? 0 : digits.count + 1
  }

  /// Returns whether a text matches a shape: digits for its zeros, anything for its letters and `?`, and its other
  /// characters literally.
  private static func fits(_ text: [UInt8], _ shape: String) -> Bool {
    guard text.count >= shape.utf8.count else { return false }
    return zip(text, shape.utf8).allSatisfy { byte, expected in
      expected == UInt8(ascii: "0")
        ? (0x30...0x39).contains(byte) : "Mon?".utf8.contains(expected) || byte == expected
    }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int64? { Int64(String(decoding: digits, as: UTF8.self)) }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
}
