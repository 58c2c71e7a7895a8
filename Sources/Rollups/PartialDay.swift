import Hits
import Sessions

/// The statistics of some visitors of one day of one site, with texts instead of symbols, so that those of the
/// day's other visitors can be added.
///
/// Some rules identify robots by what the day's other visitors did (`Sessions.DayFacts`), which is known only when all
/// parts have been added. So visitors whose verdict depends on that are counted under the condition that decides it.
public struct PartialDay: Sendable {
  /// What decides whether visitors are people or robots. Without any of it, the verdict is final.
  public struct Condition: Hashable, Sendable {
    /// The visitors of one client with one habit.
    public struct Cohort: Hashable, Sendable {
      /// The number of the client.
      public var client: Int
      /// The habit.
      public var habit: Habit

      /// Creates a cohort.
      public init(client: Int, habit: Habit) {
        self.client = client
        self.habit = habit
      }
    }

    /// The rule that removes them on days on which somebody loads parts of pages; nil for none.
    public var ifSomebodyLoads: BehaviourRule?
    /// The rule that removes them on days on which people load them; nil for none.
    public var ifPeopleLoad: BehaviourRule?
    /// The cohort that may be a fleet; nil if they cannot be one.
    public var cohort: Cohort?
    /// Whether they are people who were seen loading and viewed one page, so that this page has parts.
    public var showsParts = false

    /// The condition of visitors whose verdict is final.
    public static let always = Condition()

    /// Whether the verdict on these visitors is final.
    public var isFinal: Bool { ifSomebodyLoads == nil && ifPeopleLoad == nil && cohort == nil }

    /// Bundles conditions.
    public init(ifSomebodyLoads: BehaviourRule? = nil, ifPeopleLoad: BehaviourRule? = nil, cohort: Cohort? = nil) {
      self.ifSomebodyLoads = ifSomebodyLoads
      self.ifPeopleLoad = ifPeopleLoad
      self.cohort = cohort
    }
  }

  /// A value of a dimension.
  public struct Value: Hashable, Sendable {
    /// The dimension.
    public var dimension: Dimension
    /// The value; the number of the hour for hours, empty for the total. Empty for the behaviour of visitors under a
    /// condition, whose rule is not known yet.
    public var text: String

    /// Creates a value.
    public init(dimension: Dimension, text: String) {
      self.dimension = dimension
      self.text = text
    }
  }

  /// What identifies a cell of a cube.
  public struct Cell: Hashable, Sendable {
    /// The cube.
    public var cube: Cube
    /// The values of its dimensions.
    public var texts: [String]
    /// What the visits of the cell are the first in (``Firsts``); nil if the cube has no marks.
    fileprivate var firsts: Int64?

    fileprivate func numbers(_ measures: [Int64]) -> [Int64] { (firsts.map { [$0] } ?? []) + measures }
  }

  /// The statistics of a whole day.
  public struct Sums {
    /// The counts of all values.
    public var rows: [(value: Value, counts: Counts)]
    /// The cells of all cubes, with the numbers that ``Cube/numbers`` names.
    public var cells: [(cell: Cell, numbers: [Int64])]
    /// Whether people load parts of pages.
    public var peopleLoad: Bool
  }

  /// The facts about the day that these visitors contribute.
  public var facts = DayFacts()
  private var rows: [Condition: [Value: Counts]] = [:]
  private var cells: [Condition: [Cell: [Int64]]] = [:]

  /// Creates a part without visitors.
  public init() {}

  /// Adds the counts of a value. Under a condition, those of its visitors as people, and as robots.
  public mutating func add(_ counts: Counts, to value: Value, on condition: Condition) {
    rows[condition, default: [:]][value, default: Counts()] += counts
  }

  /// Adds the numbers of a cell, in the order of ``Cube/numbers``.
  ///
  /// - Parameter texts: the values of the cube's dimensions.
  public mutating func add(_ numbers: [Int64], to cube: Cube, _ texts: [String], on condition: Condition) {
    let hasFirsts = !cube.markedDimensions.isEmpty
    let cell = Cell(cube: cube, texts: texts, firsts: hasFirsts ? numbers.first : nil)
    Self.add(Array(numbers.dropFirst(hasFirsts ? 1 : 0)), &cells[condition, default: [:]][cell, default: []])
  }

  private static func add(_ measures: [Int64], _ sums: inout [Int64]) {
    sums = sums.isEmpty ? measures : zip(sums, measures).map { $0 + $1 }
  }

