import Hits

/// A file with the transitions of a time zone, in the format TZif of RFC 9636, versions 2 to 4.
struct ZoneFile {
  /// Seconds east of UTC before the first transition.
  private var firstOffset: Int32 = 0
  /// All transitions in the file, in order.
  private var transitions: [LocalCalendar.Transition] = []
  /// The rule for the time behind them; nil if there is none.
  private var rule: ZoneRule?

  /// Reads a file; nil if it has another format.
  init?(_ bytes: [UInt8]) {
    // The first part holds the years to 2037 with four bytes for each instant, the second all years with eight.
    guard let first = Part(bytes, at: 0, wordSize: 4), first.version >= UInt8(ascii: "2"),
      let part = Part(bytes, at: first.end, wordSize: 8), part.typeCount > 0
    else { return nil }
    func offset(ofType type: Int) -> Int32 {
      Int32(truncatingIfNeeded: Part.number(bytes, part.types + type * Part.typeSize, size: 4))
    }
    firstOffset = offset(ofType: 0)
    for index in 0..<part.timeCount {
      let type = Int(bytes[part.times + part.timeCount * 8 + index])
      guard type < part.typeCount else { return nil }
      transitions.append(
        LocalCalendar.Transition(
          instant: Part.number(bytes, part.times + index * 8, size: 8), offset: offset(ofType: type)))
    }
    guard bytes.count > part.end + 1, bytes[part.end] == UInt8(ascii: "\n"),
      let end = bytes[(part.end + 1)...].firstIndex(of: UInt8(ascii: "\n"))
    else { return nil }
    let text = bytes[(part.end + 1)..<end]
    if !text.isEmpty {
      guard let rule = ZoneRule(text) else { return nil }
      self.rule = rule
    }
  }

  /// Returns the calendar of some years.
  func calendar(years: Range<Int>) -> LocalCalendar {
    let first = Int64(DayName.days(year: years.lowerBound, month: 1, day: 1)) * 86_400
    let last = Int64(DayName.days(year: years.upperBound, month: 1, day: 1)) * 86_400
    var all = transitions
    if let rule {
      let end = all.last?.instant ?? .min
      // A zone without transitions has had the offset of its rule for ever.
      if all.isEmpty, rule.isConstant { return LocalCalendar(firstOffset: rule.standardOffset) }
      all += years.flatMap(rule.transitions(inYear:)).sorted { $0.instant < $1.instant }.filter { $0.instant > end }
    }
    var offset = all.last { $0.instant <= first }?.offset ?? firstOffset
    let before = offset
    var changes: [LocalCalendar.Transition] = []
    for transition in all where transition.instant > first && transition.instant < last && transition.offset != offset {
      changes.append(transition)
      offset = transition.offset
    }
    return LocalCalendar(firstOffset: before, transitions: changes)
  }

  /// A header and where its data are.
  private struct Part {
    static let headerSize = 44
    static let typeSize = 6
    var version: UInt8
    /// The number of transitions, and where they start: first all instants, then a byte with the type of each.
    var timeCount: Int
    var times: Int
    /// The number of types, and where they start: offset, whether it is daylight saving time, name.
    var typeCount: Int
    var types: Int
    /// Where the part ends.
    var end: Int

    init?(_ bytes: [UInt8], at start: Int, wordSize: Int) {
      guard bytes.count >= start + Self.headerSize, bytes[start..<start + 4].elementsEqual("TZif".utf8) else {
        return nil
      }
      version = bytes[start + 4]
      let counts = (0..<6).map { Int(Self.number(bytes, start + 20 + $0 * 4, size: 4)) }
      guard counts.allSatisfy({ $0 < 1 << 20 }) else { return nil }
      let (universal, standard, leaps, names) = (counts[0], counts[1], counts[2], counts[5])
      (timeCount, typeCount) = (counts[3], counts[4])
      times = start + Self.headerSize
      types = times + timeCount * (wordSize + 1)
      end = types + typeCount * Self.typeSize + names + leaps * (wordSize + 4) + standard + universal
      guard end <= bytes.count else { return nil }
    }

    /// Returns a big-endian number.
    static func number(_ bytes: [UInt8], _ start: Int, size: Int) -> Int64 {
      var value: UInt64 = 0
      for index in start..<start + size { value = value << 8 | UInt64(bytes[index]) }
      return Int64(bitPattern: value)
    }
  }
}
