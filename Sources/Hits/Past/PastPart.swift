/// The length of the period that a number of the past is about.
public enum PastStep: Int64, CaseIterable, Sendable {
  case day = 0
  case month = 1
  /// All days of the file that the number comes from, because the origin tells no more.
  case whole = 2
}

/// A number that another program counted.
public struct PastRow: Equatable, Sendable {
  /// The dimension of totals.
  public static let total = "total"
  /// The dimension that says which lists the origin cut off: the value is the list's dimension, `rows` how many rows the file
  /// has of it, and `rows_counted` how many the origin had.
  public static let cutList = "cut_list"
  /// The dimensions whose values people wrote, apart from pages and referrers. All others have values of fixed lists, such as
  /// hours, status codes and versions of browsers.
  public static let written: Set<String> = [
    "event", "source", "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term",
  ]
  /// The largest number that is believed: sums over many years do not overflow then.
  public static let mostCounted: Int64 = 10_000_000_000_000_000

  /// The length of its period.
  public var step: PastStep
  /// The first day of its period, in days since 1970-01-01.
  public var day: Int32
  /// What the value is of, such as `page`; ``total`` for the period as a whole.
  public var dimension: String
  /// The value; empty for totals.
  public var value: String
  /// The origin's own name of what was counted.
  public var measure: String
  /// The number, by the origin's own rules.
  public var number: Int64

  /// Creates a row.
  public init(_ step: PastStep, _ day: Int32, _ dimension: String, _ value: String, _ measure: String, _ number: Int64)
  {
    self.step = step
    self.day = day
    self.dimension = dimension
    self.value = value
    self.measure = measure
    self.number = number
  }
}

/// What a file of another program says about one period, such as a month: it comes, is replaced and goes as a whole.
public struct PastPart: Sendable {
  /// The program.
  public var origin: PastOrigin
  /// By what name the origin knows the site, such as AWStats's configuration; empty if the file does not say.
  public var source: String
  /// The period, which no other part of the site and origin may overlap.
  public var period: ClosedRange<Int32>
  /// The first and last day with data, as far as the file says.
  public var covered: ClosedRange<Int32>
  /// Increases with each later state of the same period; 0 if the file does not say.
  public var state: Int64
  /// How much was counted, to see whether a later state goes on from an earlier one.
  public var size: Int64
  /// A checksum of the rows, whatever their order.
  public var identity: [UInt8]
  /// The numbers, each with another step, day, dimension, value and measure.
  public var rows: [PastRow]

  /// Creates a part.
  public init(
    origin: PastOrigin, source: String, period: ClosedRange<Int32>, covered: ClosedRange<Int32>, state: Int64,
    size: Int64, identity: [UInt8], rows: [PastRow]
  ) {
    self.origin = origin
    self.source = source
    self.period = period
    self.covered = covered
    self.state = state
    self.size = size
    self.identity = identity
    self.rows = rows
  }

  /// Removes what is about days after `last`: days, and lists and totals of a period that reaches beyond it, because they
  /// cannot be cut.
  ///
  /// - Returns: whether something was removed; nothing is left if ``rows`` is empty.
  public mutating func cut(after last: Int32) -> Bool {
    guard covered.upperBound > last else { return false }
    rows.removeAll { $0.step != .day || $0.day > last }
    if covered.lowerBound <= last { covered = covered.lowerBound...last }
    // Cut elsewhere, it is another part.
    identity += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: last >> $0) }
    return true
  }
}
