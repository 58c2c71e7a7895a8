import ByteScanning
import Hits
import Rollups
import Sessions

/// Counts the visitors of one day of one site, one after the other.
///
/// Texts get symbols in the order of their arrival, so hits are sorted here by their texts, not by their symbols.
final class DayReducer {
  /// The rules that detect robots by their behaviour.
  private let rules: BehaviourRules
  /// The facts of the day, as far as its visitors so far show them.
  private(set) var facts = DayFacts()
  /// Texts of pages and of all values.
  private(set) var values = SymbolTable()
  private var acquisitions = SymbolTable()
  private var events = SymbolTable()
  private var clients = SymbolTable()
  private var places = SymbolTable()
  private var attributes = JoinedAttributes()
  private var probes: [UInt32: ProbePaths.Kind] = [:]
  /// The hour of each quarter of an hour that occurred; -1 for others.
  private var hours = [Int](repeating: -1, count: DayReducer.quarters)
  private var rollups: [PartialDay.Condition: DayRollup] = [:]
  private let ruleNames: [BehaviourRule: UInt32]

  /// The number of quarters of an hour in the longest day.
  private static let quarters = 100
  /// The facts of a day on which visitors load the assets of pages.
  private static let loading = DayFacts(returning: 10, loading: 10)

  /// Creates a day without visitors.
  init(rules: BehaviourRules) {
    self.rules = rules
    var names: [BehaviourRule: UInt32] = [:]
    for rule in BehaviourRule.allCases { names[rule] = values.intern(rule.name) }
    ruleNames = names
    var tables = AttributeTables()
    tables.hourOfQuarter = [UInt32](repeating: 0, count: Self.quarters)
    tables.events.append(.init(name: values.intern(""), properties: []))
    _ = events.intern("")
    for condition in PartialDay.Condition.allCases { rollups[condition] = DayRollup(tables: tables) }
  }

  /// The names of the rules.
  var rulesText: String { rules.text }

  /// Returns the rows and cells counted under a condition; their symbols are those of ``values``.
  func rollup(_ condition: PartialDay.Condition) -> DayRollup? { rollups[condition] }

  /// Adds a visitor with all its hits and signals.
  func add(client: UInt32, place: UInt32, hits: [TimedHit], signals: Signals) {
    let usual = verdict(DayFacts(), hits, signals)
    if usual == nil { facts.add(hits: hits, signals: signals) }
    let loading = verdict(Self.loading, hits, signals)
    let sorted = hits.sorted(by: isBefore)
    if usual == loading {
      add(client, place, sorted, usual, to: .always)
    } else {
      add(client, place, sorted, usual, to: .notLoading)
      add(client, place, sorted, loading, to: .loading)
    }
  }

  private func verdict(_ facts: DayFacts, _ hits: [TimedHit], _ signals: Signals) -> BehaviourRule? {
    Behaviour(rules: rules, facts: facts, probes: probes).verdict(hits: hits, signals: signals)
  }

  private func add(
    _ client: UInt32, _ place: UInt32, _ hits: [TimedHit], _ robot: BehaviourRule?, to condition: PartialDay.Condition
  ) {
    if let robot {
      rollups[condition]?.addRobot(rule: ruleNames[robot] ?? 0, hits: hits)
    } else {
      rollups[condition]?.add(client: client, place: place, sorted: hits)
    }
  }

  /// Returns whether a hit precedes another in the order in which a database counts hits: by time, kind and texts.
  private func isBefore(_ left: TimedHit, _ right: TimedHit) -> Bool {
    if left.second != right.second { return left.second < right.second }
    if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
    if left.page != right.page { return values.isOrdered(left.page, before: right.page) }
    if left.acquisition != right.acquisition {
      return acquisitions.isOrdered(left.acquisition, before: right.acquisition)
    }
    return events.isOrdered(left.event, before: right.event)
  }
}

// Symbols of texts.
extension DayReducer {
  /// Notes the hour of a quarter of an hour since the start of the day.
  func note(hour: Int, of second: Int) {
    let quarter = min(second / 900, Self.quarters - 1)
    guard hours[quarter] != hour else { return }
    hours[quarter] = hour
    for condition in PartialDay.Condition.allCases { rollups[condition]?.tables.hourOfQuarter[quarter] = UInt32(hour) }
  }

  /// Returns the symbol of a pathname.
  func page(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    let known = values.count
    let symbol = values.intern(bytes, range)
    if values.count > known { noteProbe(symbol) }
    return symbol
  }

  private func noteProbe(_ symbol: UInt32) {
    let kind = values.withBytes(of: symbol) { ProbePaths.kind(of: $0) }
    if let kind { probes[symbol] = kind }
  }

  /// Assigns symbols to values that are not pages; pages with the same texts may come later.
  private func withValues<Attributes>(_ make: (inout SymbolTable) -> Attributes) -> Attributes {
    let known = values.count
    let attributes = make(&values)
    for symbol in known..<values.count { noteProbe(UInt32(symbol)) }
    return attributes
  }

  /// Returns the symbol of a client.
  func client(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    let (symbol, isNew) = Self.intern(bytes, range, in: &clients)
    guard isNew else { return symbol }
    let client = withValues { attributes.client(bytes.extracting(range), in: &$0) }
    addToTables { $0.clients.append(client) }
    return symbol
  }

  /// Returns the symbol of a place.
  func place(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    let (symbol, isNew) = Self.intern(bytes, range, in: &places)
    guard isNew else { return symbol }
    let place = withValues { attributes.place(bytes.extracting(range), in: &$0) }
    addToTables { $0.places.append(place) }
    return symbol
  }

  /// Returns the symbol of an acquisition.
  func acquisition(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    let (symbol, isNew) = Self.intern(bytes, range, in: &acquisitions)
    guard isNew else { return symbol }
    let acquisition = withValues { attributes.acquisition(bytes.extracting(range), in: &$0) }
    addToTables { $0.acquisitions.append(acquisition) }
    return symbol
  }

  /// Returns the symbol of an event; 0 for none.
  func event(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    let (symbol, isNew) = Self.intern(bytes, range, in: &events)
    guard isNew else { return symbol }
    let event = withValues { attributes.event(bytes.extracting(range), in: &$0) }
    addToTables { $0.events.append(event) }
    return symbol
  }

  private static func intern(
    _ bytes: Span<UInt8>, _ range: Range<Int>, in table: inout SymbolTable
  ) -> (symbol: UInt32, isNew: Bool) {
    let known = table.count
    let symbol = table.intern(bytes, range)
    return (symbol, table.count > known)
  }

  private func addToTables(_ add: (inout AttributeTables) -> Void) {
    for condition in PartialDay.Condition.allCases {
      if var rollup = rollups.removeValue(forKey: condition) {
        add(&rollup.tables)
        rollups[condition] = rollup
      }
    }
  }

  /// Returns whether one client's text sorts before another's.
  func precedes(client: UInt32, _ other: UInt32) -> Bool { clients.isOrdered(client, before: other) }

  /// Returns whether one place's text sorts before another's.
  func precedes(place: UInt32, _ other: UInt32) -> Bool { places.isOrdered(place, before: other) }
}
