/// What is to be sent where.
public struct SendOptions: Sendable {
  /// The file of requests, one a line, plain or compressed; `-` for standard input.
  public var path: String
  /// The address of the server, such as `https://stats.example`; the API's paths are added.
  public var server: String
  /// The token with the ability `collect:write`.
  public var token: String
  /// Where it is noted which lines are done; nil for nowhere.
  public var journal: String?
  /// How many requests are on their way at a time.
  public var connections: Int
  /// How often a line is tried that the server cannot take now.
  public var tries: Int

  /// Bundles what is to be sent where.
  public init(path: String, server: String, token: String, journal: String?, connections: Int, tries: Int) {
    self.path = path
    self.server = server
    self.token = token
    self.journal = journal
    self.connections = connections
    self.tries = tries
  }
}

/// Why sending ended early. Lines that were answered before are noted as done.
public enum SendFailure: Error, Equatable, CustomStringConvertible {
  /// What was asked for cannot be done.
  case usage(String)
  /// The server takes nothing of what is sent.
  case refused(String)
  /// The server or the way to it fails; it may be tried again later.
  case tryAgain(String)
  /// A file cannot be read or written.
  case inputOutput(String)

  /// What, why and what to do, in one line.
  public var description: String {
    switch self {
    case .usage(let text), .refused(let text), .tryAgain(let text), .inputOutput(let text): text
    }
  }
}

/// What became of the lines.
public struct SendSummary: Sendable, Equatable {
  /// Lines that the server counted.
  public var counted = 0
  /// Lines that it skipped, as robots'.
  public var skipped = 0
  /// Lines that break a rule, or are for no site of the server.
  public var refused = 0
  /// Lines that were done in an earlier run.
  public var done = 0
  /// Blank lines.
  public var blank = 0

  /// Nothing yet.
  public init() {}

  /// All lines.
  public var lines: Int { counted + skipped + refused + done + blank }
}
