/// A piece of a configured text, as its author sees it.
enum TextPiece {
  case literal(String)
  /// A field by its name in mappings; one with an empty name is ignored.
  case field(String)
}

/// Reads lines of configured texts the slow way.
enum SlowText {
  /// Returns the fields of a line that consists of the pieces, or nil if it is malformed.
  ///
  /// - Parameter isEscaped: whether quotes within quotes are escaped.
  static func read(_ line: [UInt8], _ pieces: [TextPiece], isEscaped: Bool) -> LineFields? {
    var rest = line
    var fields = LineFields()
    let pieces = withoutBlanksAtEnd(pieces)
    for (index, piece) in pieces.enumerated() {
      switch piece {
      case .literal(let text):
        guard rest.starts(with: text.utf8) else { return nil }
        rest.removeFirst(text.utf8.count)
      case .field("time"):
        guard let time = SlowTime.read(rest) else { return nil }
        fields.timestamp = time.seconds
        rest.removeFirst(time.length)
      case .field(let name):
        let value: [UInt8]
        if index + 1 < pieces.count {
          guard let end = end(of: name, rest, pieces, index, isEscaped) else { return nil }
          value = Array(rest[..<end])
        } else {
          value = Array(rest.reversed().drop(while: isBlank).reversed())
        }
        guard fields.set(name, to: value) else { return nil }
        rest = index + 1 < pieces.count ? Array(rest[value.count...]) : []
      }
    }
    if case .field = pieces.last { return fields }
    return rest.allSatisfy(isBlank) ? fields : nil
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

  /// Blanks at the end of a line mean nothing, in the text and in the line.
  private static func withoutBlanksAtEnd(_ pieces: [TextPiece]) -> [TextPiece] {
    guard case .literal(let last) = pieces.last else { return pieces }
    let rest = last.utf8.reversed().drop(while: isBlank).reversed()
    return pieces.dropLast() + (rest.isEmpty ? [] : [.literal(String(decoding: Array(rest), as: UTF8.self))])
  }

  /// Returns where the text after a field begins. It does not begin at an escaped quote between quotes, or after the
  /// comma of a list of addresses.
  private static func end(
    of name: String, _ rest: [UInt8], _ pieces: [TextPiece], _ index: Int, _ isEscaped: Bool
  ) -> Int? {
    guard case .literal(let next) = pieces[index + 1] else { return nil }
    var isQuoted = false
    if index > 0, case .literal(let before) = pieces[index - 1] {
      isQuoted = isEscaped && before.hasSuffix("\"") && next.hasPrefix("\"")
    }
    return rest.indices.first { position in
      guard rest[position...].starts(with: next.utf8) else { return false }
      let backslashes = rest[..<position].reversed().prefix { $0 == UInt8(ascii: "\\") }.count
      let isAfterComma = position > 0 && rest[position - 1] == UInt8(ascii: ",")
      if isQuoted { return backslashes.isMultiple(of: 2) }
      return !(isAfterComma && ["address", "forwarded"].contains(name))
    }
  }
}

extension TextPiece {
  /// Returns the pieces with adjacent texts joined.
  static func joined(_ pieces: [TextPiece]) -> [TextPiece] {
    pieces.reduce(into: []) { joined, piece in
      if case .literal(let second) = piece, case .literal(let first) = joined.last {
        joined[joined.count - 1] = .literal(first + second)
      } else {
        joined.append(piece)
      }
    }
  }

  /// Whether lines that start with this piece start with a quote.
  var startsWithQuote: Bool {
    if case .literal(let text) = self { text.hasPrefix("\"") } else { false }
  }
}
