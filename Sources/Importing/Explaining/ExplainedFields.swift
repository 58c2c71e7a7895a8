import AccessLog
import Hits
import PrivacyPipeline
import Redaction

/// The fields of a line as readable texts, with the personal ones marked.
struct ExplainedFields {
  private let bytes: [UInt8]
  private let escapes: Escapes
  private(set) var fields: [Explanation.Field] = []

  /// Creates the fields of a line whose offsets refer to `bytes`.
  init(_ line: LogLine, _ bytes: [UInt8]) {
    self.bytes = bytes
    escapes = line.escapes
    add("address", line.address, isPersonal: true)
    add("forwarded", line.forwarded, isPersonal: true)
    add("host", line.host)
    if line.timestamp != 0 { add("time", ExplainRun.localTime(line.timestamp, .utc) + " UTC") }
    add("method", line.method)
    addTarget("target", line.target)
    if line.status >= 0 { add("status", String(line.status)) }
    addTarget("referrer", line.referrer)
    add("agent", line.userAgent, isPersonal: true)
    add("signature", line.signatureAgent)
  }

  private mutating func add(_ name: String, _ text: String) {
    fields.append(Explanation.Field(name: name, text: text, cleanText: text))
  }

  private mutating func add(_ name: String, _ range: Range<Int>, isPersonal: Bool = false) {
    guard !range.isEmpty else { return }
    let text = self.text(range)
    fields.append(Explanation.Field(name: name, text: text, cleanText: isPersonal ? nil : text))
  }

  /// Adds a URL or a request target, whose query is personal.
  private mutating func addTarget(_ name: String, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    let text = self.text(range)
    let path = text.prefix { $0 != "?" && $0 != "#" }
    let redacted = Redactor(.standard).path(String(path))
    fields.append(
      Explanation.Field(name: name, text: text, cleanText: path.count == text.count ? redacted : redacted + "?…"))
  }

  private func text(_ range: Range<Int>) -> String {
    var out: [UInt8] = []
    Unescaping.append(bytes.span, range, escapes, to: &out)
    return String(decoding: out, as: UTF8.self)
  }
}
