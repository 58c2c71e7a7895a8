import GRDB
import Hits
import Sessions

/// What the verdicts and ranks of a day hang on as a whole: the ids of the dictionary that its hits name, and its facts.
struct DayIDs {
  /// The text of each page's id.
  private(set) var pages: [UInt32: String] = [:]
  private(set) var clients: Set<UInt32> = []
  private(set) var places: Set<UInt32> = []
  private(set) var acquisitions: Set<UInt32> = []
  private(set) var events: Set<UInt32> = []
  /// What holds for all visitors that are no robots by themselves.
  private(set) var facts = DayFacts()
  private var probes: [UInt32: ProbePaths.Kind] = [:]
  private let rules: BehaviourRules
  private let find: Statement

  /// A day of a site that goes by these rules.
  init(rules: BehaviourRules, _ db: Database) throws {
    self.rules = rules
    find = try db.cachedStatement(sql: "SELECT text FROM dict WHERE id = ?")
  }

  /// Verdicts on the day's visitors, once all of them were inserted.
  var behaviour: Behaviour { Behaviour(rules: rules, facts: facts, probes: probes) }

  mutating func insert(_ visitor: RunMerge.VisitorHits) throws {
    guard !visitor.hits.isEmpty else { return }
    clients.insert(visitor.client)
    places.insert(visitor.place)
    for hit in visitor.hits {
      if pages[hit.page] == nil { try insertPage(hit.page) }
      acquisitions.insert(hit.acquisition)
      if hit.kind.isEvent { events.insert(hit.event) }
    }
    let alone = Behaviour(rules: rules, facts: DayFacts(), probes: probes)
    if alone.verdict(hits: visitor.hits, signals: visitor.signals) == nil {
      facts.add(hits: visitor.hits, signals: visitor.signals)
    }
  }

  private mutating func insertPage(_ id: UInt32) throws {
    let text = try String.fetchOne(find, arguments: [Int64(id)]) ?? ""
    pages[id] = text
    probes[id] = ProbePaths.kind(of: Array(text.utf8).span)
  }
}
