/// The options for sending requests.
public struct SendOptions: Sendable {
  /// The file of requests, one per line, plain or compressed; `-` for standard input.
  public var path: String
  /// The address of the server, such as `https://stats.example`; the API's paths are added.
  public var server: String
  /// A token with the ability `collect:write`.
  public var token: String
  /// The path of the journal of lines that are done; nil for none.
  public var journal: String?
  /// The number of requests in flight at a time.
  public var connections: Int
  /// The number of tries per line while the server cannot accept it.
  public var tries: Int

  /// Creates options.
  public init(path: String, server: String, token: String, journal: String?, connections: Int, tries: Int) {
    self.path = path
    self.server = server
    self.token = token
    self.journal = journal
    self.connections = connections
    self.tries = tries
  }
}

/// The reason why sending ended early. Lines that were answered before are recorded as done.
public enum SendFailure: Error, Equatable, CustomStringConvertible {
  /// The options are wrong, or something is missing.
  case usage(String)
  /// The server refuses all requests.
  case refused(String)
  /// The server or the network fails; a later try may succeed.
  case tryAgain(String)
  /// A file cannot be read or written.
  case inputOutput(String)

  /// What failed, why and what to do, in one line.
  public var description: String {
    switch self {
    case .usage(let text), .refused(let text), .tryAgain(let text), .inputOutput(let text): text
    }
  }
}

/// The results of the lines.
public struct SendSummary: Sendable, Equatable {
  /// The number of lines that the server counted.
  public var counted = 0
  /// The number of lines that the server skipped, such as those of robots.
  public var skipped = 0
  /// The number of lines that break a rule, or belong to no site of the server.
  public var refused = 0
  /// The number of lines that were done in an earlier run.
  public var done = 0
  /// The number of blank lines.
  public var blank = 0

  /// Creates an empty summary.
  public init() {}

  /// The number of all lines.
  public var lines: Int { counted + skipped + refused + done + blank }
}
