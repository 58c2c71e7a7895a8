import Hits

/// Collects the numbers of a period. Numbers of the same value are added up: two pages can become one when queries and
/// personal data are dropped. Their visitors are unknown then, because the two may have some in common.
struct PartBuilder {
  private struct Key: Hashable {
    var step: PastStep
    var day: Int32
    var dimension: String
    var value: String
  }

  private struct MeasureKey: Hashable {
    var key: Key
    var measure: String
  }

  private let origin: PastOrigin
  /// The places of the numbers with which a value came first.
  private var places: [Key: Range<Int>] = [:]
  /// The places of measures that a value got later.
  private var later: [MeasureKey: Int] = [:]
  private var all: [PastRow] = []
  /// The places of numbers that are unknown, because values with visitors in common became one.
  private var unknown: Set<Int> = []

  /// The numbers.
  var rows: [PastRow] { unknown.isEmpty ? all : all.indices.lazy.filter { !unknown.contains($0) }.map { all[$0] } }

  /// - Parameter values: how many values to expect.
  init(_ origin: PastOrigin, values: Int = 0) {
    self.origin = origin
    places.reserveCapacity(values)
    all.reserveCapacity(values * 2)
  }

  /// Adds a number.
  mutating func add(
    _ number: Int64, _ measure: String, of value: String = "", in dimension: String = PastRow.total, _ step: PastStep,
    _ day: Int32
  ) {
    add([(measure, number)], of: value, in: dimension, step, day)
  }

  /// Adds the numbers of a value, by measure. In lists, zeros say nothing and are dropped.
  mutating func add(
    _ numbers: [(measure: String, number: Int64)], of value: String = "", in dimension: String = PastRow.total,
    _ step: PastStep, _ day: Int32
  ) {
    let key = Key(step: step, day: day, dimension: dimension, value: value)
    let isTotal = dimension == PastRow.total
    let known = places[key]
    let start = all.count
    for (measure, number) in numbers where isTotal || number != 0 {
      if let known, let place = place(of: measure, key, known) {
        all[place].number = PeerText.sum(all[place].number, number)
        if !isTotal, origin.overlaps(measure, in: dimension) { unknown.insert(place) }
      } else {
        if known != nil { later[MeasureKey(key: key, measure: measure)] = all.count }
        all.append(PastRow(step, day, dimension, value, measure, number))
      }
    }
    if known == nil { places[key] = start..<all.count }
  }

  private func place(of measure: String, _ key: Key, _ known: Range<Int>) -> Int? {
    known.first { all[$0].measure == measure } ?? later[MeasureKey(key: key, measure: measure)]
  }

  /// Returns the part with all numbers.
  func part(
    source: String = "", _ period: ClosedRange<Int32>, covered: ClosedRange<Int32>? = nil,
    state: Int64 = 0, size: Int64 = 0
  ) -> PastPart {
    let rows = rows
    return PastPart(
      origin: origin, source: source, period: period, covered: covered ?? period, state: state, size: size,
      identity: Self.identity(rows), rows: rows)
  }

  /// Returns a checksum of rows in any order. The programs write most of their lists in an order that differs from run to
  /// run, so the bytes of a file do not identify it.
  private static func identity(_ rows: [PastRow]) -> [UInt8] {
    var sums = (UInt64(rows.count), UInt64(0))
    for row in rows {
      var hash = RowHash()
      hash.add(row.step.rawValue)
      hash.add(Int64(row.day))
      hash.add(row.dimension)
      hash.add(row.value)
      hash.add(row.measure)
      hash.add(row.number)
      sums.0 &+= hash.mixed(0x9E37_79B9_7F4A_7C15)
      sums.1 &+= hash.mixed(0xD1B5_4A32_D192_ED03)
    }
    return [sums.0, sums.1].flatMap { sum in (0..<8).map { UInt8(truncatingIfNeeded: sum >> UInt64($0 * 8)) } }
  }
}

/// A checksum of one row: FNV-1a with 64 bits (<http://www.isthe.com/chongo/tech/comp/fnv/>).
private struct RowHash {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func add(_ text: String) {
    for byte in text.utf8 { add(byte) }
    add(0xFF as UInt8)
  }

  mutating func add(_ number: Int64) {
    for shift in stride(from: 0, to: 64, by: 8) { add(UInt8(truncatingIfNeeded: number >> Int64(shift))) }
  }

  private mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

  /// Returns the checksum, spread over all bits, so that sums of several tell as much (finaliser of SplitMix64).
  func mixed(_ salt: UInt64) -> UInt64 {
    var value = state &+ salt
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}

/// Periods of the calendar.
enum PeerDate {
  /// Returns the days of a month; nil if there is no such month.
  static func month(_ year: Int, _ month: Int) -> ClosedRange<Int32>? {
    guard (1970...9_999).contains(year), (1...12).contains(month) else { return nil }
    let first = DayName.days(year: year, month: month, day: 1)
    let next = DayName.days(year: month == 12 ? year + 1 : year, month: month == 12 ? 1 : month + 1, day: 1)
    return first...next - 1
  }

  /// Returns the day of eight digits, such as `20240131`; nil if there is no such day.
  static func day(_ digits: Int64) -> Int32? {
    let (year, month, day) = (Int(digits / 10_000), Int(digits / 100 % 100), Int(digits % 100))
    guard let days = self.month(year, month), (1...days.count).contains(day) else { return nil }
    return days.lowerBound + Int32(day) - 1
  }

  /// Returns the name of a month, such as `2024-01`.
  static func monthName(_ day: Int32) -> String { String(DayName.name(day).prefix(7)) }
}
