/// Steps that visitors of a site should take in one visit, in this order. Between two steps, anything may happen.
public struct Funnel: Hashable, Sendable {
  /// The number of steps that a funnel may have.
  public static let stepCounts = 2...8
  /// The greatest number of funnels of a site.
  public static let most = 8

  private static let arrow = " > "

  /// The name, which is unique among those of the site.
  public var name: String
  /// The steps. That of a page may be a pattern with `*` and `?`.
  public var steps: [SiteGoal]

  /// Reads a funnel as people write it: its name, a colon, and steps as goals are written, with `>` between them. Nil if it is
  /// none.
  public init?(_ text: String) {
    guard let colon = text.firstIndex(of: ":"), !text.utf8.contains(where: { $0 < 0x20 }) else { return nil }
    name = Self.trimmed(text[..<colon])
    let parts = text[text.index(after: colon)...].split(separator: ">", omittingEmptySubsequences: false)
    steps = parts.compactMap { SiteGoal(Self.trimmed($0)) }
    // `page:/a > page:/b` has no name.
    guard !name.isEmpty, name != "page", steps.count == parts.count, Self.stepCounts.contains(steps.count) else {
      return nil
    }
  }

  /// The funnel as people write it.
  public var text: String { "\(name): \(path)" }

  /// All steps as one text.
  public var path: String { steps.map(\.text).joined(separator: Self.arrow) }

  /// For each step, the steps up to it as one text. Statistics are kept by these, so that a funnel whose steps change does not
  /// mix with what it was before.
  public var sequences: [String] {
    steps.indices.map { steps[...$0].map(\.text).joined(separator: Self.arrow) }
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
