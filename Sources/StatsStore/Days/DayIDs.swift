import ByteScanning
import GRDB
import Hits
import Sessions

/// What the verdicts and ranks of a day depend on: the dictionary ids that its hits use, and facts about the day as
/// a whole.
struct DayIDs {
  /// The texts of pages.
  var texts = SymbolTable()
  private(set) var pages = DenseIDs()
  /// The symbol of each page's text, by its place.
  private(set) var pageSymbols: [UInt32] = []
  private(set) var clients = DenseIDs()
  private(set) var places = DenseIDs()
  private(set) var acquisitions = DenseIDs()
  private(set) var events = DenseIDs()
  /// Facts about all visitors that are not robots by their own hits and signals. Clients are numbered by their places.
  private(set) var facts = DayFacts()
  private var notable = NotablePages()
  private let rules: BehaviourRules
  private let stored: StoredTexts

  /// Creates the ids of a day of a site with these rules.
  init(rules: BehaviourRules, _ db: Database) throws {
    self.rules = rules
    stored = try StoredTexts(db)
  }

  /// The verdicts on the day's visitors, once all of them are inserted.
  var behaviour: Behaviour { Behaviour(rules: rules, pages: notable) }

  /// Adds the ids and facts of a visitor.
  ///
  /// - Parameter dictionary: the cached texts.
  mutating func insert(_ visitor: RunMerge.VisitorHits, _ dictionary: TextDictionary) throws {
    guard !visitor.hits.isEmpty else { return }
    let client = clients.insert(visitor.client)
    _ = places.insert(visitor.place)
    for hit in visitor.hits {
      if pages.insert(hit.page) == pageSymbols.count { try addPage(hit.page, dictionary) }
      _ = acquisitions.insert(hit.acquisition)
      if hit.kind.isEvent { _ = events.insert(hit.event) }
    }
    let behaviour = behaviour
    let day = behaviour.visitor(hits: visitor.hits, signals: visitor.signals)
    func verdict(_ loading: Loading) -> BehaviourRule? {
      behaviour.verdict(on: day, loading: loading) { page in
        texts.withBytes(of: pages.place(of: page).map { pageSymbols[$0] } ?? 0) { NotablePages.stem(of: $0) }
      }
    }
    guard verdict(.nobody) == nil else { return }
    facts.add(client: client, day.evidence, isDoubtful: !day.evidence.loads && verdict(.people) != nil)
  }

  private mutating func addPage(_ id: UInt32, _ dictionary: TextDictionary) throws {
    let isThere = try dictionary.withText(of: id, in: stored) { text in
      pageSymbols.append(texts.intern(text, 0..<text.count))
      notable.note(id, text)
    }
    if !isThere { pageSymbols.append(texts.intern("")) }
  }
}
