import Rollups

/// A filter for statistics: visits that have all of these values. Without values, all visits.
///
/// A filter is either exact or refused. The visit cube contains each combination of its six dimensions, so any of
/// them may be combined. Every other dimension is stored on its own.
public struct VisitFilter: Equatable, Sendable {
  /// A dimension and the value it must have.
  public struct Term: Equatable, Sendable {
    /// The dimension of the value.
    public var dimension: Dimension
    /// The value as it is stored; empty for an unknown one.
    public var value: String

    /// Creates a term.
    public init(_ dimension: Dimension, _ value: String) {
      self.dimension = dimension
      self.value = value
    }
  }

  /// The dimensions that can be combined.
  public static let combinable = Cube.dimensions

  /// The dimensions that can only be used alone.
  public static let single: [Dimension] = [
    .page, .entryPage, .exitPage, .referrer, .utmSource, .utmMedium, .utmCampaign, .utmContent, .utmTerm, .region,
    .city, .network, .browserVersion, .osVersion,
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
      guard Self.combinable.contains(term.dimension) || Self.single.contains(term.dimension) else {
        throw .noFilter(term.dimension.name)
      }
      guard !terms[..<index].contains(where: { $0.dimension == term.dimension }) else {
        throw .twice(term.dimension)
      }
    }
    let alone = terms.first { !Self.combinable.contains($0.dimension) }
    if let alone, let other = terms.first(where: { $0.dimension != alone.dimension }) {
      throw .notTogether(alone.dimension, other.dimension)
    }
    self.terms = terms
  }

  /// Whether the cube answers the filter.
  var isOfCube: Bool { terms.first.map { Self.combinable.contains($0.dimension) } ?? false }

  /// Returns whether the values of a dimension can be listed for the visits that pass the filter.
  public func lists(_ dimension: Dimension) -> Bool {
    terms.isEmpty || (isOfCube && Self.combinable.contains(dimension) && !asksFor(dimension))
  }

  /// Returns whether the filter has a term for that dimension.
  public func asksFor(_ dimension: Dimension) -> Bool {
    terms.contains { $0.dimension == dimension }
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
  /// There are two values for one dimension.
  case twice(Dimension)
  /// The first dimension is stored on its own and cannot be combined.
  case notTogether(Dimension, Dimension)
  /// On that day the value may be among those with the fewest visitors, which were summed up.
  case belowTheCap(Dimension, day: String)
  /// Hours are stored only for all visits together.
  case hours

  /// The filter, the reason and the remedy, on one line; never the value.
  public var description: String {
    let combinable = VisitFilter.combinable.map(\.name).joined(separator: ", ")
    return switch self {
    case .noFilter(let name):
      "--filter \(name): no such filter; use any combination of \(combinable), or a single one of "
        + VisitFilter.single.map(\.name).joined(separator: ", ") + "; or robot alone"
    case .robotAlone: "--filter robot cannot be combined with other filters: robots make no visits; use it alone"
    case .noTerm: "--filter takes a name and a value, such as country=DE"
    case .twice(let dimension): "--filter \(dimension.name) is given twice; use one value at a time"
    case .notTogether(let alone, let other):
      "--filter \(alone.name) cannot be combined with \(other.name): the statistics do not record which visits have "
        + "both, and nothing is estimated; use one of them, or several of \(combinable)"
    case .belowTheCap(let dimension, let day):
      "--filter \(dimension.name): \(day) had more values than a day keeps (\(StatsStore.valuesPerDay)), and this "
        + "one may be among the rest; choose a period without that day"
    case .hours: "hours are stored only for all visits together, not by filter; use --interval day, or omit --filter"
    }
  }
}
