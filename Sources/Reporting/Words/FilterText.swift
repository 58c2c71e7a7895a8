import Hits
import Rollups
import StatsStore

/// A filter of a report: for visits, or for one robot.
public enum ReportFilter {
  /// Takes the robot out of texts such as `robot=GPTBot`, as given on the command line.
  ///
  /// - Returns: the robot's name, nil if no text names one, and the filter for visits.
  /// - Throws: ``FilterRefusal``.
  public static func parse(_ texts: [String]) throws(FilterRefusal) -> (robot: String?, visits: VisitFilter) {
    let robots = texts.filter { $0.hasPrefix(prefix) }
    guard let robot = robots.first else { return (nil, try VisitFilter(parsing: texts)) }
    guard texts.count == 1 else { throw .robotAlone }
    return (String(robot.dropFirst(prefix.count)), .all)
  }

  private static let prefix = "robot="
}

extension VisitFilter {
  /// Parses texts such as `country=DE`, as given on the command line; an empty value means unknown.
  ///
  /// - Throws: ``FilterRefusal``.
  public init(parsing texts: [String]) throws(FilterRefusal) {
    var terms: [Term] = []
    for text in texts {
      guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { throw .noTerm }
      let name = text[..<equals]
      guard let dimension = Dimension.allCases.first(where: { $0.name == name }) else { throw .noFilter(String(name)) }
      terms.append(Term(dimension, String(text[text.index(after: equals)...])))
    }
    try self.init(terms)
  }
}

extension Report {
  /// How many of all visits have the page or event of the filter; nil without such a filter.
  var textOfRate: String? {
    guard let rate, let allVisits, let subject = filter.subject else { return nil }
    return "\(NumberText.percent(rate)) of \(NumberText.grouped(allVisits)) visits have this \(subject.name)"
  }

  /// Which lists the filter leaves out, and why: whole sentences.
  var textOfMissingLists: [String] {
    guard !filter.terms.isEmpty else { return [] }
    let names = filter.terms.map(\.dimension.name).joined(separator: " and ")
    let lacking = notKept.map { lists in
      "Nor are \(lists.dimensions.map { SectionLayout($0).title.lowercased() }.joined(separator: ", ")): some days up to "
        + "\(DayName.name(lists.until)) do not hold them for this filter, because an earlier version counted them or the page is "
        + "not among their \(NumberText.grouped(Int64(StatsStore.pagesPerCube))) with most visitors."
    }
    return ["Lists that cannot be filtered by \(names) are not shown."] + (lacking.map { [$0] } ?? [])
  }
}
