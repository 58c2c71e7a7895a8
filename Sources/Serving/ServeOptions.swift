import Importing

/// The options of a server.
public struct ServeOptions: Sendable {
  /// The address to listen on.
  public var host: String
  /// The port; 0 for any free one.
  public var port: Int
  /// The database, rules and geo files, as for an import without files.
  public var counting: ImportOptions
  /// Whether statistics need a token even on this machine.
  public var requiresToken: Bool

  /// Creates options.
  public init(host: String, port: Int, counting: ImportOptions, requiresToken: Bool) {
    self.host = host
    self.port = port
    self.counting = counting
    self.requiresToken = requiresToken
  }
}
