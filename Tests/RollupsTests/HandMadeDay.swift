import Hits
import Rollups

/// A visitor of a day made by hand.
struct Visitor: Sendable {
  var client: UInt32
  var place: UInt32
  var hits: [TimedHit]
  /// Whether it was seen loading parts of pages.
  var loads = false

  static func random(using generator: inout some RandomNumberGenerator) -> Visitor {
    let hits = (0..<Int.random(in: 1...8, using: &generator)).map { _ in
      TimedHit(
        second: Int32.random(in: 0..<9_000, using: &generator),
        kind: HitKind.allCases.randomElement(using: &generator) ?? .pageview,
        page: UInt32.random(in: 1...3, using: &generator), acquisition: UInt32.random(in: 0...2, using: &generator),
        event: 1)
    }
    return Visitor(
      client: UInt32.random(in: 0...1, using: &generator), place: UInt32.random(in: 0...1, using: &generator),
      hits: hits, loads: .random(using: &generator))
  }
}

extension TimedHit {
  static func view(_ second: Int32, page: UInt32, acquisition: UInt32 = 0) -> TimedHit {
    TimedHit(second: second, kind: .pageview, page: page, acquisition: acquisition)
  }

  static func event(_ second: Int32, page: UInt32) -> TimedHit {
    TimedHit(second: second, kind: .event, page: page, acquisition: 0, event: 1)
  }

  static func lost(_ second: Int32) -> TimedHit {
    TimedHit(second: second, kind: .notFound, page: 9, acquisition: 0)
  }
}

extension AttributeTables {
  /// Two clients, two places, a referrer, a campaign, its source by another channel, and an event. Every number
  /// stands for a different text.
  static let handMade: AttributeTables = {
    var tables = AttributeTables()
    tables.clients = [
      Client(browser: 10, browserVersion: 11, os: 12, osVersion: 13, device: 14),
      Client(browser: 20, browserVersion: 21, os: 22, osVersion: 23, device: 24),
    ]
    tables.places = [
      Place(country: 30, region: 31, city: 32, network: 36), Place(country: 33, region: 34, city: 35, network: 37),
    ]
    tables.acquisitions = [
      Acquisition(source: 40, channel: 41, utm: [0, 0, 0], details: [(.referrer, 42), (.utm, 60)]),
      Acquisition(
        source: 43, channel: 44, utm: [45, 46, 47],
        details: [
          (.utmSource, 45), (.utmMedium, 46), (.utmCampaign, 47), (.utmContent, 48), (.utmTerm, 49), (.utm, 61),
        ]),
      Acquisition(source: 43, channel: 41, utm: [0, 0, 0], details: [(.utm, 62)]),
    ]
    tables.events = [Event(name: 0, properties: []), Event(name: 50, properties: [51, 52])]
    tables.hourOfQuarter = (0..<96).map { $0 / 4 }
    tables.funnels = .handMade
    return tables
  }()
}

extension FunnelSteps {
  /// A funnel of four steps, and one whose last step nobody takes. Their values are 70–73 and 74–75.
  static let handMade: FunnelSteps = {
    let funnels = ["Way: page:/1 > page:/2 > Signup > page:/1", "Never: page:/? > page:/never"].compactMap(Funnel.init)
    let values = funnels.flatMap(\.sequences)
    var steps = FunnelSteps(funnels) { UInt32(70 + (values.firstIndex(of: $0) ?? 0)) }
    for page in 1...3 { steps.note(page: UInt32(page), Array("/\(page)".utf8).span) }
    steps.note(event: 50, Array("Signup".utf8).span)
    return steps
  }()
}

extension DayRollup {
  init(of visitors: [Visitor]) {
    self.init(tables: .handMade)
    for visitor in visitors {
      add(client: visitor.client, place: visitor.place, hits: visitor.hits, loads: visitor.loads)
    }
  }
}

extension DayRollup.Key {
  func isOf(_ dimension: Dimension, _ value: UInt32) -> Bool { self.dimension == dimension && self.value == value }
}

extension Counts {
  /// Page views, visitors, visits, bounces, seconds; not who was seen loading.
  var values: [Int64] { [pageviews, visitors, visits, bounces, seconds] }
}
