/// A text of a server's configuration.
public struct ConfigurationText: Sendable {
  /// The name of its file in messages.
  public var file: String
  /// The text.
  public var text: String

  /// Names a text.
  public init(file: String, text: String) {
    self.file = file
    self.text = text
  }
}

/// A directive that includes other files.
public struct ConfigurationInclude: Sendable {
  /// The path or pattern, as given; Apache's `ServerRoot` is put in front if it is known.
  public var pattern: String
  /// Whether the server starts without the files: nginx if it is a pattern, Apache with `IncludeOptional`.
  public var isOptional: Bool
  /// The file that contains the directive.
  public var file: String
  /// The line of the directive, from 1.
  public var line: Int
}

/// A place of a configuration that a server would refuse.
public struct ConfigurationFault: Equatable, Sendable, CustomStringConvertible {
  /// The file.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// What is wrong and what to do.
  public var reason: String

  /// `file:line: reason`.
  public var description: String { "\(file):\(line): \(reason)" }
}

/// A `server` block of nginx, a `VirtualHost` of Apache, or the main server of Apache.
public struct ServerDescription: Sendable {
  /// A log of the server.
  public struct Log: Equatable, Sendable {
    /// The path as given, with variables; `syslog:…` or a pipe that leads to no file are kept as they are.
    public var path: String
    /// The name of its format.
    public var format: String
    /// Whether only some requests are written to it (`if=`, `env=`).
    public var isConditional = false
  }

  /// The names, as given: hosts, `_`, patterns and regular expressions.
  public var names: [String] = []
  /// The logs. Each request is written to all logs of one group.
  public var logs: [[Log]] = []
  /// The host that the server redirects all requests to; nil if it does not, or if the host is variable.
  public var redirectsTo: String?
  /// Whether it redirects all requests.
  public var isRedirect = false
}
