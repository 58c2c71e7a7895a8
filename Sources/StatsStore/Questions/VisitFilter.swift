import Rollups

/// A filter for statistics: visits that have all of these values. Without values, all visits.
///
/// A filter is either exact or refused. A cube contains each combination of its dimensions, so those of one cube may be
/// combined. Every other dimension is stored on its own. Several values of a dimension may be asked for if a visitor has
/// only one of them on a day; otherwise one who has two would count twice.
public struct VisitFilter: Equatable, Sendable {
  /// A dimension and the values it may have.
  public struct Term: Equatable, Sendable {
    /// The dimension of the value.
    public var dimension: Dimension
    /// The value as it was asked for: as it is stored, empty for an unknown one, or in other words.
    public var value: String
    /// The values as they are stored.
    public var values: [String]
    /// Whether all other values are meant.
    public var isNegated = false

    /// Creates a term for a value as it is stored.
    public init(_ dimension: Dimension, _ value: String) {
      self.dimension = dimension
      self.value = value
      values = [value]
    }

    /// Whether it is about exactly one value.
    public var isOfOneValue: Bool { values.count == 1 && !isNegated }
  }

  /// The dimensions that can be combined, by the cube that combines them.
  public static let combinable = combining.map(\.dimensions)

  /// Next pages are only listed: whoever asks what came after a page filters for that page.
  fileprivate static let combining = Cube.allCases.filter { $0 != .nextPages }

  /// The dimensions that can only be used alone.
  public static let single: [Dimension] = [
    .exitPage, .referrer, .utmContent, .utmTerm, .region, .city, .network, .browserVersion, .osVersion,
  ]

  /// The dimensions of which several values may be asked for: of these, a visitor has one on a day.
  public static let several: [Dimension] = [
    .country, .region, .city, .network, .browser, .browserVersion, .os, .osVersion, .device,
  ]

  /// The terms; empty for all visits.
  public let terms: [Term]

  /// The filter that all visits pass.
  public static let all = VisitFilter()

  private init() {
    terms = []
  }

  /// Creates a filter for the visits that have all of these values.
  ///
  /// - Throws: ``FilterRefusal`` if the statistics do not contain them exactly.
  public init(_ terms: [Term]) throws(FilterRefusal) {
    for (index, term) in terms.enumerated() {
      guard (Self.combinable.joined() + Self.single).contains(term.dimension) else {
        throw .noFilter(term.dimension.name)
      }
      guard !terms[..<index].contains(where: { $0.dimension == term.dimension }) else {
        throw .twice(term.dimension)
      }
    }
    self.terms = terms
    guard terms.count > 1, Self.cube(of: dimensions) == nil else { return }
    for (index, term) in terms.enumerated() {
      for other in terms[..<index] where Self.cube(of: [other.dimension, term.dimension]) == nil {
        throw .notTogether(other.dimension, term.dimension)
      }
    }
  }

  /// The page or the event that the filter is about; nil if it is about whole visits only.
  public var subject: Dimension? { Cube.allCases.compactMap(\.subject).first(where: dimensions.contains) }

  /// The filter without its ``subject``; nil if that is no filter, or there is no subject.
  public var withoutSubject: VisitFilter? {
    subject.flatMap { subject in try? VisitFilter(terms.filter { $0.dimension != subject }) }
  }

  /// The dimensions of the terms.
  var dimensions: Set<Dimension> { Set(terms.map(\.dimension)) }

  /// Returns the cube whose cells tell these dimensions apart; nil if there is none.
  static func cube(of dimensions: Set<Dimension>) -> Cube? {
    Cube.allCases.first { $0.answers(dimensions) }
  }

  /// Returns the cube that answers the filter, or lists the values of a dimension for it; nil if the rows of a single
  /// dimension do.
  public func cube(listing listed: Dimension? = nil) -> Cube? {
    guard let first = terms.first else { return nil }
    // The rows of a dimension say the same as its cells, and are fewer. But there is none for what visits do not have, and
    // those of events count events.
    let isOfRows = !Cube.visits.dimensions.contains(first.dimension) && first.dimension != .event
    if terms.count == 1, listed == nil, isOfRows, !first.values.contains("") { return nil }
    // The cells of pages and those after them tell what came before, too.
    let listed = listed == .previousPage ? .nextPage : listed
    return Self.cube(of: dimensions.union(listed.map { [$0] } ?? []))
  }

  /// Returns whether the values of a dimension can be listed for the visits that pass the filter, and there may be several.
  public func lists(_ dimension: Dimension) -> Bool {
    terms.isEmpty && Dimension.stored.contains(dimension)
      || cube(listing: dimension) != nil && !terms.contains { $0.dimension == dimension && $0.isOfOneValue }
  }
}

