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
  static let otherText = "(other)"

  /// Reads the texts of the ids met in a day.
  init(_ ids: DayIDs, _ db: Database) throws {
    let clientParts = try Self.parts(ids.clients, db, count: JoinedText.clientParts)
    let placeParts = try Self.parts(ids.places, db, count: JoinedText.placeParts)
    let sourceParts = try Self.parts(ids.acquisitions, db, count: JoinedText.acquisitionParts)
    let eventParts = try Self.parts(ids.events, db, count: 1)
    var ranked = Set([Self.otherText] + BehaviourRule.allCases.map(\.name))
    ranked.formUnion(ids.pages.values)
    for client in clientParts { ranked.formUnion(JoinedText.clientTexts(client.parts)) }
    for place in placeParts { ranked.formUnion(place.parts) }
    for source in sourceParts { ranked.formUnion(source.parts) }
    for event in eventParts { ranked.formUnion(JoinedText.eventTexts(event.parts)) }
    texts = ranked.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var ranks: [String: UInt32] = [:]
    for (rank, text) in texts.enumerated() { ranks[text] = UInt32(rank) }
    func rank(_ text: String) -> UInt32 { ranks[text] ?? 0 }

    other = rank(Self.otherText)
    pages = ids.pages.mapValues(rank)
    for rule in BehaviourRule.allCases { behaviours[rule] = rank(rule.name) }
    clients = Self.ranks(of: clientParts)
    tables.clients = clientParts.map { client in
      let values = JoinedText.clientTexts(client.parts).map(rank)
      return .init(
        browser: values[0], browserVersion: values[1], os: values[2], osVersion: values[3], device: values[4])
    }
    places = Self.ranks(of: placeParts)
    tables.places = placeParts.map {
      .init(country: rank($0.parts[0]), region: rank($0.parts[1]), city: rank($0.parts[2]), network: rank($0.parts[3]))
    }
    acquisitions = Self.ranks(of: sourceParts)
    tables.acquisitions = sourceParts.map { source in
      let details = zip(JoinedText.detailDimensions, source.parts.dropFirst(2)).filter { !$0.1.isEmpty }
      return .init(
        source: rank(source.parts[0]), channel: rank(source.parts[1]),
        details: details.map { ($0.0, rank($0.1)) })
    }
    events = Self.ranks(of: eventParts)
    tables.events = eventParts.map { event in
      let values = JoinedText.eventTexts(event.parts).map(rank)
      return .init(name: values[0], properties: Array(values.dropFirst()))
    }
  }

  /// Gives the hours of the day's quarters.
  mutating func setHours(_ calendar: LocalCalendar, day: Int32) {
    tables.hourOfQuarter = calendar.hoursOfQuarters(ofDay: day).map { UInt32($0) }
  }

  private struct Composite {
    let id: UInt32
    let parts: [String]
  }

  private static func texts(_ ids: Set<UInt32>, _ db: Database) throws -> [(id: UInt32, text: String)] {
    let find = try db.cachedStatement(sql: "SELECT text FROM dict WHERE id = ?")
    return try ids.map { ($0, try String.fetchOne(find, arguments: [Int64($0)]) ?? "") }
  }

  /// The parts of composite texts, filled up to a number of parts, in the order of the texts.
  private static func parts(_ ids: Set<UInt32>, _ db: Database, count: Int) throws -> [Composite] {
    try texts(ids, db).sorted { $0.text.utf8.lexicographicallyPrecedes($1.text.utf8) }.map { id, text in
      Composite(id: id, parts: JoinedText.parts(of: text, count: count))
    }
  }

  private static func ranks(of composites: [Composite]) -> [UInt32: UInt32] {
    Dictionary(uniqueKeysWithValues: composites.enumerated().map { ($0.element.id, UInt32($0.offset)) })
  }
}
