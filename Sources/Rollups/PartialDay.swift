import Sessions

/// The statistics of some visitors of one day of one site, with texts instead of symbols, so that those of the
/// day's other visitors can be added.
///
/// Some rules identify robots by whether people load assets (`Sessions.DayFacts`), which is known only when all
/// parts have been added. So visitors whose verdict depends on that are counted both ways.
public struct PartialDay: Sendable {
  /// The days for which counts are valid.
  public enum Condition: String, CaseIterable, Sendable {
    /// All days.
    case always
    /// Days on which people load assets.
    case loading
    /// All other days.
    case notLoading = "not_loading"
  }

  /// A value of a dimension.
  public struct Value: Hashable, Sendable {
    /// The dimension.
    public var dimension: Dimension
    /// The value; the number of the hour for hours, empty for the total.
    public var text: String

    /// Creates a value.
    public init(dimension: Dimension, text: String) {
      self.dimension = dimension
      self.text = text
    }
  }

  /// The facts about the day that these visitors contribute.
  public var facts = DayFacts()
  private var rows: [Condition: [Value: Counts]] = [:]
  /// By source, channel, country, browser, system, device.
  private var cells: [Condition: [[String]: [Int64]]] = [:]

  /// Creates a part without visitors.
  public init() {}

  /// Adds the counts of a value.
  public mutating func add(_ counts: Counts, to value: Value, on condition: Condition) {
    rows[condition, default: [:]][value, default: Counts()] += counts
  }

  /// Adds the measures of a cell of the visit cube, in the order of ``CubeCell/measures``.
  ///
  /// - Parameter texts: source, channel, country, browser, system, device.
  public mutating func add(_ measures: [Int64], toCell texts: [String], on condition: Condition) {
    Self.add(measures, &cells[condition, default: [:]][texts, default: []])
  }

  private static func add(_ measures: [Int64], _ sums: inout [Int64]) {
    sums = sums.isEmpty ? measures : zip(sums, measures).map { $0 + $1 }
  }

  private var conditions: [Condition] { [.always, facts.peopleLoadAssets ? .loading : .notLoading] }

  /// Returns the counts of all values, once all visitors of the day have been added.
  ///
  /// - Parameters:
  ///   - cap: how many values of a dimension are kept: those with most visitors.
  ///   - other: the text of the value that takes the counts of the rest.
  public func rows(cap: Int, other: String) -> [(value: Value, counts: Counts)] {
    var sums: [Value: Counts] = [:]
    for condition in conditions { sums.merge(rows[condition] ?? [:]) { $0.adding($1) } }
    var capped: [(value: Value, counts: Counts)] = []
    for (dimension, entries) in Dictionary(grouping: sums, by: \.key.dimension) {
      let values = entries.map { (value: ByteOrder(text: $0.key.text), counts: $0.value) }
      capped += ValueCap.apply(cap, to: values, other: ByteOrder(text: other))
        .map { (Value(dimension: dimension, text: $0.text), $1) }
    }
    return capped
  }

  /// The cells of the visit cube, once all visitors of the day have been added.
  public var cubeCells: [(texts: [String], measures: [Int64])] {
    var sums: [[String]: [Int64]] = [:]
    for condition in conditions {
      for (texts, measures) in cells[condition] ?? [:] { Self.add(measures, &sums[texts, default: []]) }
    }
    return sums.map { ($0.key, $0.value) }
  }
}

/// A text ordered by its bytes, like the ranks of texts.
private struct ByteOrder: Comparable, Sendable {
  let text: String

  static func < (left: ByteOrder, right: ByteOrder) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

extension Counts {
  fileprivate func adding(_ other: Counts) -> Counts {
    var sum = self
    sum += other
    return sum
  }
}
