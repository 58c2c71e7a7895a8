/// A pattern of plain text with `*` for any number of bytes, including none, and `?` for one byte. It must match a
/// text as a whole.
///
/// A backslash makes the next byte literal.
public struct Glob: Sendable, Equatable {
  private enum Piece: Equatable {
    case byte(UInt8)
    case one
    case many
  }

  private let pieces: [Piece]
  private let ignoresCase: Bool

  /// Creates a pattern. If it ignores case, it does so for ASCII letters only.
  public init(_ text: String, ignoresCase: Bool) {
    var pieces: [Piece] = []
    var isEscaped = false
    for byte in text.utf8 {
      let byte = ignoresCase ? Byte.lower(byte) : byte
      if isEscaped {
        pieces.append(.byte(byte))
        isEscaped = false
      } else {
        switch byte {
        case Byte.backslash: isEscaped = true
        case Byte.asterisk: if pieces.last != .many { pieces.append(.many) }
        case Byte.questionMark: pieces.append(.one)
        default: pieces.append(.byte(byte))
        }
      }
    }
    self.pieces = pieces
    self.ignoresCase = ignoresCase
  }

  /// Whether the bytes in `range` match.
  ///
  /// Backtracks to the last `*` only, so that no text takes more steps than its length times the pattern's.
  public func matches(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    var piece = 0
    var retry: (piece: Int, index: Int)?
    while index < range.upperBound {
      if piece < pieces.count, pieces[piece] == .many {
        retry = (piece, index)
        piece += 1
      } else if piece < pieces.count, fits(pieces[piece], bytes[index]) {
        piece += 1
        index += 1
      } else if let (star, from) = retry {
        retry = (star, from + 1)
        piece = star + 1
        index = from + 1
      } else {
        return false
      }
    }
    while piece < pieces.count, pieces[piece] == .many { piece += 1 }
    return piece == pieces.count
  }

  /// Whether a text matches.
  public func matches(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return matches(bytes.span, 0..<bytes.count)
  }

  private func fits(_ piece: Piece, _ byte: UInt8) -> Bool {
    switch piece {
    case .byte(let wanted): wanted == (ignoresCase ? Byte.lower(byte) : byte)
    case .one: true
    case .many: false
    }
  }
}
