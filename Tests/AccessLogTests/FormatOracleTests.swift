import AccessLog
import Foundation
import Testing

/// Compares the fast parser of every format with a slow one, on random lines surrounded by other bytes.
/// ``LineParserOracleTests`` covers the common formats of nginx and Apache.
@Suite struct FormatOracleTests {
  static let linesOfEachFormat = 4_000

  @Test(
    arguments: [
      "json", "json:time=when,address=peer.ip", "caddy", "traefik", "envoy_json", "cloudfront_json", "google_cloud",
      "azure", "vercel",
    ])
  func objects(_ name: String) throws {
    let keys = FormatKeys.named[name] ?? FormatKeys.own
    var formats = RandomFormats(seed: UInt64(name.utf8.count))
    var comparison = Comparison(try FormatText.format(name))
    for _ in 0..<Self.linesOfEachFormat {
      let line = formats.values.changed(formats.object(keys))
      let content = (try? SlowBeginning.takenOff(line))?.text
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
      let slow = (try? SlowBeginning.takenOff(line)).flatMap { SlowKeys.labels($0.text, FormatKeys.ltsv) }
      guard comparison.isSame(line, slow, &formats.values) else { return }
    }
    comparison.expectBothKinds()
  }

  @Test func pairs() throws {
    var formats = RandomFormats(seed: 3)
    var comparison = Comparison(try FormatText.format("logfmt"))
    for _ in 0..<Self.linesOfEachFormat {
      let line = formats.values.changed(formats.pairs(FormatKeys.json))
      let slow = (try? SlowBeginning.takenOff(line)).flatMap { SlowKeys.pairs($0.text, FormatKeys.json) }
      guard comparison.isSame(line, slow, &formats.values) else { return }
    }
    comparison.expectBothKinds()
  }

  /// The names of the columns, empty for those that are ignored.
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
    let envelopes: [Envelope] = name == "haproxy" ? [.syslog] : []
    for _ in 0..<Self.linesOfEachFormat {
      let wrapping = envelopes.isEmpty ? "" : formats.wrapping(.syslog)
      let line = formats.values.changed(wrapping + formats.columns(names + ["", ""]))
      let content = (try? SlowBeginning.takenOff(line, envelopes, isOptional: true))?.text
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

  private static let line =
    #"192.0.2.1 - - [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 5 "https://example.org/" "Mozilla/5.0""#

  /// Lines behind an envelope, or behind one inside another.
  @Test(
    arguments: [
      "syslog", "cri", "compose", "stamp", "level", "syslog+stamp", "cri+level", "compose+syslog", "syslog+cri",
      "stamp+stamp",
    ])
  func carriedLines(_ name: String) throws {
    var formats = RandomFormats(seed: UInt64(name.utf8.count))
    var lines = RandomLines(seed: 4)
    let format = try FormatText.format(name + "+combined")
    let envelopes = SlowBeginning.envelopes(inName: format.name).envelopes
    var comparison = Comparison(format)
    for _ in 0..<Self.linesOfEachFormat {
      let wrapping = envelopes.map { formats.wrapping($0) }.joined()
      let own = formats.values.number(0...2) > 0 ? Array(Self.line.utf8) : lines.next().line
      let line = formats.values.changed(wrapping + String(decoding: own, as: UTF8.self))
      guard comparison.isSame(line, try? SlowLineParser.parse(line, format).get(), &formats.values) else { return }
    }
    comparison.expectBothKinds()
  }

  /// Keys behind an envelope, whose time applies to lines without one.
  @Test(arguments: ["syslog+json", "stamp+json", "cri+ltsv", "syslog+ltsv", "syslog+cloudfront_json", "heroku"])
  func carriedKeys(_ name: String) throws {
    var formats = RandomFormats(seed: UInt64(name.utf8.count) + 100)
    var comparison = Comparison(try FormatText.format(name))
    let found = SlowBeginning.envelopes(inName: name)
    let isHeroku = name == "heroku"
    let envelopes = isHeroku ? [.syslog] : found.envelopes
    let keys = FormatKeys.named[found.rest] ?? []
    for _ in 0..<Self.linesOfEachFormat {
      let wrapping = envelopes.map { formats.wrapping($0) }.joined()
      let own =
        isHeroku ? formats.pairs(keys) : found.rest == "ltsv" ? formats.labels(keys) : formats.object(keys)
      let line = formats.values.changed(wrapping + own)
      let content = try? SlowBeginning.takenOff(line, envelopes, isOptional: isHeroku)
      let slow = content.flatMap { text, time in
        isHeroku
          ? SlowKeys.pairs(text, keys, envelopeTime: time)
          : found.rest == "ltsv"
            ? SlowKeys.labels(text, keys, envelopeTime: time) : SlowKeys.object(text, keys, envelopeTime: time)
      }
      guard comparison.isSame(line, slow, &formats.values) else { return }
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
        let content = (try? SlowBeginning.takenOff(line, startsWithQuote: pieces[0].startsWithQuote))?.text
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

  /// Returns whether Foundation accepts a text as a JSON object. It accepts fewer texts than we do, but it allows
  /// commas before brackets and braces.
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

/// A fast parser whose results are compared with those of slow ones.
private struct Comparison {
  private(set) var accepted = 0
  private(set) var lastReason: MalformedLine?
  private var refused = 0
  private var parser: LineParser

  /// Uses one parser for all lines because it remembers the times of earlier lines.
  init(_ format: LogFormat) {
    parser = LineParser(format)
  }

  /// Returns whether the fast parser finds what the slow one found, and records an issue if it does not.
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

  /// Expects both a fair share of accepted lines and a fair share of refused ones.
  func expectBothKinds(_ share: Double = 0.05) {
    let least = Int(Double(accepted + refused) * share)
    #expect(accepted > least)
    #expect(refused > least)
  }

  private static func text(_ fields: LineFields?) -> String {
    guard let fields else { return "nothing" }
    return Mirror(reflecting: fields).children.map { child in
      let value = (child.value as? [UInt8]).map { String(decoding: $0, as: UTF8.self) } ?? "\(child.value)"
      return "\(child.label ?? "")=\(value)"
    }.joined(separator: " ")
  }
}