/// The reason why statistics cannot be filtered without guessing.
public enum FilterRefusal: Error, Equatable, CustomStringConvertible {
  /// There is no such dimension, or its values do not belong to visits.
  case noFilter(String)
  /// The text is not a name and a value.
  case noTerm
  /// A robot has no visits that other filters could apply to.
  case robotAlone
  /// There are two terms for one dimension.
  case twice(Dimension)
  /// There is no such value; some are like it.
  case noValue(Dimension, nearest: [String])
  /// A visitor may have several values of the dimension on a day, so several cannot be asked for. `found` are those that the
  /// filter names, if it names them.
  case severalValues(Dimension, found: [String])
  /// No cube has both dimensions.
  case notTogether(Dimension, Dimension)
  /// The day was counted by a version that did not keep this combination, or the page is not among those for which it does.
  case notKept([Dimension], day: String)
  /// An earlier version counted the day, which is open: the next import counts it again.
  case notCounted(day: String)
  /// The reason, of a database with several sites.
  indirect case onSite(String, FilterRefusal)
  /// On that day the value may be among those with the fewest visitors, which were summed up.
  case belowTheCap(Dimension, day: String)
  /// Hours are stored only for all visits together.
  case hours

  /// Whether a site has no such value, though another one may have it.
  public var isOfUnknownValue: Bool {
    if case .noValue = self { return true }
    return false
  }

  /// The filter, the reason and the remedy, on one line; never the value that was asked for.
  public var description: String {
    switch self {
    case .noFilter(let name):
      "--filter \(name): no such filter; there are \(Self.partners(of: nil)), which can be combined; alone, "
        + VisitFilter.single.map(\.name).joined(separator: ", ") + "; and robot"
    case .robotAlone: "--filter robot cannot be combined with other filters: robots make no visits; use it alone"
    case .noTerm: "--filter takes a name and a value, such as country=DE"
    case .twice(let dimension):
      "--filter \(dimension.name) is given twice; "
        + (VisitFilter.several.contains(dimension)
          ? "give several values with commas: \(dimension.name)=ONE,TWO" : "use one value at a time")
    case .noValue(let dimension, let nearest):
      "--filter \(dimension.name): no such value on any day"
        + (nearest.isEmpty ? "; see the list in footfall report" : "; nearest: \(nearest.joined(separator: ", "))")
    case .severalValues(let dimension, let found):
      "--filter \(dimension.name) can have only one value, because a visitor with two of them would count twice; "
        + (found.isEmpty
          ? ""
          : "the filter means \(found.count): \(found.prefix(3).joined(separator: ", "))\(found.count > 3 ? ", …" : ""); ")
        + "several are possible for \(VisitFilter.several.map(\.name).joined(separator: ", "))"
    case .notTogether(let one, let other):
      "--filter \(other.name) cannot be combined with \(one.name): the statistics do not record which visits have "
        + "both, and nothing is estimated; "
        + [one, other].map { dimension in
          let partners = Self.partners(of: dimension)
          return partners.isEmpty ? "\(dimension.name) stands alone" : "\(dimension.name) goes with \(partners)"
        }.joined(separator: "; ")
    case .notKept(let dimensions, let day):
      "--filter: \(day) does not hold combinations of \(dimensions.map(\.name).joined(separator: ", ")) for this: it was "
        + "counted by an earlier version, or the page is not among its \(StatsStore.pagesPerCube) with most visitors; choose "
        + "days after it, or in the first case rebuild it from its logs, by the same rules"
    case .notCounted(let day):
      "--filter: \(day) was counted by an earlier version, which did not keep this combination; the next import counts "
        + "the open days again"
    case .onSite(let host, let refusal): "\(host): \(refusal.description); --site chooses another site"
    case .belowTheCap(let dimension, let day):
      "--filter \(dimension.name): \(day) had more values than a day keeps (\(StatsStore.valuesPerDay)), and this "
        + "one may be among the rest; choose a period without that day"
    case .hours: "hours are stored only for all visits together, not by filter; use --interval day, or omit --filter"
    }
  }

  /// The names of the dimensions that can be combined with one, or with any.
  private static func partners(of dimension: Dimension?) -> String {
    var partners: [Dimension] = []
    for cube in VisitFilter.combining where dimension.map(cube.dimensions.contains) ?? true {
      // What a cube combines only for its subject goes with that alone.
      let others = cube.subject.map { dimension == nil || dimension == $0 ? cube.dimensions : [$0] } ?? cube.dimensions
      partners += others.filter { $0 != dimension && !partners.contains($0) }
    }
    return partners.map(\.name).joined(separator: ", ")
  }
}
