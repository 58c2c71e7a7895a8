import ByteScanning
import Rollups
import StatsStore

/// Finds the stored values that people mean by the values of a filter: by another case, by the name of a country, by a
/// pattern, all but some, or several.
struct FilterResolving {
  private let statistics: SiteStatistics

  init(_ statistics: SiteStatistics) { self.statistics = statistics }

  /// Returns the filter with stored values.
  ///
  /// - Throws: ``FilterRefusal`` if a value is unknown, or several cannot be answered exactly.
  func resolve(_ filter: VisitFilter) throws -> VisitFilter {
    // Without any data, no value is wrong.
    guard filter != .all, try statistics.days() != nil else { return filter }
    return try VisitFilter(filter.terms.map(resolve))
  }

  private func resolve(_ term: VisitFilter.Term) throws -> VisitFilter.Term {
    // What is stored as it stands is meant, whatever characters it has.
    if try isStored(term.value, term.dimension) { return term }
    var term = term
    term.isNegated = term.value.hasPrefix("!")
    let text = term.isNegated ? String(term.value.dropFirst()) : term.value
    let parts =
      try isStored(text, term.dimension)
      ? [text] : text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    var choice = Choice(term.dimension, try statistics.values(of: term.dimension))
    for part in parts {
      try choice.add(part, isStored: try isStored(part, term.dimension))
    }
    term.values = choice.chosen
    if term.isNegated || term.values.count > 1, !VisitFilter.several.contains(term.dimension) {
      throw FilterRefusal.severalValues(term.dimension, found: term.isNegated ? [] : choice.labels)
    }
    if term.isOfOneValue { term.value = term.values[0] }
    return term
  }

  /// An empty value means unknown, which always exists.
  private func isStored(_ value: String, _ dimension: Dimension) throws -> Bool {
    try value.isEmpty || statistics.has(value, in: dimension)
  }
}

/// Chooses among the values of a dimension.
private struct Choice {
  private struct Candidate {
    var value: String
    /// What people may write for it, in small letters.
    var names: [String]
  }

  private let dimension: Dimension
  private let candidates: [Candidate]
  private(set) var chosen: [String] = []

  init(_ dimension: Dimension, _ values: [String]) {
    self.dimension = dimension
    let layout = SectionLayout(dimension)
    candidates = values.filter { $0 != StatsStore.otherValues }.map { value in
      var names = [value, layout.label(value)]
      // The last part of a place, such as the city.
      if [.region, .city].contains(dimension), let name = value.split(separator: "/").last {
        names.append(String(name))
      }
      return Candidate(value: value, names: names.map { $0.lowercased() })
    }
  }

  /// The chosen values as people read them.
  var labels: [String] { chosen.map(SectionLayout(dimension).label) }

  /// Adds the values that a text names.
  mutating func add(_ text: String, isStored: Bool) throws {
    if isStored { return choose([text]) }
    let name = text.lowercased()
    let found = candidates.filter { $0.names.contains(name) }
    if !found.isEmpty { return choose(found.map(\.value)) }
    if text.contains("*") || text.contains("?") {
      let glob = Glob(text, ignoresCase: true)
      let matching = candidates.filter { $0.names.contains { glob.matches($0) } }
      if !matching.isEmpty { return choose(matching.map(\.value)) }
    }
    // A country from which nobody came yet is one nevertheless.
    if dimension == .country, let code = CountryName.code(of: text) { return choose([code]) }
    throw FilterRefusal.noValue(dimension, nearest: nearest(to: name))
  }

  private mutating func choose(_ values: [String]) {
    chosen += values.filter { !chosen.contains($0) }
  }

  /// Returns the values most like a text, as people read them.
  private func nearest(to name: String) -> [String] {
    let most = max(2, name.utf8.count / 3)
    let near = candidates.compactMap { candidate -> (label: String, distance: Int)? in
      let distance = candidate.names.map { EditDistance.between(name, $0, atMost: most) }.min() ?? most + 1
      return distance > most ? nil : (SectionLayout(dimension).label(candidate.value), distance)
    }
    return near.sorted { ($0.distance, $0.label) < ($1.distance, $1.label) }.prefix(3).map(\.label)
  }
}

/// How many letters must be changed, added or removed to make one text of another (V. I. Levenshtein, 1965).
enum EditDistance {
  /// Returns the distance, or a number greater than `most` if it is greater.
  static func between(_ left: String, _ right: String, atMost most: Int) -> Int {
    let (left, right) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
    guard abs(left.count - right.count) <= most else { return most + 1 }
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in right.enumerated() {
        let cost = letter == other ? diagonal : min(diagonal, row[column], row[column + 1]) + 1
        diagonal = row[column + 1]
        row[column + 1] = cost
      }
    }
    return row[right.count]
  }
}
