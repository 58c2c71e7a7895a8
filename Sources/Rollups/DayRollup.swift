import Hits
import Sessions

/// The statistics of one day of one site: a pure function of its hits.
///
/// Visitors are added one after the other, in any order, each with all its hits of the day. This file implements
/// every rule of docs/counting.md that turns hits into numbers.
public struct DayRollup: Sendable {
  /// A value of a dimension.
  public struct Key: Hashable, Comparable, Sendable {
    /// The dimension.
    public var dimension: Dimension
    /// The symbol of the value; the hour itself for hours, 0 for the total.
    public var value: UInt32

    /// Orders by dimension, then by value.
    public static func < (left: Key, right: Key) -> Bool {
      (left.dimension.rawValue, left.value) < (right.dimension.rawValue, right.value)
    }
  }

  /// The values that the symbols of clients, places, acquisitions and events stand for. Callers may append to them
  /// before they add visitors.
  public var tables: AttributeTables
  /// All counts that the lists do not contain.
  private var table = CountTable<Key>()
  private var hours: CountList
  private var pages: CountList
  private var entryPages: CountList
  private var exitPages: CountList
  /// By client and by place. A visitor has one of each per day, so the counts of a browser are the sum of its
  /// clients' counts.
  private var clients: CountList
  private var places: CountList
  private var visitCube = VisitCube()
  private var entryCube = MarkedCube<8, 6>()
  private var pageCube = MarkedCube<3, 2>()
  private var eventCube = MarkedCube<11, 6>()
  private var nextPageCube = NextPageCube()
  /// The number of events in each cell of ``eventCube``.
  private var eventsOfCells: [Int64] = []
  private var visitor = VisitorMark(number: 0, loads: false)
  /// The number of visitors and visits so far.
  private var marks: UInt32 = 0
  /// The current visitor's hits that are parts of visits, used if others come between them.
  private var visited: [TimedHit] = []
  private var visits: [Visit] = []

  /// Creates a day without hits.
  ///
  /// - Parameter isSparse: whether it will have few of the values that the tables name.
  public init(tables: AttributeTables, isSparse: Bool = false) {
    self.tables = tables
    hours = CountList(isSparse: isSparse)
    pages = CountList(isSparse: isSparse)
    entryPages = CountList(isSparse: isSparse)
    exitPages = CountList(isSparse: isSparse)
    clients = CountList(isSparse: isSparse)
    places = CountList(isSparse: isSparse)
  }

  /// Adds a visitor with all its hits of the day, in any order. Symbols are ranks of texts.
  ///
  /// - Parameter loads: whether the visitor was seen loading parts of pages.
  public mutating func add(client: UInt32, place: UInt32, hits: [TimedHit], loads: Bool) {
    // Runs are in chronological order, so usually nothing has to be sorted.
    let isSorted = hits.indices.dropFirst().allSatisfy { !(hits[$0] < hits[$0 - 1]) }
    add(client: client, place: place, sorted: isSorted ? hits : hits.sorted(), loads: loads)
  }

  /// Adds a visitor whose hits are sorted by time, kind and texts, whatever their symbols.
  public mutating func add(client: UInt32, place: UInt32, sorted: [TimedHit], loads: Bool) {
    startVisitor(loads)
    guard sorted.contains(where: { $0.kind == .notFound }) else {
      addVisits(client, place, sorted)
      return
    }
    visited.removeAll(keepingCapacity: true)
    for hit in sorted {
      if hit.kind == .notFound { add(.notFound, hit.page, hits: 1, seconds: 0, nil) } else { visited.append(hit) }
    }
    addVisits(client, place, visited)
  }

  /// Adds a visitor that a rule identifies as a robot. Counts only its page views, and its events whose lines are
  /// not page views. These are missing from people's counts, and the books contain as many lines.
  ///
  /// - Parameter rule: the symbol of the rule's name.
  public mutating func addRobot(rule: UInt32, hits: [TimedHit], loads: Bool) {
    startVisitor(loads)
    let views = hits.count { $0.kind == .pageview }
    let events = hits.count { $0.kind == .event }
    if views > 0 { add(.behaviour, rule, hits: views, seconds: 0, nil) }
    if events > 0 { add(.behaviourEvent, rule, hits: events, seconds: 0, nil) }
  }

  private mutating func startVisitor(_ loads: Bool) {
    marks += 1
    visitor = VisitorMark(number: marks, loads: loads)
  }

  /// Returns the counts of all values, sorted by dimension and value.
  ///
  /// - Parameters:
  ///   - cap: how many values of a dimension are kept: those with most visitors.
  ///   - other: the symbol of the value that takes the counts of the rest. Its visitors are the sum of theirs,
  ///     which is an upper bound.
  public func rows(cap: Int, other: UInt32) -> [(key: Key, counts: Counts)] {
    var rows: [(key: Key, counts: Counts)] = []
    forEachDimension(cap: cap, other: other) { dimension, values in
      for entry in values { rows.append((Key(dimension: dimension, value: entry.value), entry.counts)) }
    }
    return rows
  }

