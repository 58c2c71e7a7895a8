import Crypto
import Hits

/// Collects the numbers of a period. Numbers of the same value are added up: two pages can become one when queries and
/// personal data are dropped.
struct PartBuilder {
  private struct Key: Hashable {
    var step: PastStep
    var day: Int32
    var dimension: String
    var value: String
    var measure: String
  }

  private var places: [Key: Int] = [:]
  private(set) var rows: [PastRow] = []

  /// Adds a number. In lists, zeros say nothing and are dropped.
  mutating func add(
    _ number: Int64, _ measure: String, of value: String = "", in dimension: String = PastRow.total, _ step: PastStep,
    _ day: Int32
  ) {
    if number == 0, dimension != PastRow.total { return }
    let key = Key(step: step, day: day, dimension: dimension, value: value, measure: measure)
    if let place = places[key] {
      rows[place].number += number
    } else {
      places[key] = rows.count
      rows.append(PastRow(step, day, dimension, value, measure, number))
    }
  }

  /// Returns the part with all numbers.
  func part(
    _ origin: PastOrigin, source: String = "", _ period: ClosedRange<Int32>, covered: ClosedRange<Int32>? = nil,
    state: Int64 = 0, size: Int64 = 0
  ) -> PastPart {
    PastPart(
      origin: origin, source: source, period: period, covered: covered ?? period, state: state, size: size,
      identity: Self.identity(rows), rows: rows)
  }

  /// Returns a checksum of rows in any order. The programs write most of their lists in an order that differs from run to
  /// run, so the bytes of a file do not identify it.
  private static func identity(_ rows: [PastRow]) -> [UInt8] {
    let lines = rows.map {
      "\($0.step.rawValue)\t\($0.day)\t\($0.dimension)\t\($0.value)\t\($0.measure)\t\($0.number)\n"
    }
    var hash = SHA256()
    for line in lines.sorted() { hash.update(data: Array(line.utf8)) }
    return Array(hash.finalize().prefix(16))
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
