/// Where a visit came from, by name and kind.
public struct Source: Equatable, Sendable {
  /// The kind of source.
  public enum Kind: String, Sendable {
    /// A search engine.
    case search
    /// A social network or messenger.
    case social
    /// A video platform.
    case video
    /// A shop or marketplace.
    case shopping
    /// An assistant that answers with links.
    case assistant
    /// Mail read in the browser or in an app.
    case mail
    /// Any other site.
    case other
  }

  /// The name as displayed, for example `Google`; the host itself for sites without a name.
  public var name: String
  /// The kind of source.
  public var kind: Kind

  /// Creates a source.
  public init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}
