import ByteScanning
import GRDB
import Hits
import Rollups

/// The texts that the hits of one day name, ranked, with the ids of the dictionary put in the place of ranks and back.
///
/// Ranks are given in the order of texts. Ids are given in the order of imports, so nothing that is counted may hang on
/// them: ties between hits of one second, and values at a cap, are settled by rank.
struct DayTexts {
  /// Rank of each page's id.
  private(set) var pages: [UInt32: UInt32] = [:]
  /// Rank of each client's id among the clients, and so on.
  private(set) var clients: [UInt32: UInt32] = [:]
  private(set) var places: [UInt32: UInt32] = [:]
  private(set) var acquisitions: [UInt32: UInt32] = [:]
  private(set) var events: [UInt32: UInt32] = [:]
  /// The rank of each behaviour rule's name.
  private(set) var behaviours: [BehaviourRule: UInt32] = [:]
  /// What these ranks stand for, as ranks of texts.
  private(set) var tables = AttributeTables()
  /// All texts by rank.
  private(set) var texts: [String] = []
  /// The rank of the text that takes what lies beyond a cap.
  private(set) var other: UInt32 = 0

  /// The text of the value that takes what lies beyond a cap.
  static let otherText = StatsStore.otherValues

  /// Reads the texts of the ids met in a day.
  init(_ ids: DayIDs, _ db: Database) throws {
    var values = SymbolTable()
    let otherSymbol = values.intern(Self.otherText)
    let ruleSymbols = BehaviourRule.allCases.map { ($0, values.intern($0.name)) }
    let pageSymbols = ids.pages.mapValues { values.intern($0) }
    func symbols(_ ids: Set<UInt32>, _ texts: (String) -> [String]) throws -> [(id: UInt32, values: [UInt32])] {
      try Self.sortedTexts(ids, db).map { ($0.id, texts($0.text).map { values.intern($0) }) }
    }
    let clientSymbols = try symbols(ids.clients) {
      JoinedText.clientTexts(JoinedText.parts(of: $0, count: JoinedText.clientParts))
    }
    let placeSymbols = try symbols(ids.places) { JoinedText.parts(of: $0, count: JoinedText.placeParts) }
    let sourceSymbols = try symbols(ids.acquisitions) { JoinedText.parts(of: $0, count: JoinedText.acquisitionParts) }
    let eventSymbols = try symbols(ids.events) { JoinedText.eventTexts(JoinedText.parts(of: $0, count: 1)) }

    let ranks = values.ranks()
    func rank(_ symbol: UInt32) -> UInt32 { ranks[Int(symbol)] }
    texts = [String](repeating: "", count: values.count)
    for symbol in 0..<UInt32(values.count) { texts[Int(rank(symbol))] = values.string(of: symbol) }
    other = rank(otherSymbol)
    for (rule, symbol) in ruleSymbols { behaviours[rule] = rank(symbol) }
    pages = pageSymbols.mapValues(rank)
    clients = Self.places(of: clientSymbols)
    tables.clients = clientSymbols.map {
      let values = $0.values.map(rank)
      return .init(
        browser: values[0], browserVersion: values[1], os: values[2], osVersion: values[3], device: values[4])
    }
    places = Self.places(of: placeSymbols)
    tables.places = placeSymbols.map {
      let values = $0.values.map(rank)
      return .init(country: values[0], region: values[1], city: values[2], network: values[3])
    }
    acquisitions = Self.places(of: sourceSymbols)
    tables.acquisitions = sourceSymbols.map {
      let values = $0.values.map(rank)
      let details = zip(JoinedText.detailDimensions, values.dropFirst(2)).filter { !texts[Int($0.1)].isEmpty }
      return .init(source: values[0], channel: values[1], details: Array(details))
    }
    events = Self.places(of: eventSymbols)
    tables.events = eventSymbols.map {
      let values = $0.values.map(rank)
      return .init(name: values[0], properties: Array(values.dropFirst()))
    }
  }

  /// Gives the hours of the day's quarters.
  mutating func setHours(_ calendar: LocalCalendar, day: Int32) {
    tables.hourOfQuarter = calendar.hoursOfQuarters(ofDay: day).map { UInt32($0) }
  }

  /// The texts of some ids in the order of their bytes.
  private static func sortedTexts(_ ids: Set<UInt32>, _ db: Database) throws -> [(id: UInt32, text: String)] {
    // The sign keeps SQLite from walking the index of all texts for their order.
    let sql = "SELECT id, text FROM dict WHERE id IN (SELECT value FROM json_each(?)) ORDER BY +text"
    let list = "[" + ids.map { String($0) }.joined(separator: ",") + "]"
    let rows = try Row.fetchAll(try db.cachedStatement(sql: sql), arguments: [list])
    guard rows.count == ids.count else { throw PieceReader.Damage() }
    return rows.map { (UInt32($0[0] as Int64), $0[1]) }
  }

  /// The place of each id.
  private static func places(of entries: [(id: UInt32, values: [UInt32])]) -> [UInt32: UInt32] {
    Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($0.element.id, UInt32($0.offset)) })
  }
}
