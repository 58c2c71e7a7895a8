import Hits
import Sessions

/// The statistics of one day of one site: a pure function of its hits.
///
/// Visitors are handed in one after the other, in any order, each with all its hits of the day. Every rule of
/// docs/counting.md that turns hits into numbers stands in this file.
public struct DayRollup {
  /// A value of a dimension.
  public struct Key: Hashable, Comparable, Sendable {
    /// What is broken down.
    public var dimension: Dimension
    /// The symbol of the value; the hour itself for hours, 0 for the total.
    public var value: UInt32

    /// By dimension, then by value.
    public static func < (left: Key, right: Key) -> Bool {
      (left.dimension.rawValue, left.value) < (right.dimension.rawValue, right.value)
    }
  }

  /// The values that a cell of the visit cube stands for.
  public struct CubeKey: Hashable, Sendable {
    /// The source's symbol.
    public var source: UInt32
    /// The channel's symbol.
    public var channel: UInt32
    /// The country's symbol.
    public var country: UInt32
    /// The browser's symbol.
    public var browser: UInt32
    /// The system's symbol.
    public var os: UInt32
    /// The device's symbol.
    public var device: UInt32
  }

  /// What the symbols of clients, places, acquisitions and events stand for; whoever adds visitors may add to it before.
  public var tables: AttributeTables
  private var table = CountTable<Key>()
  private var cube = VisitCube()
  private var visitor = 0
  private var visit = 0

  /// A day without hits.
  public init(tables: AttributeTables) {
    self.tables = tables
  }

  /// Adds a visitor with all its hits of the day, in any order. Symbols are ranks of texts.
  public mutating func add(client: UInt32, place: UInt32, hits: [TimedHit]) {
    add(client: client, place: place, sorted: hits.sorted())
  }

  /// The same of hits that are in order by time, kind and texts, whatever their symbols.
  public mutating func add(client: UInt32, place: UInt32, sorted: [TimedHit]) {
    visitor += 1
    cube.beginVisitor()
    let hits = sorted.filter { $0.kind != .notFound }
    for visit in VisitSplitter.visits(of: hits) {
      self.visit += 1
      let mark = VisitMark(number: self.visit, isBounce: visit.isBounce)
      addVisit(visit, mark, hits, tables.clients[Int(client)], tables.places[Int(place)])
      addHits(visit, mark, hits)
    }
    for hit in sorted where hit.kind == .notFound {
      add(.notFound, hit.page, hits: 1, seconds: 0, nil)
    }
  }

  /// Adds a visitor that is a robot by a rule: all that is counted of it is how many page views, and events that are none,
  /// it has taken away from people's: as many lines of the books.
  ///
  /// - Parameter rule: the symbol of the rule's name.
  public mutating func addRobot(rule: UInt32, hits: [TimedHit]) {
    visitor += 1
    let views = hits.count { $0.kind == .pageview }
    let events = hits.count { $0.kind == .event }
    if views > 0 { add(.behaviour, rule, hits: views, seconds: 0, nil) }
    if events > 0 { add(.behaviourEvent, rule, hits: events, seconds: 0, nil) }
  }

  /// The counts of all values, sorted by dimension and value.
  ///
  /// - Parameters:
  ///   - cap: how many values of a dimension are kept, those of most visitors first.
  ///   - other: the symbol of the value that takes the counts of the rest. Its visitors are the sum of theirs, an upper
  ///     bound.
  public func rows(cap: Int, other: UInt32) -> [(key: Key, counts: Counts)] {
    var rows: [(key: Key, counts: Counts)] = []
    for (dimension, entries) in Dictionary(grouping: table.entries, by: \.key.dimension) {
      let values = entries.map { (value: $0.key.value, counts: $0.counts) }
      rows += ValueCap.apply(cap, to: values, other: other).map { (Key(dimension: dimension, value: $0), $1) }
    }
    return rows.sorted { $0.key < $1.key }
  }

  /// The cells of the visit cube, in no order.
  public var cells: [CubeCell] { cube.cells }

  /// Counts a visit under its source, place, client, first and last page.
  private mutating func addVisit(
    _ visit: Visit, _ mark: VisitMark, _ hits: [TimedHit], _ client: AttributeTables.Client,
    _ place: AttributeTables.Place
  ) {
    let from = tables.acquisitions[Int(hits[visit.hits.lowerBound].acquisition)]
    func count(_ dimension: Dimension, _ value: UInt32) {
      add(dimension, value, hits: visit.pageviews, seconds: visit.duration, mark)
    }
    count(.total, 0)
    count(.source, from.source)
    count(.channel, from.channel)
    for detail in from.details { count(detail.dimension, detail.value) }
    count(.country, place.country)
    count(.region, place.region)
    count(.city, place.city)
    count(.network, place.network)
    count(.browser, client.browser)
    count(.browserVersion, client.browserVersion)
    count(.os, client.os)
    count(.osVersion, client.osVersion)
    count(.device, client.device)
    if let entry = visit.entry { count(.entryPage, hits[entry].page) }
    if let exit = visit.exit { count(.exitPage, hits[exit].page) }
    cube.add(
      CubeKey(
        source: from.source, channel: from.channel, country: place.country, browser: client.browser, os: client.os,
        device: client.device),
      hits: visit.pageviews, seconds: visit.duration, visitor: visitor, mark)
  }

  /// Counts each hit under its hour and its page or event; the time up to the next hit goes to the page seen last.
  private mutating func addHits(_ visit: Visit, _ mark: VisitMark, _ hits: [TimedHit]) {
    var page: UInt32?
    for index in visit.hits {
      let hit = hits[index]
      let next = index + 1 < visit.hits.upperBound ? hits[index + 1].second : hit.second
      let seconds = Int(next - hit.second)
      let hour = tables.hourOfQuarter[min(max(0, Int(hit.second) / 900), tables.hourOfQuarter.count - 1)]
      switch hit.kind {
      case .pageview:
        page = hit.page
        add(.hour, hour, hits: 1, seconds: seconds, mark)
        add(.page, hit.page, hits: 1, seconds: seconds, mark)
      case .event, .eventOfPageview:
        add(.hour, hour, hits: 0, seconds: seconds, mark)
        if let page { add(.page, page, hits: 0, seconds: seconds, mark) }
        let event = tables.events[Int(hit.event)]
        add(.event, event.name, hits: 1, seconds: 0, mark)
        for property in event.properties { add(.eventProperty, property, hits: 1, seconds: 0, mark) }
      case .notFound: break
      }
    }
  }

  private mutating func add(_ dimension: Dimension, _ value: UInt32, hits: Int, seconds: Int, _ visit: VisitMark?) {
    table.add(
      Key(dimension: dimension, value: value), hits: hits, seconds: seconds, visitor: visitor, visit: visit)
  }
}

extension DayRollup.Key: CountKey {
  var packed: UInt64 { UInt64(dimension.rawValue) << 32 | UInt64(value) }
}
