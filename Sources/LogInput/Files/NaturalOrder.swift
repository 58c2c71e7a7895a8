/// Orders names as people do: runs of digits by their value, so that `.10` comes after `.2`.
public enum NaturalOrder {
  /// Whether one name comes before another.
  public static func isBefore(_ left: String, _ right: String) -> Bool {
    var one = Array(left.utf8)[...]
    var other = Array(right.utf8)[...]
    while let first = one.first, let second = other.first {
      if isDigit(first), isDigit(second) {
        let number = takeNumber(&one)
        let otherNumber = takeNumber(&other)
        if number.count != otherNumber.count { return number.count < otherNumber.count }
        if number != otherNumber { return number.lexicographicallyPrecedes(otherNumber) }
      } else if first != second {
        return first < second
      } else {
        one.removeFirst()
        other.removeFirst()
      }
    }
    return one.count != other.count ? one.count < other.count : left < right
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= 0x30 && byte <= 0x39
  }

  /// Consumes the digits at the start, and returns them without leading zeros.
  private static func takeNumber(_ text: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let digits = text.prefix(while: isDigit)
    text = text.dropFirst(digits.count)
    return digits.drop { $0 == 0x30 }
  }
}
