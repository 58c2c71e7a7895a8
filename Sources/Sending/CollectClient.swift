import Foundation

/// Posts single requests and retries them if that may help. For one thread.
struct CollectClient: ~Copyable {
  /// The result of a line.
  enum Answer: Equatable, Sendable {
    case counted
    case skipped
    /// The server will never accept it, for this reason.
    case refused(String)
  }

  private let server: String
  private let tries: Int
  private var connection: Connection

  /// - Throws: ``SendFailure`` if libcurl is missing.
  init(_ options: SendOptions) throws(SendFailure) {
    guard let library = unsafe Connection.library else {
      throw .usage("libcurl is needed for sending but missing; install it (on Debian: apt-get install libcurl4)")
    }
    guard let connection = Connection.open(library, token: options.token) else {
      throw .inputOutput("out of memory")
    }
    self.connection = connection
    server = options.server
    tries = options.tries
  }

  /// Sends a body.
  ///
  /// - Parameters:
  ///   - kind: `pageview` or `event`.
  ///   - isOver: returns whether to give up because another line has failed; called before each retry.
  /// - Throws: ``SendFailure`` if no other line would succeed, now or at all.
  mutating func send(_ body: [UInt8], as kind: String, isOver: () -> Bool) throws(SendFailure) -> Answer {
    var problem = ""
    for attempt in 0..<tries {
      var pause = Self.pause(after: attempt)
      if let (status, text, retryAfter) = connection.post(body, to: "\(server)/api/v1/collect/\(kind)") {
        if let answer = try answer(status, text) { return answer }
        problem = "\(server) answered \(status)"
        pause = max(pause, Double(min(300, retryAfter)))
      } else {
        problem = "\(server) cannot be reached"
      }
      if isOver() { break }
      if attempt + 1 < tries { Thread.sleep(forTimeInterval: pause) }
    }
    throw .tryAgain("\(problem) (\(tries) tries); run the same command again later to continue from here")
  }

  /// Returns a pause that doubles after each try, from a quarter of a second to a minute, with random jitter.
  static func pause(after attempt: Int) -> Double {
    let longest = min(60, 0.25 * Double(1 << min(attempt, 8)))
    return Double.random(in: longest / 2...longest)
  }

  /// Returns the result that a response means for a line; nil to retry.
  private func answer(_ status: Int, _ text: String) throws(SendFailure) -> Answer? {
    switch status {
    case 200..<300: return text.contains("\"skipped\"") ? .skipped : .counted
    case 401: throw .refused("\(server) does not accept the token (401); is it the right one, or was it revoked?")
    case 402: throw .refused("a site has used up its page views for the month (402); raise its cap, then send again")
    case 403: throw .refused("the token may not send for these sites, or their plan has no API (403)")
    case 408, 429, 500...: return nil
    case 404 where text.contains("\"error\"") || !text.contains("\"ok\""):
      throw .refused("\(server) has no collect API at this address (404); is --to right?")
    case 404: return .refused("no site has this tracking_id (404)")
    case 300..<400: throw .refused("\(server) redirects (\(status)); give the new address with --to")
    default: return .refused("the server refused it (\(status))")
    }
  }
}
