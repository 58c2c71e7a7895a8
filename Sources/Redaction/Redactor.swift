import ByteScanning

/// Replaces personal data in texts before they are stored.
///
/// Most texts contain none, and ``Suspicion`` finds that out in one pass without memory of its own. Only the others are
/// decoded (``Passage``) and read by the rules.
public struct Redactor: Sendable {
  /// How much is redacted.
  public let level: RedactionLevel

  /// Creates a redactor.
  public init(_ level: RedactionLevel) { self.level = level }

  /// Redacts a normalised path in place: what was appended to `text` from `start` on.
  ///
  /// The path is printable ASCII with escapes in capitals. Chosen parameters may follow it as a query.
  @discardableResult
  public func redactPath(_ text: inout [UInt8], from start: Int) -> RedactedKinds {
    redact(&text, from: start, isPath: true)
  }

  /// Redacts a decoded value, such as a UTM value, in place: what was appended to `text` from `start` on.
  @discardableResult
  public func redactValue(_ text: inout [UInt8], from start: Int) -> RedactedKinds {
    redact(&text, from: start, isPath: false)
  }

  /// Returns a path without personal data.
  public func path(_ text: String) -> String {
    var bytes = Array(text.utf8)
    redactPath(&bytes, from: 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Returns a decoded value without personal data.
  public func value(_ text: String) -> String {
    var bytes = Array(text.utf8)
    redactValue(&bytes, from: 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Returns a host; `:ip` if it is an address. Names of hosts stay, however random they look.
  public func host(_ text: String) -> String {
    let redacted = value(text)
    return redacted == ":ip" ? redacted : text
  }

  private func redact(_ text: inout [UInt8], from start: Int, isPath: Bool) -> RedactedKinds {
    guard level != .off, Suspicion.isRaised(by: text.span, from: start, isStrict: level == .strict) else { return [] }
    var kinds: RedactedKinds = []
    // Until nothing is found: a word such as `:email` may stand where it makes something else readable. This ends,
    // because every replacement takes away digits, an `@` or more letters than it adds.
    while true {
      var passage = Passage(text.span, from: start, isPath: isPath)
      findAll(in: &passage)
      guard !passage.findings.isEmpty else { return kinds }
      for finding in passage.findings { kinds.formUnion(finding.kind) }
      passage.rewrite(&text, from: start)
    }
  }

  /// Applies the rules. The first one that finds something keeps it, so the order matters: an address may contain
  /// what looks like a token, a telephone number what looks like a card's.
  private func findAll(in passage: inout Passage) {
    if passage.ats > 0 { EmailRule.find(in: &passage) }
    if passage.hyphens >= 4 { UUIDRule.find(in: &passage) }
    if passage.dots > 0 { JWTRule.find(in: &passage) }
    if passage.colons >= 2 { IPv6Rule.find(in: &passage) }
    if passage.digits >= 6 { PhoneRule.find(in: &passage) }
    if passage.dots >= 3 { IPv4Rule.find(in: &passage) }
    if passage.digits >= 13 { CardRule.find(in: &passage) }
    TokenRule.find(in: &passage)
    if level == .strict { NumberRule.find(in: &passage) }
  }
}
