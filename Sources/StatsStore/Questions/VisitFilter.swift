import Rollups

/// What statistics are narrowed to: visits that have all of these values. Without values, all visits.
///
/// A filter is either exact or there is none. The visit cube holds each combination of its six dimensions, so any of
/// them may be put together; every other dimension is kept by itself alone.
public struct VisitFilter: Equatable, Sendable {
  /// One value that is asked for.
  public struct Term: Equatable, Sendable {
    /// What the value is of.
    public var dimension: Dimension
    /// The value as it is stored; empty where it is unknown.
    public var value: String

    /// Asks for a value.
    public init(_ dimension: Dimension, _ value: String) {
      self.dimension = dimension
      self.value = value
    }
  }

  /// The dimensions of which several may be asked for together.
  public static let combinable = Cube.dimensions

  /// The dimensions of which one may be asked for by itself.
  public static let single: [Dimension] = [
    .page, .entryPage, .exitPage, .referrer, .utmSource, .utmMedium, .utmCampaign, .utmContent, .utmTerm, .region,
    .city, .network, .browserVersion, .osVersion,
  ]

  /// What is asked for; empty for everything.
  public let terms: [Term]

  /// Everything.
  public static let all = VisitFilter()

  private init() {
    terms = []
  }

  /// The visits that have all of these values.
  ///
  /// - Throws: ``FilterRefusal`` where the statistics do not hold them exactly.
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

  /// Whether the cube answers.
  var isOfCube: Bool { terms.first.map { Self.combinable.contains($0.dimension) } ?? false }

  /// Whether the values of a dimension can be listed for what the filter lets through.
  public func lists(_ dimension: Dimension) -> Bool {
    terms.isEmpty || (isOfCube && Self.combinable.contains(dimension) && !asksFor(dimension))
  }

  /// Whether a value of that dimension is asked for.
  public func asksFor(_ dimension: Dimension) -> Bool {
    terms.contains { $0.dimension == dimension }
  }
}

/// Why statistics cannot be narrowed as asked without guessing.
public enum FilterRefusal: Error, Equatable, CustomStringConvertible {
  /// There is no such dimension, or its values are none of visits.
  case noFilter(String)
  /// The text is no name and value.
  case noTerm
  /// Two values of one dimension are asked for.
  case twice(Dimension)
  /// The first dimension is kept by itself alone.
  case notTogether(Dimension, Dimension)
  /// On that day the value is among those of fewest visitors, which were added up.
  case belowTheCap(Dimension, day: String)
  /// Hours are kept of all visits only.
  case hours

  /// Which, why and what to do, in one line; never the value.
  public var description: String {
    let combinable = VisitFilter.combinable.map(\.name).joined(separator: ", ")
    return switch self {
    case .noFilter(let name):
      "--filter \(name): no such filter; there are \(combinable), which may be put together, and by itself one of "
        + VisitFilter.single.map(\.name).joined(separator: ", ")
    case .noTerm: "--filter takes a name and a value, such as country=DE"
    case .twice(let dimension): "--filter \(dimension.name) is given twice; ask for one value at a time"
    case .notTogether(let alone, let other):
      "--filter \(alone.name) cannot be put together with \(other.name): the statistics do not hold which visits have "
        + "both, and nothing is estimated; use one of them, or several of \(combinable)"
    case .belowTheCap(let dimension, let day):
      "--filter \(dimension.name): on \(day) more values came than a day keeps (\(StatsStore.valuesPerDay)), and this "
        + "one may be among the rest; leave that day out"
    case .hours: "hours are kept of all visits together, not by filter; use --interval day, or no --filter"
    }
  }
}
