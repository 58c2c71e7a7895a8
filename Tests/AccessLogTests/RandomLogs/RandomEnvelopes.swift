/// Random lines of two streams in CRI or JSON envelopes, split into parts at random, with the expected result of
/// each.
struct RandomEnvelopes {
  /// How a program writes a line.
  enum Style: CaseIterable {
    case cri, docker, fluentBit, journal
  }

  /// A line of a file, and the text that it completes, nil for a part that is followed by others.
  struct Written {
    var line: [UInt8]
    var text: [UInt8]?
    /// Whether the envelope's head before the text is kept.
    var isHeadKept: Bool
  }

  var values: RandomValues
  private static let instant = 1_728_568_536

  init(seed: UInt64) {
    values = RandomValues(seed: seed)
  }

  /// The instant that all lines carry.
  static var time: Int64 { Int64(instant) }

  /// Returns lines of both streams, mixed, each stream in its own order.
  mutating func written(_ style: Style, lines: Int) -> [Written] {
    var streams = ["stdout", "stderr"].map { stream in
      (0..<lines).flatMap { _ in written(style, stream) }
    }
    var mixed: [Written] = []
    while let stream = streams.indices.filter({ !streams[$0].isEmpty }).randomElement(using: &values.generator) {
      mixed.append(streams[stream].removeFirst())
    }
    return mixed
  }

  private mutating func written(_ style: Style, _ stream: String) -> [Written] {
    let pieces = (0..<values.pick([1, 1, 1, 2, 3])).map { _ in piece(style) }
    let whole = Array(pieces.joined().utf8)
    return pieces.enumerated().map { index, piece in
      let isLast = index == pieces.count - 1
      let head = "2024-10-10T13:55:36.\(values.number(100...999))Z \(stream) "
      switch style {
      case .cri:
        let start = Array((head + (isLast ? values.pick(["F ", "F:x "]) : values.pick(["P ", "P:y "]))).utf8)
        return Written(line: start + piece.utf8, text: isLast ? start + whole : nil, isHeadKept: true)
      case .docker:
        let end = isLast ? values.pick(["\\n", "\\r\\n", "\\u000a"]) : ""
        let text = "\"log\":\"\(escaped(piece))\(end)\""
        return object([text, "\"stream\":\"\(stream)\"", "\"time\":\"2024-10-10T13:55:36.5Z\""], isLast ? whole : nil)
      case .fluentBit:
        let tag = "\"logtag\":\"\(isLast ? "F" : "P")\""
        return object(
          ["\"log\":\"\(escaped(piece))\"", "\"stream\":\"\(stream)\"", tag, "\"time\":\(Self.instant).25"],
          isLast ? whole : nil)
      case .journal:
        // A text that is not valid UTF-8 is a list of its bytes; lines are not split.
        let bytes = Array(piece.utf8) + values.pick([[0xFF], [0xC3, 0x28], [0xA4, 0xA4]])
        let list = bytes.map(String.init).joined(separator: values.pick([",", ", ", " ,"]))
        return object(
          ["\"MESSAGE\":[\(list)]", "\"_PID\":\"7\"", "\"__REALTIME_TIMESTAMP\":\"\(Self.instant)000000\""], bytes)
      }
    }
  }

  private mutating func object(_ members: [String], _ text: [UInt8]?) -> Written {
    let mark = values.number(0...9) == 0 ? "\u{1E}" : ""
    let blank = values.pick(["", " "])
    return Written(
      line: Array((mark + "{" + values.shuffled(members).joined(separator: "," + blank) + "}").utf8), text: text,
      isHeadKept: false)
  }

  /// Returns a piece of a line. Docker's parts are long enough that each of them fills its buffer.
  private mutating func piece(_ style: Style) -> String {
    let usual = (0..<values.number(1...6)).map { _ in values.pick(Self.texts) }.joined()
    guard style == .docker, values.number(0...1) == 0 else { return style == .docker ? usual + Self.filling : usual }
    return Self.filling + usual
  }

  /// Returns the text in JSON, with each character in one of its possible spellings.
  private mutating func escaped(_ text: String) -> String {
    text.unicodeScalars.map { character in
      if let short = Self.shortEscapes[character], values.number(0...2) > 0 { return short }
      let mustEscape = character == "\"" || character == "\\" || character.value < 0x20
      if !mustEscape, values.number(0...9) > 0 { return String(character) }
      return String(character).utf16.map { unit in
        let digits = String(unit, radix: 16, uppercase: values.number(0...1) == 0)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }.joined()
    }.joined()
  }

  private static let shortEscapes: [Unicode.Scalar: String] = [
    "\"": "\\\"", "\\": "\\\\", "/": "\\/", "\t": "\\t", "\u{8}": "\\b", "\u{C}": "\\f",
  ]
  private static let filling = String(repeating: "0123456789abcdef", count: 1_024)
  private static let texts = [
    "192.0.2.1 - - [10/Oct/2024:13:55:36 +0000] \"GET / HTTP/1.1\" 200 5 \"-\" \"agent\"", "a", "\\", "\"", "/", "\t",
    "\u{8}\u{C}", "ä€😀", "\\u0041", "]", "{\"log\":\"x\"}", " ", "0", "P ", "\u{1B}[0m", "n",
  ]
}
