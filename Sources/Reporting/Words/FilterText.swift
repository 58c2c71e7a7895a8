import Rollups
import StatsStore

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
