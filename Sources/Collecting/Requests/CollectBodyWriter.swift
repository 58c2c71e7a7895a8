import ByteScanning

/// Writes requests made from log lines as bodies of the collect API, one JSON object per line.
///
/// When ``CollectBody`` reads a body back, it counts like the original request: the path is normalised, the address
/// is canonical, and bytes that are not UTF-8 are percent-encoded in page addresses and U+FFFD in other texts.
public struct CollectBodyWriter: Sendable {
  private var lines: [UInt8] = []
  private var scratch: [UInt8] = []
  private var path: [UInt8] = []
  private var address = ClientAddress()

  /// Creates a writer.
  public init() {}

  /// Returns the lines written since the last call, and removes them.
  public mutating func takeLines() -> [UInt8] {
    defer { lines.removeAll(keepingCapacity: true) }
    return lines
  }

  /// Writes a page view or an event that ``Validation`` accepts.
  ///
  /// - Parameters:
  ///   - pathname: the name of its page.
  ///   - host: the host of pages if the request has none.
  ///   - trackingID: the public id of its site.
  public mutating func write(
    _ request: borrowing CollectRequest, pathname: [UInt8], host: String, trackingID: String
  ) {
    let bytes = request.bytes.span
    let target = RequestTarget.parts(of: bytes, request[.url])
    path.removeAll(keepingCapacity: true)
    if !Pathname.append(bytes, target.path, to: &path) { path.append(Byte.slash) }
    append(#"{"type":""# + (request.kind == .event ? "event" : "pageview") + #"","tracking_id":""# + trackingID)
    append(#"","url":"https://"#)
    appendHost(bytes, RequestTarget.hostWithoutPort(bytes, request[.host]), else: host)
    lines += path
    if !target.query.isEmpty {
      lines.append(Byte.questionMark)
      scratch.removeAll(keepingCapacity: true)
      Self.appendEncoded(bytes, target.query, from: 0x21, to: &scratch)
      Self.appendQuoted(scratch, to: &lines)
    }
    append(#"","pathname":""#)
    lines += pathname
    append("\"")
    if request.kind == .event {
      writeText("name", bytes, request[.name])
      if !request[.props].isEmpty {
        append(#","props":"#)
        lines += Self.repaired(request.bytes[request[.props]])
      }
    } else {
      writeReferrer(bytes, request[.referrer])
      writeCampaign(bytes, target.query)
    }
    writeAddress(bytes, request[.ip])
    writeText("user_agent", bytes, request[.userAgent])
    append(#","timestamp":"# + String(request.timestamp) + "}\n")
  }

  private mutating func append(_ text: String) {
    lines.append(contentsOf: text.utf8)
  }

  /// Appends the host of the request if it is a valid one, or else another one.
  private mutating func appendHost(_ bytes: Span<UInt8>, _ range: Range<Int>, else other: String) {
    for index in range where !Self.mayStandInHost(bytes[index]) { return append(other) }
    if range.isEmpty { append(other) } else { ByteCopy.append(bytes, range, to: &lines) }
  }

  private static func mayStandInHost(_ byte: UInt8) -> Bool {
    RequestTarget.isLetter(byte) || byte &- 0x30 <= 9 || [Byte.hyphen, Byte.dot, Byte.underscore].contains(byte)
  }

  private mutating func writeText(_ name: String, _ bytes: Span<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    scratch.removeAll(keepingCapacity: true)
    ByteCopy.append(bytes, range, to: &scratch)
    writeScratch(name)
  }

  /// Writes the text in the scratch buffer, with invalid UTF-8 replaced.
  private mutating func writeScratch(_ name: String) {
    append(",\"" + name + "\":\"")
    Self.appendQuoted(Self.repaired(scratch[...]), to: &lines)
    lines.append(Byte.quote)
  }

  private mutating func writeReferrer(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let host = RequestTarget.parts(of: bytes, range).host
    scratch.removeAll(keepingCapacity: true)
    ByteCopy.append(bytes, range.lowerBound..<host.upperBound, to: &scratch)
    Self.appendEncoded(bytes, host.upperBound..<range.upperBound, from: 0x20, to: &scratch)
    writeScratch("referrer")
  }

  /// Writes the campaign fields of the query: for each name, the first value that is not empty.
  private mutating func writeCampaign(_ bytes: Span<UInt8>, _ query: Range<Int>) {
    for (field, name) in Self.campaign {
      var parameters = QueryParameters(query)
      while let pair = parameters.next(in: bytes) {
        guard CampaignParameters.field(bytes, pair.name) == field else { continue }
        scratch.removeAll(keepingCapacity: true)
        QueryParameters.appendDecoded(bytes, pair.value, to: &scratch)
        guard !scratch.isEmpty else { continue }
        writeScratch(name)
        break
      }
    }
  }

  private static let campaign: [(field: CollectRequest.Field, name: String)] = [
    (.utmSource, "utm_source"), (.utmMedium, "utm_medium"), (.utmCampaign, "utm_campaign"),
    (.utmContent, "utm_content"), (.utmTerm, "utm_term"),
  ]

  /// Writes the address, unless it is a host name, which the API does not accept.
  private mutating func writeAddress(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    address.read(bytes, range)
    let parts = address.bytes
    switch address.kind {
    case .name: return
    case .ipv4: append(#","ip":""# + parts.map { String($0) }.joined(separator: ".") + "\"")
    case .ipv6:
      let groups = stride(from: 0, to: 16, by: 2).map {
        String(UInt16(parts[$0]) << 8 | UInt16(parts[$0 + 1]), radix: 16)
      }
      append(#","ip":""# + groups.joined(separator: ":") + "\"")
    }
  }

  /// Appends printable ASCII bytes from `first` on as they are, and all others percent-encoded.
  private static func appendEncoded(
    _ bytes: Span<UInt8>, _ range: Range<Int>, from first: UInt8, to out: inout [UInt8]
  ) {
    for index in range {
      let byte = bytes[index]
      if byte >= first, byte < 0x7F {
        out.append(byte)
      } else {
        out.append(Byte.percent)
        out.append(HexDigits.upper(byte >> 4))
        out.append(HexDigits.upper(byte & 0xF))
      }
    }
  }

  /// Returns the text with U+FFFD for bytes that are not UTF-8.
  private static func repaired(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    if text.allSatisfy({ $0 < 0x80 }) { return text }
    return Array(String(decoding: text, as: UTF8.self).utf8)[...]
  }

  /// Appends a text escaped for a JSON string.
  private static func appendQuoted(_ text: some Sequence<UInt8>, to out: inout [UInt8]) {
    for byte in text {
      if byte == Byte.quote || byte == Byte.backslash {
        out.append(Byte.backslash)
        out.append(byte)
      } else if byte < 0x20 {
        out.append(contentsOf: "\\u00".utf8)
        out.append(HexDigits.upper(byte >> 4))
        out.append(HexDigits.upper(byte & 0xF))
      } else {
        out.append(byte)
      }
    }
  }
}
