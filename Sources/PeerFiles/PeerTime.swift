import Hits

/// Times in exports.
enum PeerTime {
  /// Returns the Unix seconds of `2024-01-31T10:20:30Z` (RFC 3339), or of the same with a blank and without a zone, as
  /// SQLite writes it, in UTC. What follows the zone after a blank, such as Go's name of it, is not read.
  static func instant(_ text: String) -> Int64? {
    var reader = Reader(bytes: Array(text.utf8)[...])
    guard let day = DayName.day(named: String(text.prefix(10))), text.utf8.count >= 16 else { return nil }
    reader.bytes = reader.bytes.dropFirst(10)
    guard reader.take("T") || reader.take(" "), let hour = reader.twoDigits(), hour < 24, reader.take(":"),
      let minute = reader.twoDigits(), minute < 60
    else { return nil }
    var second: Int64 = 0
    if reader.take(":") {
      guard let seconds = reader.twoDigits(), seconds <= 60 else { return nil }
      second = seconds
      if reader.take(".") {
        guard reader.skipDigits() else { return nil }
      }
    }
    guard let offset = reader.offset() else { return nil }
    return Int64(day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
  }

  private struct Reader {
    var bytes: ArraySlice<UInt8>

    mutating func take(_ text: String) -> Bool {
      guard bytes.starts(with: text.utf8) else { return false }
      bytes = bytes.dropFirst(text.utf8.count)
      return true
    }

    mutating func twoDigits() -> Int64? {
      let digits = bytes.prefix(2)
      guard digits.count == 2, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
      bytes = bytes.dropFirst(2)
      return digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
    }

    /// Skips digits, and returns whether there were any.
    mutating func skipDigits() -> Bool {
      let count = bytes.prefix { (48...57).contains($0) }.count
      bytes = bytes.dropFirst(count)
      return count > 0
    }

    /// Returns the offset of the zone in seconds, 0 if there is none; nil if what is left is no zone.
    mutating func offset() -> Int64? {
      let afterTime = bytes
      _ = take(" ")
      var offset: Int64 = 0
      if take("Z") || take("UTC") {
        // Is Greenwich's time.
      } else if let sign = [(1, "+"), (-1, "-")].first(where: { take($0.1) })?.0 {
        guard let hours = twoDigits() else { return nil }
        _ = take(":")
        guard let minutes = twoDigits() else { return nil }
        offset = Int64(sign) * (hours * 3_600 + minutes * 60)
      } else {
        bytes = afterTime
      }
      return bytes.isEmpty || bytes.first == UInt8(ascii: " ") ? offset : nil
    }
  }
}