  /// Passes the same counts to `body`, one dimension after the other, so that only the rows of one are in memory.
  public func forEachDimension(
    cap: Int, other: UInt32, _ body: (Dimension, [(value: UInt32, counts: Counts)]) throws -> Void
  ) rethrows {
    let tabled = Dictionary(grouping: withParts().entries, by: \.key.dimension)
    for dimension in Dimension.stored {
      var values =
        if let list = list(dimension) {
          ValueCap.apply(cap, to: list.counts, other: other)
        } else {
          ValueCap.apply(cap, to: (tabled[dimension] ?? []).lazy.map { ($0.key.value, $0.counts) }, other: other)
        }
      values.sort { $0.value < $1.value }
      if !values.isEmpty { try body(dimension, values) }
    }
  }

  private func list(_ dimension: Dimension) -> CountList? {
    switch dimension {
    case .hour: hours
    case .page: pages
    case .entryPage: entryPages
    case .exitPage: exitPages
    default: nil
    }
  }

  /// Returns the table, including what clients and places add up to.
  private func withParts() -> CountTable<Key> {
    var table = table
    let clients = clients.counts
    // Steps that nobody took have rows, too, which tell that the day was counted with them.
    if !clients.isEmpty {
      for steps in tables.funnels.all { table.add(Counts(), to: Key(dimension: .funnel, value: steps)) }
    }
    for (symbol, counts) in clients {
      let client = tables.clients[Int(symbol)]
      table.add(counts, to: Key(dimension: .total, value: 0))
      table.add(counts, to: Key(dimension: .browser, value: client.browser))
      table.add(counts, to: Key(dimension: .browserVersion, value: client.browserVersion))
      table.add(counts, to: Key(dimension: .os, value: client.os))
      table.add(counts, to: Key(dimension: .osVersion, value: client.osVersion))
      table.add(counts, to: Key(dimension: .device, value: client.device))
    }
    for (symbol, counts) in places.counts {
      let place = tables.places[Int(symbol)]
      table.add(counts, to: Key(dimension: .country, value: place.country))
      table.add(counts, to: Key(dimension: .region, value: place.region))
      table.add(counts, to: Key(dimension: .city, value: place.city))
      table.add(counts, to: Key(dimension: .network, value: place.network))
    }
    return table
  }

  /// Calls `body` with the cells of a cube, in no particular order.
  ///
  /// - Parameters:
  ///   - cap: how many pages have cells of their own: those with most visitors.
  ///   - other: the symbol of the page that takes the numbers of the rest. Its visitors are the sum of theirs.
  public func forEachCell(
    of cube: Cube, cap: Int, other: UInt32, _ body: (CubeCell) throws -> Void
  ) rethrows {
    switch cube {
    case .visits: try visitCube.forEach(body)
    case .entries: try entryCube.forEach(KeptPages(entryPages, cap: cap, none: tables.none, other: other), body)
    case .pages: try pageCube.forEach(KeptPages(pages, cap: cap, none: tables.none, other: other), body)
    case .events: try eventCube.forEach(eventsOfCells, body)
    case .nextPages: try nextPageCube.forEach(KeptPages(pages, cap: cap, none: tables.none, other: other), body)
    }
  }

  private mutating func addVisits(_ client: UInt32, _ place: UInt32, _ hits: [TimedHit]) {
    visits.removeAll(keepingCapacity: true)
    while let start = visits.last?.hits.upperBound ?? hits.indices.first, start < hits.count {
      visits.append(VisitSplitter.visit(of: hits, from: start))
    }
    startCubes(hits)
    for visit in visits {
      marks += 1
      let mark = VisitMark(number: marks, isBounce: visit.isBounce)
      addVisit(visit, mark, hits, client, place)
      addHits(visit, mark, hits)
      nextPageCube.add(hits[visit.hits], none: tables.none, visitor: visitor, mark)
      for steps in tables.funnels.reached(by: hits[visit.hits], tables.events) {
        add(.funnel, steps, hits: 0, seconds: 0, mark)
      }
    }
  }

  /// Tells the cubes whether the visits of the next visitor differ.
  private mutating func startCubes(_ hits: [TimedHit]) {
    // The dimensions in which all visits agree.
    var agreement = -1
    if visits.count > 1 {
      let first = way(of: visits[0], hits)
      for visit in visits.dropFirst() { agreement &= Firsts.agreement(first, way(of: visit, hits)) }
    }
    entryCube.startVisitor(comesInSeveralWays: agreement & 0b111111 != 0b111111)
    pageCube.startVisitor(comesInSeveralWays: agreement & 0b110 != 0b110)
    eventCube.startVisitor(comesInSeveralWays: agreement & 0b111111 != 0b111111)
  }

  /// Returns the first page of a visit, its source and channel, and source, medium and name of its campaign.
  private func way(of visit: Visit, _ hits: [TimedHit]) -> [6 of UInt32] {
    let from = tables.acquisitions[Int(hits[visit.hits.lowerBound].acquisition)]
    let entry = visit.entry.map { hits[$0].page } ?? tables.none
    return [entry, from.source, from.channel, from.utm[0], from.utm[1], from.utm[2]]
  }

