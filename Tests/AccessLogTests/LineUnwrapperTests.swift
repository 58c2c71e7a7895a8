import AccessLog
import Testing

/// Compares lines that a container runtime or a journal has split, encoded and mixed with the original ones.
@Suite struct LineUnwrapperTests {
  @Test(arguments: RandomEnvelopes.Style.allCases)
  func textsAreThoseThatWereWritten(_ style: RandomEnvelopes.Style) throws {
    var envelopes = RandomEnvelopes(seed: 1)
    var unwrapper = try Self.unwrapper()
    var (parts, wholes) = (0, 0)
    for written in envelopes.written(style, lines: style == .docker ? 60 : 1_500) {
      let before = envelopes.values.neighbour()
      let bytes = before + written.line + envelopes.values.neighbour()
      let range = before.count..<before.count + written.line.count
      let (text, time) = Self.text(
        unwrapper.unwrap(bytes.span, range, offset: bytes.count), written.line, bytes, unwrapper)
      guard text == written.text else {
        let line = String(reflecting: String(decoding: written.line.prefix(500), as: UTF8.self))
        Issue.record("\(line): \(text.map { String(decoding: $0.prefix(500), as: UTF8.self) } ?? "a part")")
        return
      }
      if text == nil { parts += 1 } else { wholes += 1 }
      if !written.isHeadKept, text != nil { #expect(time == RandomEnvelopes.time) }
      // As between two chunks of a file.
      if envelopes.values.number(0...3) == 0 { unwrapper.removeTexts() }
    }
    #expect(!unwrapper.hasOpenParts)
    #expect(wholes > 50)
    #expect(style == .journal ? parts == 0 : parts > 20)
  }

  /// Lines with changed bytes: a line without an envelope stays as it is, and only the line itself is read.
  @Test(arguments: RandomEnvelopes.Style.allCases)
  func onlyEnvelopesAreOpened(_ style: RandomEnvelopes.Style) throws {
    var envelopes = RandomEnvelopes(seed: 2)
    var opened = 0
    let written = envelopes.written(style, lines: style == .docker ? 30 : 1_000)
    for written in written {
      let line = envelopes.values.changed(String(decoding: written.line, as: UTF8.self))
      let start = Array(line.drop { $0 == 0 }.drop { [0x09, 0x1E, 0x20].contains($0) })
      let isJSON = start.first == UInt8(ascii: "{")
      let own = isJSON ? (try? SlowBeginning.takenOff(line))?.text : nil
      let found = own.flatMap { SlowKeys.best("target", $0, FormatKeys.envelope) }
      var isEnvelope = found?.isQuoted ?? false
      if let own, let found, !found.isQuoted {
        isEnvelope =
          own[..<found.start].last { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } == UInt8(ascii: "[")
      }
      let isPart = SlowEnvelope.content(.cri, start)?.isPart ?? false
      let (results, texts) = try Self.results(line, &envelopes.values)
      // Surrounding bytes make no difference.
      guard Set(texts).count == 1 else {
        Issue.record("\(String(reflecting: String(decoding: line, as: UTF8.self))): \(texts)")
        return
      }
      guard let result = results.first else { return }
      let isOpened = if case .text = result { true } else { isJSON && result == .part }
      guard isOpened == isEnvelope, isJSON || (result == .part) == isPart else {
        Issue.record("\(String(reflecting: String(decoding: line, as: UTF8.self))): \(result)")
        return
      }
      if result != .asItIs { opened += 1 }
    }
    #expect(opened > written.count / 10)
  }

  /// A bare number is not a text, whatever follows it in the buffer. Source files have `line` keys, too.
  @Test(arguments: [#"{"line":42,"msg":"started"}"#, #"{"log":5}"#, #"{"log":true}"#, #"{"message":null}"#])
  func numbersAreNoTexts(_ line: String) throws {
    var unwrapper = try Self.unwrapper()
    let bytes = Array((line + "\n{\"log\":6}\n[1,2,3]").utf8)
    #expect(unwrapper.unwrap(bytes.span, 0..<line.utf8.count, offset: bytes.count) == .asItIs)
    #expect(unwrapper.texts.isEmpty)
  }

  /// A line that grows past the maximum length is truncated there; the next one is whole again.
  @Test func linesThatNeverEndAreBounded() throws {
    var unwrapper = try Self.unwrapper()
    func unwrap(_ text: String) -> (text: [UInt8]?, time: Int64?) {
      let bytes = Array(text.utf8)
      let result = unwrapper.unwrap(bytes.span, bytes.indices, offset: bytes.count)
      defer { unwrapper.removeTexts() }
      return Self.text(result, bytes, bytes, unwrapper)
    }
    let part = "2024-10-10T13:55:36Z stdout P " + String(repeating: "a", count: 10_000)
    for _ in 0..<200 { #expect(unwrap(part).text == nil) }
    #expect(unwrapper.hasOpenParts)
    let joined = try #require(unwrap("2024-10-10T13:55:36Z stdout F end").text)
    #expect(joined.count <= 1_024 * 1_024 + 40)
    #expect(joined.suffix(4).elementsEqual("aend".utf8))
    #expect(!unwrapper.hasOpenParts)
    let next = "2024-10-10T13:55:36Z stdout F next"
    #expect(unwrap(next).text == Array(next.utf8))
  }

  @Test func onlyFormatsBehindSuchEnvelopesNeedIt() throws {
    for name in ["combined", "syslog+combined", "compose+json", "stamp+combined", "json", "w3c"] {
      #expect(LineUnwrapper(try FormatText.format(name)) == nil, "\(name)")
    }
    for name in ["cri+combined", "json+combined", "syslog+cri+combined", "json+syslog+combined"] {
      #expect(LineUnwrapper(try FormatText.format(name)) != nil, "\(name)")
    }
  }

  /// Parts are not lines: they have a reason of their own and no fields.
  @Test func partsAreTold() throws {
    var parser = LineParser(try FormatText.format("cri+combined"))
    var line = LogLine()
    line.status = 200
    let none: [UInt8] = []
    let reason = parser.parse(none.span, 0..<0, .part, into: &line)
    #expect(reason == .part)
    #expect(line == LogLine())
    #expect(MalformedLine.allCases.contains(.part))
  }

  private static func unwrapper() throws -> LineUnwrapper {
    try #require(
      LineUnwrapper(try FormatText.format("cri+combined").mixed(with: [try FormatText.format("json+combined")])))
  }

  /// Unwraps a line between different neighbours.
  private static func results(
    _ line: [UInt8], _ values: inout RandomValues
  ) throws -> (results: [UnwrappedLine], texts: [[UInt8]?]) {
    var results: [UnwrappedLine] = []
    var texts: [[UInt8]?] = []
    for _ in 0..<3 {
      let before = values.neighbour()
      let bytes = before + line + values.neighbour()
      var unwrapper = try unwrapper()
      results.append(unwrapper.unwrap(bytes.span, before.count..<before.count + line.count, offset: bytes.count))
      texts.append(text(results[results.count - 1], line, bytes, unwrapper).text)
    }
    return (results, texts)
  }

  /// Returns the text of an unwrapped line, or nil for a part.
  private static func text(
    _ unwrapped: UnwrappedLine, _ line: [UInt8], _ bytes: [UInt8], _ unwrapper: LineUnwrapper
  ) -> (text: [UInt8]?, time: Int64?) {
    let all = bytes + unwrapper.texts
    switch unwrapped {
    case .part: return (nil, nil)
    case .asItIs: return (line, nil)
    case .joined(let range): return (Array(all[range]), nil)
    case .text(let range, let time): return (Array(all[range]), time)
    }
  }
}
