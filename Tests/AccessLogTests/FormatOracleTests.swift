import AccessLog
import Foundation
import Testing

/// Every format's fast reading against a slow one, on random lines that lie between other bytes. The common formats of
/// nginx and Apache have theirs in ``LineParserOracleTests``.
@Suite struct FormatOracleTests {
  static let linesOfEachFormat = 4_000

  @Test(arguments: ["json", "json:time=when,address=peer.ip", "caddy", "traefik"])
  func objects(_ name: String) throws {
    let keys = FormatKeys.ofObjects(name)
    var formats = RandomFormats(seed: UInt64(name.utf8.count))
    var comparison = Comparison(try FormatText.format(name))
    for _ in 0..<Self.linesOfEachFormat {
      let line = formats.values.changed(formats.object(keys))
      let content = try? SlowBeginning.takenOff(line)
      let isSame = comparison.isSame(line, content.flatMap { SlowKeys.object($0, keys) }, &formats.values)
      guard isSame else { return }
      if comparison.lastReason == .syntax, let content {
        #expect(!Self.isJSON(content), "\(String(reflecting: String(decoding: line, as: UTF8.self)))")
      }
    }
    comparison.expectBothKinds()
  }

  @Test func labels() throws {
    var formats = RandomFormats(seed: 2)
    var comparison = Comparison(try FormatText.format("ltsv"))
    for _ in 0..<Self.linesOfEachFormat {
      let line = formats.values.changed(formats.labels(FormatKeys.ltsv))
      let slow = (try? SlowBeginning.takenOff(line)).flatMap { SlowKeys.labels($0, FormatKeys.ltsv) }
      guard comparison.isSame(line, slow, &formats.values) else { return }
    }
    comparison.expectBothKinds()
  }

  /// The names of columns, or nothing for those that tell nothing.
  @Test(
    arguments: [
      ("alb", ["", "time", "", "address", "", "", "", "", "status", "", "", "size", "url", "agent"]),
      ("elb", ["time", "", "address", "", "", "", "", "status", "", "", "size", "url", "agent"]),
      (
        "s3",
        [
          "", "host", "time", "address", "user", "", "", "", "request", "status", "", "size", "", "", "", "referrer",
          "agent",
        ]
      ),
      ("haproxy", ["address", "time", "", "", "", "status", "size", "", "", "", "", "", "captures", "request"]),
    ])
  func columns(_ name: String, _ names: [String]) throws {
    var formats = RandomFormats(seed: UInt64(names.count))
    var comparison = Comparison(try FormatText.format(name))
    let isWrapped = name == "haproxy"
    for _ in 0..<Self.linesOfEachFormat {
      let wrapping = isWrapped ? formats.wrapping() : ""
      let line = formats.values.changed(wrapping + formats.columns(names + ["", ""]))
      let content = try? SlowBeginning.takenOff(line, isWrapped: isWrapped)
      guard comparison.isSame(line, content.flatMap { SlowColumns.read($0, names) }, &formats.values) else { return }
    }
    comparison.expectBothKinds()
  }

  @Test(arguments: ["w3c", "iis", "cloudfront"]) func columnsOfHeaders(_ name: String) throws {
    var formats = RandomFormats(seed: UInt64(name.utf8.count))
    var comparison = Comparison(try FormatText.format(name))
    var slow = SlowW3C()
    var header = formats.w3cHeader()
    for number in 0..<Self.linesOfEachFormat {
      var line = formats.columns(header.fields, separator: header.separator)
      if number % 20 == 1 {
        header = formats.w3cHeader()
        line = header.line
      } else if formats.values.number(0...40) == 0 {
        line = "#Date: " + formats.values.value(of: "date") + " 00:00:00"
      }
      let changed = formats.values.changed(line)
      guard comparison.isSame(changed, slow.read(changed), &formats.values) else { return }
    }
    comparison.expectBothKinds()
  }

