import ByteScanning
import Hits

/// Names the values of lines that are taken apart alike, by what they contain.
struct ColumnNames {
  private let texts: [[UInt8]]
  private let separator: UInt8?
  private let lines: Int
  private var fields: [FieldSample]
  private var names: [Int: String] = [:]
  /// Whether there are several fields of addresses, and nothing shows which of them has the client.
  private var hasDoubtfulClient = false

  /// - Parameter lines: lines with the same texts between their values.
  init(_ lines: [LineLayout], _ bytes: Span<UInt8>, separator: UInt8?) {
    texts = lines[0].texts
    self.separator = separator
    self.lines = lines.count
    fields = lines[0].values.map { _ in FieldSample() }
    var times = TimeReader(zone: .utc)
    for line in lines {
      for (column, value) in line.values.enumerated() { fields[column].add(bytes, value, &times) }
    }
    name()
  }

  /// The text for `--format`; nil if a field is missing that is required for counting, if it is not certain which one
  /// has the client, or if the text could not be passed on in quotes.
  var text: String? {
    let found = Set(names.values)
    guard found.contains("time_local"), found.contains("status"),
      found.contains("request") || found.contains("request_uri"), !hasDoubtfulClient,
      texts.allSatisfy({ $0.allSatisfy(Self.isPlain) })
    else { return nil }
    var number = 0
    var text = ""
    for column in fields.indices {
      text += Self.written(texts[column])
      if let known = names[column] {
        text += "$" + known
      } else {
        number += 1
        text += "$other\(number)"
      }
    }
    return text + Self.written(texts[fields.count])
  }

  /// Whether a byte between values means itself in a text in single quotes.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte == Byte.tab
      || (0x20...0x7E).contains(byte) && ![UInt8(ascii: "$"), UInt8(ascii: "'"), Byte.backslash].contains(byte)
  }

  private static func written(_ text: [UInt8]) -> String {
    String(decoding: text, as: UTF8.self).replacing("\t", with: "\\t")
  }

  // MARK: Names

  private mutating func name() {
    give(
      "time_local",
      first { texts[$0].last == Byte.openBracket && share(.time, $0) > 0.9 } ?? first { share(.time, $0) > 0.9 })
    nameRequest()
    let request = names.first { $0.value == "request" || $0.value == "request_uri" }?.key ?? 0
    give("status", first { $0 > request && share(.status, $0) > 0.9 } ?? first { share(.status, $0) > 0.9 })
    let status = names.first { $0.value == "status" }?.key ?? 0
    give("body_bytes_sent", first { $0 > status && share(.number, $0) > 0.9 })
    nameClients()
    give("host", first { share(.host, $0) > 0.5 && share(.agent, $0) < 0.1 && share(.url, $0) < 0.1 })
    let agent = rest.filter { isEnclosed($0) && fields[$0].isAgent }
      .max { fields[$0].agentRank < fields[$1].agentRank }
    give("http_user_agent", agent)
    nameReferrer(besides: agent)
  }

  private mutating func nameRequest() {
    if let request = first({ share(.request, $0) > 0.5 }) {
      give("request", request)
    } else if let method = first({ share(.method, $0) > 0.5 }) {
      give("request_method", method)
      give(
        "request_uri",
        first { $0 > method && share(.target, $0) > 0.5 } ?? first { share(.target, $0) > 0.8 }
          ?? first { $0 == method + 1 && share(.url, $0) > 0.9 })
    } else {
      give("request_uri", first { share(.target, $0) > 0.8 })
    }
  }

  /// Names the field of the client, and the field of the forwarded client if all peers are in private networks.
  ///
  /// Several fields may have public addresses: the proxy's and the client's. The client's differ most.
  private mutating func nameClients() {
    let columns = rest.filter { fields[$0].addressShare > 0.9 }
    guard let first = columns.first else { return }
    let outer = columns.filter { share(.innerAddress, $0) < 0.5 && fields[$0].filled * 10 >= lines * 9 }
    guard let client = outer.max(by: { fields[$0].addresses.count < fields[$1].addresses.count }) else {
      give("remote_addr", first)
      if share(.innerAddress, first) > 0.9 {
        give("http_x_forwarded_for", columns.dropFirst().first { share(.innerAddress, $0) < 0.5 })
      }
      return
    }
    if let peer = columns.first(where: { $0 < client && share(.innerAddress, $0) > 0.9 }) {
      give("remote_addr", peer)
      give("http_x_forwarded_for", client)
      return
    }
    let clear = FieldSample.client(among: outer.map { (fields[$0], isNamedForwarded($0)) }).map { outer[$0] }
    // For the first two words of a line, the message shows both ways to read them.
    hasDoubtfulClient = clear == nil && (outer != [0, 1] || texts[1] != [Byte.space])
    give("remote_addr", clear ?? outer[0])
    give("http_x_forwarded_for", columns.first { names[$0] == nil && !outer.contains($0) && isNamedForwarded($0) })
  }

  /// Whether the text before a value is the usual name of a field with the forwarded client.
  private func isNamedForwarded(_ column: Int) -> Bool {
    let name = texts[column].reversed().drop { $0 == Byte.quote || $0 == Byte.equals || $0 == Byte.colon }
      .prefix { EnvelopeText.isName([$0].span, 0..<1) }
    return KeyNames.isForwarded(String(decoding: name.reversed(), as: UTF8.self))
  }

  /// Names the field with URLs as the referrer; if no line has a URL, the empty field before the user agent.
  private mutating func nameReferrer(besides agent: Int?) {
    if let column = first({ isEnclosed($0) && share(.url, $0) > 0.5 }) { return give("http_referer", column) }
    guard let agent, agent > 0, names[agent - 1] == nil, fields[agent - 1].filled == 0 else { return }
    give("http_referer", agent - 1)
  }

  /// Whether a value may have blanks in it.
  private func isEnclosed(_ column: Int) -> Bool {
    guard separator == nil, let last = texts[column].last else { return separator != nil }
    return [Byte.quote, Byte.openBracket, Byte.openBrace, Byte.bar].contains(last)
  }

  private func share(_ kind: ValueKind, _ column: Int) -> Double { fields[column].share(kind) }

  private var rest: [Int] { fields.indices.filter { names[$0] == nil } }

  private func first(_ isFitting: (Int) -> Bool) -> Int? { rest.first(where: isFitting) }

  private mutating func give(_ name: String, _ column: Int?) {
    if let column { names[column] = name }
  }
}
