/// Hosts that send requests with their own address as the referrer, to make site owners visit them.
///
/// A list contains one host per line, like Matomo's `spammers.txt`
/// (<https://github.com/matomo-org/referrer-spam-list>). Empty lines and lines that start with `#` are comments.
public struct ReferrerSpam: Sendable {
  /// A line that is not a host.
  public struct Failure: Error, Equatable {
    /// The number of the line, from 1.
    public let line: Int
  }

  private let hosts: Set<String>

  /// Parses a list.
  ///
  /// - Throws: ``Failure`` for the first line that is not a host.
  public init(_ bytes: [UInt8]) throws(Failure) {
    var hosts: Set<String> = []
    let text = String(decoding: bytes, as: UTF8.self)
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let host = line.lowercased()
      if host.hasPrefix("#") || host.allSatisfy(\.isWhitespace) { continue }
      guard Self.isHost(host) else { throw Failure(line: index + 1) }
      hosts.insert(host)
    }
    self.hosts = hosts
  }

  /// Whether a host (lower case, without `www.`) or one of its parent domains is on the list.
  public func contains(_ host: String) -> Bool {
    var rest = Substring(host)
    while !rest.isEmpty {
      if hosts.contains(String(rest)) { return true }
      guard let dot = rest.firstIndex(of: ".") else { return false }
      rest = rest[rest.index(after: dot)...]
    }
    return false
  }

  private static func isHost(_ text: String) -> Bool {
    text.contains(".") && !text.hasPrefix(".") && !text.hasSuffix(".")
      && text.allSatisfy { $0.isLetter || $0.isNumber || $0 == "." || $0 == "-" || $0 == "_" }
  }
}