  @Test func beginningsOfLines() throws {
    var formats = RandomFormats(seed: 3)
    var lines = RandomLines(seed: 4)
    let format = try FormatText.format("syslog+combined")
    var comparison = Comparison(format)
    for _ in 0..<Self.linesOfEachFormat {
      let line = formats.values.changed(formats.wrapping() + String(decoding: lines.next().line, as: UTF8.self))
      guard comparison.isSame(line, try? SlowLineParser.parse(line, format).get(), &formats.values) else { return }
    }
    comparison.expectBothKinds()
  }

  @Test(arguments: [1, 2]) func configuredTexts(_ seed: UInt64) throws {
    var formats = RandomFormats(seed: seed)
    var accepted = 0
    for _ in 0..<200 {
      let (text, pieces, isEscaped) = formats.text(seed == 1 ? .nginx : .apache)
      var comparison = Comparison(try FormatText.format(text))
      for _ in 0..<Self.linesOfEachFormat / 200 {
        let line = formats.values.changed(formats.line(of: pieces))
        let content = try? SlowBeginning.takenOff(line, startsWithQuote: pieces[0].startsWithQuote)
        let slow = content.flatMap { SlowText.read($0, pieces, isEscaped: isEscaped) }
        guard comparison.isSame(line, slow, &formats.values) else {
          Issue.record("the format is \(text)")
          return
        }
      }
      accepted += comparison.accepted
    }
    #expect(accepted > Self.linesOfEachFormat / 5)
  }

  /// Whether Foundation takes a text for a JSON object, which it does for fewer texts than we do; but it lets commas stand
  /// before brackets and braces.
  private static func isJSON(_ text: [UInt8]) -> Bool {
    guard text.first == UInt8(ascii: "{"), !text.contains(0x0D), !hasLastComma(text) else { return false }
    return (try? JSONSerialization.jsonObject(with: Data(text))) != nil
  }

  private static func hasLastComma(_ text: [UInt8]) -> Bool {
    text.indices.contains { index in
      guard text[index] == UInt8(ascii: ",") else { return false }
      let next = text[(index + 1)...].first { !" \t".utf8.contains($0) }
      return next == UInt8(ascii: "]") || next == UInt8(ascii: "}")
    }
  }
}

/// One fast parser whose readings are compared with slow ones.
private struct Comparison {
  private(set) var accepted = 0
  private(set) var lastReason: MalformedLine?
  private var refused = 0
  private var parser: LineParser

  /// One parser for all lines, because it remembers times of the lines before.
  init(_ format: LogFormat) {
    parser = LineParser(format)
  }

  /// Whether the fast parser finds what the slow one found; records an issue where it does not.
  mutating func isSame(_ line: [UInt8], _ slow: LineFields?, _ values: inout RandomValues) -> Bool {
    let before = values.neighbour()
    let bytes = before + line + values.neighbour()
    var found = LogLine()
    lastReason = parser.parse(bytes.span, before.count..<before.count + line.count, into: &found)
    let fast = lastReason == nil ? LineFields(found, bytes) : nil
    if fast == nil { refused += 1 } else { accepted += 1 }
    guard fast != slow else { return true }
    let text = String(reflecting: String(decoding: line, as: UTF8.self))
    Issue.record("\(text): fast \(Self.text(fast)), slow \(Self.text(slow))")
    return false
  }

  /// Expects that neither nearly all lines were accepted nor nearly all refused.
  func expectBothKinds() {
    #expect(accepted > (accepted + refused) / 10)
    #expect(refused > (accepted + refused) / 10)
  }

  private static func text(_ fields: LineFields?) -> String {
    guard let fields else { return "nothing" }
    return Mirror(reflecting: fields).children.map { child in
      let value = (child.value as? [UInt8]).map { String(decoding: $0, as: UTF8.self) } ?? "\(child.value)"
      return "\(child.label ?? "")=\(value)"
    }.joined(separator: " ")
  }
}