  /// Counts a visit under its source, place, client, first and last page.
  private mutating func addVisit(
    _ visit: Visit, _ mark: VisitMark, _ hits: [TimedHit], _ client: UInt32, _ place: UInt32
  ) {
    let (views, seconds) = (visit.pageviews, visit.duration)
    let from = tables.acquisitions[Int(hits[visit.hits.lowerBound].acquisition)]
    let first = VisitCube.Firsts(
      source: add(.source, from.source, hits: views, seconds: seconds, mark),
      channel: add(.channel, from.channel, hits: views, seconds: seconds, mark), day: visit.hits.lowerBound == 0)
    for detail in from.details { add(detail.dimension, detail.value, hits: views, seconds: seconds, mark) }
    clients.add(client, hits: views, seconds: seconds, visitor: visitor, visit: mark)
    places.add(place, hits: views, seconds: seconds, visitor: visitor, visit: mark)
    if let entry = visit.entry {
      entryPages.add(hits[entry].page, hits: views, seconds: seconds, visitor: visitor, visit: mark)
    }
    if let exit = visit.exit {
      exitPages.add(hits[exit].page, hits: views, seconds: seconds, visitor: visitor, visit: mark)
    }
    let (client, country) = (tables.clients[Int(client)], tables.places[Int(place)].country)
    visitCube.add(
      [from.source, from.channel, country, client.browser, client.os, client.device], hits: views, seconds: seconds,
      visitor: visitor, mark, first)
    let way = way(of: visit, hits)
    entryCube.add(
      [way[0], way[1], way[2], way[3], way[4], way[5], country, client.device], way: way, hits: views,
      seconds: seconds, visitor: visitor, mark)
    guard views < visit.hits.count else { return }
    for (event, number) in events(of: visit, hits) {
      let cell = eventCube.add(
        [
          event, way[0], way[1], way[2], way[3], way[4], way[5], country, client.browser, client.os, client.device,
        ], way: way, of: event, hits: views, seconds: seconds, visitor: visitor, mark)
      if cell == eventsOfCells.count { eventsOfCells.append(0) }
      eventsOfCells[cell] += number
    }
  }

  /// Returns the names of a visit's events, each with their number.
  private func events(of visit: Visit, _ hits: [TimedHit]) -> [UInt32: Int64] {
    hits[visit.hits].reduce(into: [:]) { events, hit in
      if hit.kind.isEvent { events[tables.events[Int(hit.event)].name, default: 0] += 1 }
    }
  }

  /// Counts each hit under its hour and its page or event. The time until the next hit goes to the last page viewed.
  private mutating func addHits(_ visit: Visit, _ mark: VisitMark, _ hits: [TimedHit]) {
    var page: UInt32?
    let from = hits[visit.hits.lowerBound].acquisition
    for index in visit.hits {
      let hit = hits[index]
      let next = index + 1 < visit.hits.upperBound ? hits[index + 1].second : hit.second
      let seconds = Int(next - hit.second)
      let hour = tables.hourOfQuarter[min(max(0, Int(hit.second) / 900), tables.hourOfQuarter.count - 1)]
      hours.add(hour, hits: hit.kind == .pageview ? 1 : 0, seconds: seconds, visitor: visitor, visit: mark)
      if hit.kind == .pageview {
        page = hit.page
        addPage(hit.page, hits: 1, seconds: seconds, mark, from: from)
        continue
      }
      if let page { addPage(page, hits: 0, seconds: seconds, mark, from: from) }
      let event = tables.events[Int(hit.event)]
      add(.event, event.name, hits: 1, seconds: 0, mark)
      for property in event.properties { add(.eventProperty, property, hits: 1, seconds: 0, mark) }
    }
  }

  /// Counts a view of a page, or time spent on it, by the acquisition of the visit.
  private mutating func addPage(
    _ page: UInt32, hits: Int, seconds: Int, _ mark: VisitMark, from acquisition: UInt32
  ) {
    let from = tables.acquisitions[Int(acquisition)]
    pages.add(page, hits: hits, seconds: seconds, visitor: visitor, visit: mark)
    pageCube.add(
      [page, from.source, from.channel], way: [from.source, from.channel], of: page, hits: hits, seconds: seconds,
      visitor: visitor, mark)
  }

  /// Counts under a value of a dimension without a list. Returns whether the visitor was not counted for it before.
  @discardableResult
  private mutating func add(
    _ dimension: Dimension, _ value: UInt32, hits: Int, seconds: Int, _ visit: VisitMark?
  ) -> Bool {
    table.add(Key(dimension: dimension, value: value), hits: hits, seconds: seconds, visitor: visitor, visit: visit)
      .isNewVisitor
  }
}

extension DayRollup.Key: CountKey {
  var packed: UInt64 { UInt64(dimension.rawValue) << 32 | UInt64(value) }
}
