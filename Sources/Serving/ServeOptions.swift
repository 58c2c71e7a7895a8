import Importing

/// What a server is asked to do.
public struct ServeOptions: Sendable {
  /// The address it listens at.
  public var host: String
  /// The port; 0 for any free one.
  public var port: Int
  /// Database, rules and geo files, as of an import without files.
  public var counting: ImportOptions
  /// Whether statistics need a token even from this machine.
  public var requiresToken: Bool

  /// Bundles what a server is asked to do.
  public init(host: String, port: Int, counting: ImportOptions, requiresToken: Bool) {
    self.host = host
    self.port = port
    self.counting = counting
    self.requiresToken = requiresToken
  }
}
