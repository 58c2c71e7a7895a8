/// What the visitors of a site should reach: an event or a page.
public struct SiteGoal: Hashable, Sendable {
  /// What kind of goal it is. Raw values are stored and never change.
  public enum Kind: String, Sendable {
    /// An event of that name.
    case event
    /// A page of that pathname.
    case page
  }

  private static let page = "page:"

  /// The kind.
  public var kind: Kind
  /// The name of the event, or the pathname.
  public var value: String

  /// Creates a goal.
  public init(_ kind: Kind, _ value: String) {
    self.kind = kind
    self.value = value
  }

  /// Reads a goal as people write it: the name of an event, or `page:` and a pathname. Nil if it is neither.
  public init?(_ text: String) {
    guard text.hasPrefix(Self.page) else {
      guard !text.isEmpty else { return nil }
      self.init(.event, text)
      return
    }
    let path = text.dropFirst(Self.page.count)
    guard path.hasPrefix("/") else { return nil }
    self.init(.page, String(path))
  }

  /// The goal as people write it.
  public var text: String { kind == .page ? Self.page + value : value }
}
