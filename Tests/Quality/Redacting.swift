import ByteScanning
import Collecting
import Redaction

/// Redacts texts for `redaction.py`, which asks for one in each line: `target`, a tab and a target as it is in a log,
/// or `value`, a tab and a decoded value.
enum Redacting {
  /// Reads all lines, and prints for each what it is (`page`, `asset`, `value`), the normalised text and the redacted
  /// one, with tabs between them; an empty line for a target without a path.
  static func run() {
    let redactor = Redactor(.standard)
    let classifier = LineClassifier()
    while let line = readLine() {
      let parts = line.split(separator: "\t", maxSplits: 1, omittingEmptySubsequences: false)
      let text = parts.count == 2 ? String(parts[1]) : ""
      if parts[0] == "value" {
        print("value", text, redactor.value(text), separator: "\t")
      } else {
        print(answer(text, redactor, classifier))
      }
    }
  }

  private static func answer(_ target: String, _ redactor: Redactor, _ classifier: LineClassifier) -> String {
    let bytes = Array(target.utf8)
    let end = bytes.firstIndex { $0 == Byte.questionMark || $0 == Byte.numberSign } ?? bytes.count
    var path: [UInt8] = []
    guard Pathname.append(bytes.span, 0..<end, to: &path) else { return "" }
    let kind = classifier.assetClass(path.span, 0..<path.count) == nil ? "page" : "asset"
    // A query is as the browser sent it.
    let normal = String(decoding: path + bytes[end...], as: UTF8.self)
    return [kind, normal, redactor.path(normal)].joined(separator: "\t")
  }
}
