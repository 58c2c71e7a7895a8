import Sessions

/// The statistics of some visitors of one day of one site, with texts in place of symbols: those of other visitors of the
/// day can be added.
///
/// Whether a visitor is a robot by some rules hangs on whether people load parts of pages (`Sessions.DayFacts`), which is
/// known when all parts are together. So visitors whose verdict hangs on it are counted both ways.
public struct PartialDay: Sendable {
  /// For which days counts hold.
  public enum Condition: String, CaseIterable, Sendable {
    /// For any.
    case always
    /// For days on which people load parts of pages.
    case loading
    /// For all others.
    case notLoading = "not_loading"
  }

  /// A value of a dimension.
  public struct Value: Hashable, Sendable {
    /// What is broken down.
    public var dimension: Dimension
    /// The value; the hour's number for hours, nothing for the total.
    public var text: String

    /// Makes a value.
    public init(dimension: Dimension, text: String) {
      self.dimension = dimension
      self.text = text
    }
  }

  /// What holds for the day as far as these visitors tell.
  public var facts = DayFacts()
  private var rows: [Condition: [Value: Counts]] = [:]
  /// By source, channel, country, browser, system, device.
  private var cells: [Condition: [[String]: [Int64]]] = [:]

  /// A part without visitors.
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

  /// The counts of all values, once all visitors of the day are added.
  ///
  /// - Parameters:
  ///   - cap: how many values of a dimension are kept, those of most visitors first.
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

  /// The cells of the visit cube, once all visitors of the day are added.
  public var cubeCells: [(texts: [String], measures: [Int64])] {
    var sums: [[String]: [Int64]] = [:]
    for condition in conditions {
      for (texts, measures) in cells[condition] ?? [:] { Self.add(measures, &sums[texts, default: []]) }
    }
    return sums.map { ($0.key, $0.value) }
  }
}

/// A text in the order of its bytes, as ranks of texts are.
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
