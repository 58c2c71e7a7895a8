import AccessLog

/// Removes whatever may precede and surround a line's own text, the slow way.
enum SlowBeginning {
  /// A line's own text, and the time of its envelope.
  typealias Content = (text: [UInt8], time: Int64?)

  /// Returns the line's own text.
  ///
  /// - Parameters:
  ///   - envelopes: the envelopes around it, the outermost first.
  ///   - isOptional: whether lines may also come without them.
  ///   - startsWithQuote: whether lines of the format start with a quote of their own.
  /// - Throws: the reason the line is malformed.
  static func takenOff(
    _ line: [UInt8], _ envelopes: [Envelope] = [], isOptional: Bool = false, startsWithQuote: Bool = false
  ) throws(SlowLineParser.Malformed) -> Content {
    var rest = Array(line.drop { $0 == 0 })
    if rest.isEmpty, !line.isEmpty { throw .init(reason: .binary) }
    rest = Array(rest.drop { " \t\u{1E}".utf8.contains($0) })
    guard let first = rest.first else { throw .init(reason: .empty) }
    if first == UInt8(ascii: "#") { throw .init(reason: .comment) }
    var time: Int64?
    for envelope in envelopes {
      if let content = SlowEnvelope.content(envelope, rest) {
        rest = content.text
        time = content.time ?? time
      } else if !isOptional {
        throw .init(reason: .syntax)
      }
    }
    let quotes = rest.indices.filter { rest[$0] == UInt8(ascii: "\"") }
    guard quotes.count >= 2, quotes[0] == 0, quotes.last == rest.count - 1, !startsWithQuote else {
      return (rest, time)
    }
    let isWhole = quotes.count == 2 || !" \t".utf8.contains(rest[quotes[1] + 1])
    return (isWhole ? Array(rest.dropFirst().dropLast()) : rest, time)
  }

  /// Returns the envelopes at the start of a format's name, and the rest of the name.
  static func envelopes(inName name: String) -> (envelopes: [Envelope], rest: String) {
    var parts = name.split(separator: "+").map(String.init)
    var envelopes: [Envelope] = []
    while let first = parts.first, let envelope = Envelope(rawValue: first), parts.count > 1 {
      envelopes.append(envelope)
      parts.removeFirst()
    }
    return (envelopes, parts.joined(separator: "+"))
  }
}
