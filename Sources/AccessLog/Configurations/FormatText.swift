/// Turns the name or the text that an operator gives into a format.
public enum FormatText {
  /// Returns the format that a text describes: the name of a preset; `json:FIELD=KEY,…`, `ltsv:FIELD=LABEL,…` or
  /// `logfmt:FIELD=NAME,…` with the operator's own names; the text of an nginx `log_format` or an Apache `LogFormat`; or any of them
  /// behind an envelope, `syslog+…`. Several of them, with ` and ` between them, describe a log whose lines differ: each
  /// line is read by the first one that it matches.
  ///
  /// - Throws: ``FormatError``.
  public static func format(_ text: String) throws(FormatError) -> LogFormat {
    let parts = LogFormat.names(in: text)
    if parts.count > 1, let formats = try? parts.map(format) {
      return formats[0].mixed(with: Array(formats.dropFirst()))
    }
    for envelope in Envelope.allCases where text.hasPrefix(envelope.rawValue + "+") {
      return try format(String(text.dropFirst(envelope.rawValue.count + 1))).behind(envelope)
    }
    if let entry = FormatCatalog.entries.first(where: { $0.format.name == text }) { return entry.format }
    for preset in [LogFormat.json, .ltsv, .logfmt] where text.hasPrefix(preset.name + ":") {
      return try mapped(preset, text.dropFirst(preset.name.count + 1))
    }
    if let format = try ServerConfiguration.soleFormat(text) { return format }
    if text.contains("$") { return try NginxFormat.compile(text, name: "nginx format") }
    if text.contains("%") { return try ApacheFormat.compile(text, name: "Apache format") }
    let near = FormatCatalog.names.filter { $0.hasPrefix(text.prefix(3)) }
    let meant = near.isEmpty ? ";" : "; did you mean \(near.joined(separator: ", "))?"
    throw FormatError(
      "no format '\(text)'\(meant) footfall formats lists all names; the text of a log_format or LogFormat works too"
    )
  }

  /// Returns the format that was detected for a log before, by the name it was given then; nil if no preset has
  /// that name.
  ///
  /// Like the detected format, it also reads forwarded addresses, since the log may start to contain them.
  public static func found(_ name: String) -> LogFormat? {
    for envelope in Envelope.allCases where name.hasPrefix(envelope.rawValue + "+") {
      return found(String(name.dropFirst(envelope.rawValue.count + 1)))?.behind(envelope)
    }
    guard var format = FormatCatalog.detected.first(where: { $0.name == name || $0.nameWithoutForwarded == name })
    else {
      return nil
    }
    format.name = name
    return format
  }

  /// Returns a preset of keys with an operator's own names, which take precedence over the usual ones.
  private static func mapped(_ preset: LogFormat, _ text: Substring) throws(FormatError) -> LogFormat {
    var format = preset
    var own = KeyTable()
    for pair in text.split(separator: ",") {
      let parts = pair.split(separator: "=", maxSplits: 1).map { $0.trimmingBlanks() }
      guard parts.count == 2, let known = LogField.named.first(where: { $0.name == parts[0] }) else {
        throw FormatError(
          "'\(pair)' is not FIELD=KEY; the fields are \(LogField.named.map(\.name).joined(separator: ", "))")
      }
      own.add(parts[1], known.field, rank: 1)
    }
    own.merge(preset.keys)
    format.keys = own
    return format
  }
}

extension Substring {
  /// Returns the text without spaces at its ends.
  func trimmingBlanks() -> String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
