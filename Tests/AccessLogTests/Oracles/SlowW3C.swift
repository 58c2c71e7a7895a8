/// Reads W3C extended logs the slow way.
struct SlowW3C {
  private var names: [String]?
  private var joinsBlanks = false
  private var day: Int64 = 0

  /// The fields and their columns, the best one of each field first.
  static let columns: [(field: String, names: [String])] = [
    ("date", ["date"]), ("clock", ["time"]), ("time", ["timestamp"]), ("address", ["c-ip", "c-dns"]),
    ("forwarded", ["x-forwarded-for", "cs(x-forwarded-for)"]), ("method", ["cs-method"]),
    ("target", ["cs-uri-stem", "cs-uri"]), ("query", ["cs-uri-query"]), ("status", ["sc-status"]),
    ("size", ["sc-bytes", "bytes"]), ("agent", ["cs(user-agent)", "cs-user-agent"]),
    ("referrer", ["cs(referer)", "cs(referrer)", "cs-referer"]), ("host", ["x-host-header", "cs-host", "cs(host)"]),
    ("dnt", ["cs(dnt)"]), ("dnt", ["cs(sec-gpc)"]), ("user", ["cs-username", "c-auth-id"]),
  ]

  /// Returns the fields of the next line, or nil for directives and malformed lines.
  mutating func read(_ line: [UInt8]) -> LineFields? {
    guard let content = (try? SlowBeginning.takenOff(line))?.text else {
      takeDirective(Array(line.drop { $0 == 0 }.drop { " \t\u{1E}".utf8.contains($0) }))
      return nil
    }
    guard let names else { return nil }
    let hasDate = names.contains("date") || names.contains("time")
    let fields = SlowColumns.read(content, names, joinsBlanks: joinsBlanks, day: hasDate ? 0 : day)
    // Lines whose day is unknown are dated on the first day of 1970.
    return fields.flatMap { $0.timestamp < 86_400 ? nil : $0 }
  }

  private mutating func takeDirective(_ line: [UInt8]) {
    let text = String(decoding: line, as: UTF8.self)
    if text.hasPrefix("#Fields:") {
      let header = text.dropFirst(8).drop { $0 == " " || $0 == "\t" }
      joinsBlanks = header.contains("  ")
      setNames(header.split { $0 == " " || $0 == "\t" }.map { $0.lowercased() })
    } else if text.hasPrefix("#Date:") {
      let date = line.dropFirst(6).drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      day = SlowTime.day(Array(date))?.seconds ?? day
    }
  }

  private mutating func setNames(_ header: [String]) {
    names = header.map { name in
      let column = Self.columns.first { $0.names.contains(name) }
      guard let column, column.names.first(where: header.contains) == name else { return "" }
      let isOfInstant = (column.field == "date" || column.field == "clock") && header.contains("timestamp")
      return isOfInstant ? "" : column.field
    }
  }
}
