/// The combinations of values that a day keeps, besides single values: each combination that occurred is a cell.
///
/// Only visitors are no plain sums of cells, since a visitor may have visits in several of them: see ``CubeCell``.
public enum Cube: CaseIterable, Sendable {
  /// Visits by where they came from and what people use.
  case visits
  /// Visits by their first page, where they came from and their campaign.
  case entries
  /// Pages viewed by where the visits came from.
  case pages
  /// Visits with an event, by everything that the first two cubes have.
  case events
  /// Pages viewed one after the other in a visit. A visit starts and ends with an empty page.
  case nextPages

  /// The name in the database, dumps and parts of a job.
  public var name: String {
    switch self {
    case .visits: "visit_cube"
    case .entries: "entry_cube"
    case .pages: "page_cube"
    case .events: "event_cube"
    case .nextPages: "next_page_cube"
    }
  }

  /// The dimensions whose values identify a cell, in the order in which they are stored.
  public var dimensions: [Dimension] {
    switch self {
    case .visits: [.source, .channel, .country, .browser, .os, .device]
    case .entries: [.entryPage, .source, .channel, .utmSource, .utmMedium, .utmCampaign, .country, .device]
    case .pages: [.page, .source, .channel]
    case .events:
      [
        .event, .entryPage, .source, .channel, .utmSource, .utmMedium, .utmCampaign, .country, .browser, .os, .device,
      ]
    case .nextPages: [.page, .nextPage]
    }
  }

  /// The dimensions of ``Firsts``; empty if cells have their visitors in columns of their own.
  ///
  /// A visitor may have several values of these on a day. The subject of a cell is not among them: whatever is asked of
  /// ``pages`` and ``events`` is about one page or event, or about each.
  public var markedDimensions: [Dimension] {
    switch self {
    case .visits, .nextPages: []
    case .entries, .events: [.entryPage, .source, .channel, .utmSource, .utmMedium, .utmCampaign]
    case .pages: [.source, .channel]
    }
  }

  /// What each cell is about; nil if it is about whole visits. A visit has several pages and events, so sums over them would
  /// count it several times.
  public var subject: Dimension? {
    switch self {
    case .visits, .entries: nil
    case .pages, .nextPages: .page
    case .events: .event
    }
  }

  /// The numbers of a cell, in the order in which they are stored.
  public var numbers: [String] {
    let measures = ["pageviews", "visitors", "visits", "bounces", "seconds"]
    return switch self {
    case .visits: measures + ["visitors_of_source", "visitors_of_channel", "visitors_of_day"]
    case .entries, .pages: ["firsts"] + measures
    case .events: ["firsts"] + measures + ["events"]
    // As often as one page followed the other.
    case .nextPages: ["pageviews", "visitors", "visits"]
    }
  }

  /// The pages of which only so many have cells of their own on a day: the first of ``dimensions``; nil for none.
  public var cappedDimension: Dimension? {
    switch self {
    case .visits, .events: nil
    case .entries, .pages, .nextPages: dimensions[0]
    }
  }

  /// How many of ``dimensions``, from the first on, are such pages.
  public var cappedCount: Int { self == .nextPages ? 2 : cappedDimension == nil ? 0 : 1 }

  /// Returns whether sums over cells that are told apart by these dimensions alone are exact.
  public func answers(_ dimensions: Set<Dimension>) -> Bool {
    // After one page, visits may view several others.
    let required = self == .nextPages ? self.dimensions : subject.map { [$0] } ?? []
    return dimensions.isSubset(of: self.dimensions) && required.allSatisfy(dimensions.contains)
  }
}

/// A cell of a cube: its values and its numbers.
///
/// A visitor has one country, browser, system and device per day, but each visit has its own source, channel, campaign
/// and pages. A sum over several cells must count such a visitor once: in the cell of the first visit in the sum
/// (docs/decisions/0008-visitors-in-the-cube.md, docs/decisions/0029-marked-cells.md).
public struct CubeCell: Sendable {
  /// The symbols of the values of the cube's dimensions; the rest is 0.
  public var values: [11 of UInt32]
  /// The numbers that ``Cube/numbers`` names; the rest is 0.
  public var numbers: [8 of Int64]

  init<let count: Int>(_ key: [count of UInt32], _ numbers: [8 of Int64]) {
    values = [11 of UInt32](repeating: 0)
    for index in 0..<min(11, count) { values[index] = key[index] }
    self.numbers = numbers
  }
}
