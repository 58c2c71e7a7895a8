import ByteScanning
import Collecting
import PageNames

/// Counts the values of query parameters by page, to find pages whose parameters make pages of their own.
struct QueryTally {
  private struct Parameter {
    var requests = 0
    /// Hashes of the values, as long as they are few.
    var values: Set<UInt64> = []
  }

  private static let mostPages = 10_000
  private static let mostParameters = 20
  private static let mostValues = 10_000
  /// A parameter is proposed if it has so many values at least, and occurs in most requests of its page.
  private static let leastValues = 10

  private var pages: [Int: (requests: Int, parameters: [String: Parameter])] = [:]

  /// Adds a request for a page.
  mutating func add(page: Int, _ bytes: Span<UInt8>, _ query: Range<Int>) {
    if pages[page] == nil {
      guard !query.isEmpty, pages.count < Self.mostPages else { return }
      pages[page] = (0, [:])
    }
    pages[page]?.requests += 1
    var parameters = QueryParameters(query)
    while let pair = parameters.next(in: bytes) {
      guard !pair.value.isEmpty, pair.name.count <= 32 else { continue }
      let name = String(decoding: ByteCopy.bytes(bytes, pair.name), as: UTF8.self)
      guard pages[page]?.parameters[name] != nil || pages[page]?.parameters.count ?? 0 < Self.mostParameters else {
        continue
      }
      pages[page]?.parameters[name, default: Parameter()].requests += 1
      guard pages[page]?.parameters[name]?.values.count ?? 0 < Self.mostValues else { continue }
      pages[page]?.parameters[name]?.values.insert(ByteHash.hash(bytes, pair.value))
    }
  }

  /// Returns entries for pages most of whose requests have a parameter of few enough values to be one of the page itself.
  ///
  /// - Parameter names: the names of the pages.
  func proposals(_ names: [String]) -> [PathSurvey.Proposal] {
    pages.compactMap { page, counted in
      // A parameter with a value for nearly each request says who asks or what for, not which page.
      let telling = counted.parameters.filter { _, parameter in
        parameter.values.count >= Self.leastValues && parameter.requests * 2 > counted.requests
          && parameter.requests >= 3 * parameter.values.count
      }
      let parameters = telling.filter { Self.mayBeKept(names[page], $0.key) }
      guard let first = parameters.max(by: { ($0.value.requests, $1.key) < ($1.value.requests, $0.key) }),
        !names[page].contains("?")
      else { return nil }
      return PathSurvey.Proposal(
        flag: "keep-query", value: "\(names[page]): \(first.key)", before: 1, after: first.value.values.count,
        requests: counted.requests)
    }
  }

  /// Whether an entry for the parameter is valid. Names such as `sid` are those of sessions.
  private static func mayBeKept(_ page: String, _ name: String) -> Bool {
    let lower = name.lowercased()
    guard
      !["sid", "sess", "token", "session", "phpsessid", "jsessionid", "key", "hash", "nonce", "q", "query", "search"]
        .contains(lower)
    else { return false }
    return (try? KeptQuery("\(page): \(name)")) != nil
  }
}
