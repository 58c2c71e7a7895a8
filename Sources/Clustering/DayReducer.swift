import ByteScanning
import Hits
import Rollups
import Sessions

/// Counts the visitors of one day of one site, one after the other.
///
/// Texts get symbols in the order of their arrival, so hits are sorted here by their texts, not by their symbols.
final class DayReducer {
  /// The site's settings.
  let rules: DayRules
  /// The facts of the day, as far as its visitors so far show them.
  private(set) var facts = DayFacts()
  /// Texts of pages and of all values.
  private(set) var values = SymbolTable()
  private var acquisitions = SymbolTable()
  private var events = SymbolTable()
  private var clients = SymbolTable()
  private var places = SymbolTable()
  private var attributes = JoinedAttributes()
  private var pages = NotablePages()
  /// The hour of each quarter of an hour that occurred; -1 for others.
  private var hours = [Int](repeating: -1, count: DayReducer.quarters)
  private var rollups: [PartialDay.Condition: DayRollup] = [:]
  /// The attributes behind symbols, which all rollups share: each gets them while it needs them.
  private var tables = AttributeTables()
  private let ruleNames: [BehaviourRule: UInt32]
  /// The symbol of the rule that is not known yet.
  private let unknownRule: UInt32

  /// The number of quarters of an hour in the longest day.
  private static let quarters = 100

  /// Creates a day without visitors.
  init(_ rules: DayRules) {
    self.rules = rules
    var names: [BehaviourRule: UInt32] = [:]
    for rule in BehaviourRule.allCases { names[rule] = values.intern(rule.name) }
    ruleNames = names
    unknownRule = values.intern("")
    tables.none = unknownRule
    tables.funnels = FunnelSteps(rules.funnels) { values.intern($0) }
    tables.hourOfQuarter = [UInt32](repeating: 0, count: Self.quarters)
    tables.events.append(.init(name: unknownRule, properties: []))
    _ = events.intern("")
    for symbol in 0..<values.count { notePage(UInt32(symbol)) }
  }

  /// The conditions under which visitors were counted.
  var conditions: some Collection<PartialDay.Condition> { rollups.keys }

  /// The number of clients, which are counted from 0.
  var clientCount: Int { clients.count }

  /// Returns the text of a client.
  func text(ofClient client: Int) -> String { clients.string(of: UInt32(client)) }

  /// Calls `body` with the rows and cells counted under a condition; their symbols are those of ``values``.
  func withRollup(_ condition: PartialDay.Condition, _ body: (DayRollup) throws -> Void) rethrows {
    try change(condition) { try body($0) }
  }

  /// Adds a visitor with all its hits and signals.
  func add(client: UInt32, place: UInt32, hits: [TimedHit], signals: Signals) {
    let behaviour = Behaviour(rules: rules.behaviour, pages: pages)
    let visitor = behaviour.visitor(hits: hits, signals: signals)
    func verdict(_ loading: Loading) -> BehaviourRule? {
      behaviour.verdict(on: visitor, loading: loading) { page in
        values.withBytes(of: page) { NotablePages.stem(of: $0) }
      }
    }
    let loads = visitor.evidence.loads
    let sorted = hits.sorted(by: isBefore)
    if let robot = verdict(.nobody) {
      change(.always) { $0.addRobot(rule: ruleNames[robot] ?? unknownRule, hits: sorted, loads: loads) }
      return
    }
    var condition = PartialDay.Condition(ifSomebodyLoads: verdict(.somebody), ifPeopleLoad: verdict(.people))
    facts.add(client: Int(client), visitor.evidence, isDoubtful: condition.ifPeopleLoad != nil)
    if behaviour.findsFleets, visitor.evidence.viewsPages {
      let habit = visitor.evidence.habit
      if loads {
        condition.showsParts = !habit.viewsSeveral
      } else {
        condition.cohort = .init(client: Int(client), habit: habit)
      }
    }
    change(condition) {
      $0.add(client: client, place: place, sorted: sorted, loads: loads)
      if !condition.isFinal { $0.addRobot(rule: unknownRule, hits: sorted, loads: loads) }
    }
  }

  /// Lends the tables to the rollup of a condition while it is changed.
  private func change(_ condition: PartialDay.Condition, _ body: (inout DayRollup) throws -> Void) rethrows {
    var rollup = rollups.removeValue(forKey: condition) ?? DayRollup(tables: AttributeTables(), isSparse: true)
    swap(&rollup.tables, &tables)
    defer {
      swap(&rollup.tables, &tables)
      rollups[condition] = rollup
    }
    try body(&rollup)
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
    tables.hourOfQuarter[quarter] = UInt32(hour)
  }

  /// Returns the symbol of a pathname.
  func page(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    let known = values.count
    let symbol = values.intern(bytes, range)
    if values.count > known { notePage(symbol) }
    return symbol
  }

  private func notePage(_ symbol: UInt32) {
    values.withBytes(of: symbol) {
      pages.note(symbol, $0)
      tables.funnels.note(page: symbol, $0)
    }
  }

  /// Assigns symbols to values that are not pages; pages with the same texts may come later.
  private func withValues<Attributes>(_ make: (inout SymbolTable) -> Attributes) -> Attributes {
    let known = values.count
    let attributes = make(&values)
    for symbol in known..<values.count { notePage(UInt32(symbol)) }
    return attributes
  }

  /// Returns the symbol of a client.
  func client(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    let (symbol, isNew) = Self.intern(bytes, range, in: &clients)
    guard isNew else { return symbol }
    let client = withValues { attributes.client(bytes.extracting(range), in: &$0) }
    tables.clients.append(client)
    return symbol
  }

  /// Returns the symbol of a place.
  func place(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    let (symbol, isNew) = Self.intern(bytes, range, in: &places)
    guard isNew else { return symbol }
    let place = withValues { attributes.place(bytes.extracting(range), in: &$0) }
    tables.places.append(place)
    return symbol
  }

  /// Returns the symbol of an acquisition.
  func acquisition(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    let (symbol, isNew) = Self.intern(bytes, range, in: &acquisitions)
    guard isNew else { return symbol }
    let acquisition = withValues { attributes.acquisition(bytes.extracting(range), in: &$0) }
    tables.acquisitions.append(acquisition)
    return symbol
  }

  /// Returns the symbol of an event; 0 for none.
  func event(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt32 {
    let (symbol, isNew) = Self.intern(bytes, range, in: &events)
    guard isNew else { return symbol }
    let event = withValues { attributes.event(bytes.extracting(range), in: &$0) }
    tables.events.append(event)
    values.withBytes(of: event.name) { tables.funnels.note(event: event.name, $0) }
    return symbol
  }

  private static func intern(
    _ bytes: Span<UInt8>, _ range: Range<Int>, in table: inout SymbolTable
  ) -> (symbol: UInt32, isNew: Bool) {
    let known = table.count
    let symbol = table.intern(bytes, range)
    return (symbol, table.count > known)
  }

  /// Returns whether one client's text sorts before another's.
  func precedes(client: UInt32, _ other: UInt32) -> Bool { clients.isOrdered(client, before: other) }

  /// Returns whether one place's text sorts before another's.
  func precedes(place: UInt32, _ other: UInt32) -> Bool { places.isOrdered(place, before: other) }
}
