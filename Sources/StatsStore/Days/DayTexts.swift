import ByteScanning
import GRDB
import Hits
import Rollups

/// The ranked texts that the hits of one day use. Converts ids of the dictionary to ranks and back.
///
/// Ranks follow the order of the texts. Ids follow the order of imports, so nothing that is counted may depend on
/// them: ties between hits of one second, and values at a cap, are decided by rank.
struct DayTexts: Sendable {
  /// Ids and their ranks.
  struct Ranked {
    fileprivate var ids = DenseIDs()
    /// The ranks, by the place of the id.
    fileprivate var ranks: [UInt32] = []

    /// The rank of an id; 0 if it has none.
    subscript(id: UInt32) -> UInt32 { ids.place(of: id).map { ranks[$0] } ?? 0 }

    /// The place of an id in order of occurrence; 0 if it has none.
    func place(of id: UInt32) -> Int { ids.place(of: id) ?? 0 }

    /// Each id with its rank.
    var pairs: Zip2Sequence<[UInt32], [UInt32]> { zip(ids.ids, ranks) }
  }

  /// The rank of each page's id.
  private(set) var pages = Ranked()
  /// The rank of each client's id among the clients; the same for the others below.
  private(set) var clients = Ranked()
  private(set) var places = Ranked()
  private(set) var acquisitions = Ranked()
  private(set) var events = Ranked()
  /// The rank of each behaviour rule's name.
  private(set) var behaviours: [BehaviourRule: UInt32] = [:]
  /// The attributes behind these ranks, as ranks of texts.
  private(set) var tables = AttributeTables()
  /// The rank of the text for values beyond a cap.
  private(set) var other: UInt32 = 0
  private var texts = ByteStrings()
  private var symbolsByRank: [UInt32] = []

  /// The text for values beyond a cap.
  static let otherText = StatsStore.otherValues

  /// Reads the texts of the ids that a day uses.
  ///
  /// - Parameters:
  ///   - funnels: the funnels of the site.
  ///   - dictionary: the cached texts.
  init(_ ids: consuming DayIDs, _ funnels: [Funnel], _ dictionary: TextDictionary, _ db: Database) throws {
    var symbols = SymbolTable()
    swap(&symbols, &ids.texts)
    let otherSymbol = symbols.intern(Self.otherText)
    tables.none = symbols.intern("")
    let rules = BehaviourRule.allCases.map { ($0, symbols.intern($0.name)) }
    tables.funnels = FunnelSteps(funnels) { symbols.intern($0) }
    try readTables(ids, dictionary, StoredTexts(db), &symbols)
    if !tables.funnels.isEmpty { noteSteps(ids.pageSymbols, symbols) }
    texts = symbols.strings
    symbols = SymbolTable()
    let ranks = TextRanks.ranks(of: texts)
    symbolsByRank = [UInt32](repeating: 0, count: ranks.count)
    for (symbol, rank) in ranks.enumerated() { symbolsByRank[Int(rank)] = UInt32(symbol) }
    other = ranks[Int(otherSymbol)]
    for (rule, symbol) in rules { behaviours[rule] = ranks[Int(symbol)] }
    pages = Ranked(ids: ids.pages, ranks: ids.pageSymbols.map { ranks[Int($0)] })
    tables.rank { ranks[Int($0)] }
  }

  /// Finds out which pages and events are steps of funnels.
  private mutating func noteSteps(_ pages: [UInt32], _ symbols: borrowing SymbolTable) {
    for page in pages { symbols.withBytes(of: page) { tables.funnels.note(page: page, $0) } }
    for event in tables.events { symbols.withBytes(of: event.name) { tables.funnels.note(event: event.name, $0) } }
  }

  /// Sets the local hours of the day's quarters of an hour.
  mutating func setHours(_ calendar: LocalCalendar, day: Int32) {
    tables.hourOfQuarter = calendar.hoursOfQuarters(ofDay: day).map { UInt32($0) }
  }

  /// The number of texts.
  var count: Int { symbolsByRank.count }

  /// Calls `body` with the text of a rank.
  func withText<Value>(ofRank rank: UInt32, _ body: (Span<UInt8>) throws -> Value) rethrows -> Value {
    try texts.withBytes(of: symbolsByRank[Int(rank)], body)
  }
}

// The attributes behind the ids of joined texts, as symbols until all texts are known.
extension DayTexts {
  private mutating func readTables(
    _ ids: DayIDs, _ dictionary: TextDictionary, _ stored: StoredTexts, _ texts: inout SymbolTable
  ) throws {
    var attributes = JoinedAttributes()
    clients = try Self.read(ids.clients, dictionary, stored) { text in
      tables.clients.append(attributes.client(text, in: &texts))
    }
    places = try Self.read(ids.places, dictionary, stored) { text in
      tables.places.append(attributes.place(text, in: &texts))
    }
    acquisitions = try Self.read(ids.acquisitions, dictionary, stored) { text in
      tables.acquisitions.append(attributes.acquisition(text, in: &texts))
    }
    events = try Self.read(ids.events, dictionary, stored) { text in
      tables.events.append(attributes.event(text, in: &texts))
    }
  }

  /// Ranks the texts of these ids and calls `body` with each in order.
  private static func read(
    _ ids: DenseIDs, _ dictionary: TextDictionary, _ stored: StoredTexts, _ body: (Span<UInt8>) -> Void
  ) throws -> Ranked {
    var joined = SymbolTable()
    for id in ids.ids {
      let isThere = try dictionary.withText(of: id, in: stored) { _ = joined.intern($0, 0..<$0.count) }
      guard isThere else { throw RunPieceReader.Damage() }
    }
    // Texts of the dictionary are unique, so their symbols are the places of their ids.
    guard joined.count == ids.ids.count else { throw RunPieceReader.Damage() }
    let ranks = TextRanks.ranks(of: joined.strings)
    for (symbol, _) in ranks.enumerated().sorted(by: { $0.element < $1.element }) {
      joined.withBytes(of: UInt32(symbol), body)
    }
    return Ranked(ids: ids, ranks: ranks)
  }
}

extension AttributeTables {
  /// Replaces symbols with ranks.
  fileprivate mutating func rank(_ rank: (UInt32) -> UInt32) {
    none = rank(none)
    clients = clients.map {
      .init(
        browser: rank($0.browser), browserVersion: rank($0.browserVersion), os: rank($0.os),
        osVersion: rank($0.osVersion), device: rank($0.device))
    }
    places = places.map {
      .init(country: rank($0.country), region: rank($0.region), city: rank($0.city), network: rank($0.network))
    }
    acquisitions = acquisitions.map {
      .init(
        source: rank($0.source), channel: rank($0.channel),
        utm: [rank($0.utm[0]), rank($0.utm[1]), rank($0.utm[2])],
        details: $0.details.map { ($0.dimension, rank($0.value)) })
    }
    events = events.map { .init(name: rank($0.name), properties: $0.properties.map(rank)) }
    funnels.rank(rank)
  }
}
