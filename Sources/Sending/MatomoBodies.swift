import Collecting

/// Turns collect requests, as `footfall convert` writes them, into bodies of Matomo's bulk tracking API.
///
/// Source: <https://developer.matomo.org/api-reference/tracking-api>. `cdt` sets the time and `cip` the address, for which
/// Matomo wants a token. With `recMode=2`, Matomo 5.7 takes requests of AI's robots for its reports on them, and all others as
/// visits; earlier versions ignore it.
public struct MatomoBodies {
  /// The number of requests in a body, as Matomo's own importer of logs has it.
  public static let requestsAtOnce = 200

  private var lines: RequestLines
  private let site: Int
  private let token: String?
  private var reader = CollectBody()
  private var request = CollectRequest()

  /// Opens a file of requests, or standard input for `-`.
  ///
  /// - Parameters:
  ///   - site: the number of the site in Matomo.
  ///   - token: the token that each body carries; nil for bodies without one.
  /// - Throws: ``SendFailure``.
  public init(path: String, site: Int, token: String?) throws(SendFailure) {
    lines = try RequestLines(path: path)
    self.site = site
    self.token = token
  }

  /// Calls `output` with one body after the other, each on a line.
  ///
  /// - Parameter onFault: called with the number of each line that is no request.
  /// - Returns: the number of requests.
  public mutating func forEachBody(onFault: (Int) -> Void, _ output: (String) throws -> Void) throws -> Int {
    var queries: [String] = []
    var count = 0
    while let line = lines.next() {
      guard reader.read(line.bytes.span, 0..<line.bytes.count, now: 0, into: &request).isEmpty else {
        onFault(line.number)
        continue
      }
      queries.append(query())
      count += 1
      if queries.count == Self.requestsAtOnce {
        try output(body(queries))
        queries.removeAll()
      }
    }
    if !queries.isEmpty { try output(body(queries)) }
    return count
  }

  private func body(_ queries: [String]) -> String {
    // Queries are percent-encoded, so nothing in them needs an escape.
    let list = queries.map { "\"\($0)\"" }.joined(separator: ",")
    return "{\"requests\":[\(list)]" + (token.map { ",\"token_auth\":\"\($0)\"" } ?? "") + "}\n"
  }

  private func query() -> String {
    var query = "?idsite=\(site)&rec=1&apiv=1&send_image=0&recMode=2&cdt=\(request.timestamp)"
    let fields: [(String, CollectRequest.Field)] = [
      ("url", .url), ("urlref", .referrer), ("cip", .ip), ("ua", .userAgent),
    ]
    for (name, field) in fields where !request[field].isEmpty { query += "&\(name)=" + encoded(field) }
    if request.kind == .event { query += "&ca=1&e_c=Footfall&e_a=" + encoded(.name) }
    return query
  }

  /// Percent-encodes a field (RFC 3986, section 2.3).
  private func encoded(_ field: CollectRequest.Field) -> String {
    var text = ""
    for byte in request.bytes[request[field]] {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return text
  }
}