  /// Returns the statistics of the day, once all its visitors have been added.
  ///
  /// - Parameters:
  ///   - cap: how many values of a dimension are kept: those with most visitors.
  ///   - cubeCap: how many pages have cells of their own.
  ///   - other: the text of the value that takes the counts of the rest.
  public func sums(cap: Int, cubeCap: Int, other: String) -> Sums {
    let search = FleetSearch(facts)
    let fleets = search.candidates.isEmpty ? nil : fleets(search)
    var sums: [Value: Counts] = [:]
    for (condition, rows) in rows {
      let robot = Self.verdict(on: condition, search.loading, fleets)
      for (value, counts) in rows {
        guard let value = Self.value(value, of: robot, isFinal: condition.isFinal) else { continue }
        sums[value, default: Counts()] += counts
      }
    }
    let kept = KeptTexts(
      Self.capped(sums.filter { KeptTexts.dimensions.contains($0.key.dimension) }, cubeCap, other), other)
    return Sums(
      rows: Self.capped(sums, cap, other), cells: people(search.loading, fleets, kept),
      peopleLoad: search.loading == .people)
  }

  private static func verdict(on condition: Condition, _ loading: Loading, _ fleets: Fleets?) -> BehaviourRule? {
    let rule =
      switch loading {
      case .nobody: nil as BehaviourRule?
      case .somebody: condition.ifSomebodyLoads
      case .people: condition.ifPeopleLoad
      }
    if let rule { return rule }
    guard let cohort = condition.cohort, let fleets else { return nil }
    return fleets.contains(client: cohort.client, cohort.habit) ? .fleet : nil
  }

  /// Returns where the counts of a value belong after the verdict; nil if they do not count.
  private static func value(_ value: Value, of robot: BehaviourRule?, isFinal: Bool) -> Value? {
    if isFinal { return value }
    let isRobots = value.dimension == .behaviour || value.dimension == .behaviourEvent
    guard let robot else { return isRobots ? nil : value }
    return isRobots ? Value(dimension: value.dimension, text: robot.name) : nil
  }

  /// Decides which candidates are fleets, by the pages that all visitors viewed.
  private func fleets(_ search: FleetSearch) -> Fleets {
    var pages = FleetPages(search)
    var numbers: [String: UInt32] = [:]
    for (condition, rows) in rows {
      for (value, counts) in rows where value.dimension == .page {
        let page = numbers[value.text, default: UInt32(numbers.count)]
        numbers[value.text] = page
        if condition.showsParts { pages.add(loading: Int(counts.visitors), of: page) }
        guard let cohort = condition.cohort else { continue }
        pages.add(silent: Int(counts.visitors), client: cohort.client, cohort.habit, of: page)
      }
    }
    return pages.fleets
  }

  private static func capped(_ sums: [Value: Counts], _ cap: Int, _ other: String) -> [(value: Value, counts: Counts)] {
    var capped: [(value: Value, counts: Counts)] = []
    for (dimension, entries) in Dictionary(grouping: sums, by: \.key.dimension) {
      let values = entries.map { (value: ByteOrder(text: $0.key.text), counts: $0.value) }
      capped += ValueCap.apply(cap, to: values, other: ByteOrder(text: other))
        .map { (Value(dimension: dimension, text: $0.text), $1) }
    }
    return capped
  }

  private func people(
    _ loading: Loading, _ fleets: Fleets?, _ kept: KeptTexts
  ) -> [(cell: Cell, numbers: [Int64])] {
    var sums: [Cell: [Int64]] = [:]
    for (condition, cells) in cells where Self.verdict(on: condition, loading, fleets) == nil {
      for (cell, measures) in cells {
        var cell = cell
        if let dimension = cell.cube.cappedDimension {
          for index in 0..<cell.cube.cappedCount { cell.texts[index] = kept.text(cell.texts[index], dimension) }
        }
        Self.add(measures, &sums[cell, default: []])
      }
    }
    return sums.map { ($0.key, $0.key.numbers($0.value)) }
  }
}

/// The pages that have cells of their own.
private struct KeptTexts {
  static let dimensions = Cube.allCases.compactMap(\.cappedDimension)

  private let rows: Set<PartialDay.Value>
  private let other: String

  init(_ rows: [(value: PartialDay.Value, counts: Counts)], _ other: String) {
    self.rows = Set(rows.lazy.map(\.value))
    self.other = other
  }

  /// Returns the text of a cell for a value; an empty one stands for no page.
  func text(_ text: String, _ dimension: Dimension) -> String {
    text.isEmpty || rows.contains(.init(dimension: dimension, text: text)) ? text : other
  }
}

/// A text ordered by its bytes, like the ranks of texts.
private struct ByteOrder: Comparable, Sendable {
  let text: String

  static func < (left: ByteOrder, right: ByteOrder) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}
