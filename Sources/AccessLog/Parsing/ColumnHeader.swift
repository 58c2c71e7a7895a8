import ByteScanning
import Hits

/// Reads the directives of W3C extended logs: the columns and the date of the lines after them.
///
/// Source of the rule: W3C Working Draft WD-logfile, and what IIS, CloudFront and Oracle's servers write.
enum ColumnHeader {
  /// Applies a directive to the format. Other comments change nothing.
  static func read(_ bytes: Span<UInt8>, _ range: Range<Int>, into format: inout LogFormat) {
    if let fields = value(of: fieldsName, bytes, range) {
      setColumns(bytes, fields, &format)
    } else if let date = value(of: dateName, bytes, range) {
      var reader = TimeReader(zone: .utc)
      guard let day = reader.read(.date, [], bytes, at: date.lowerBound, before: date.upperBound) else { return }
      format.headerDay = day.seconds
      format.headerDate = hasDate(format) ? 0 : format.headerDay
    }
  }

  private static func value(of name: [UInt8], _ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
    guard ByteSearch.matches(name, in: bytes, at: range.lowerBound, before: range.upperBound) else { return nil }
    var start = range.lowerBound + name.count
    while start < range.upperBound, bytes[start] == Byte.space || bytes[start] == Byte.tab { start += 1 }
    return start..<range.upperBound
  }

  private static func setColumns(_ bytes: Span<UInt8>, _ range: Range<Int>, _ format: inout LogFormat) {
    var text: [UInt8] = []
    for index in range { text.append(bytes[index]) }
    let names = text.split { $0 == Byte.space || $0 == Byte.tab }.map {
      String(decoding: $0, as: UTF8.self).lowercased()
    }
    format.joinsBlanks = text.indices.dropLast().contains { text[$0] == Byte.space && text[$0 + 1] == Byte.space }
    format.escapes = names.contains("x-edge-location") ? .percentTwice : .plus
    format.setColumns(fields(names))
    format.append(.knownDay)
    format.headerDate = hasDate(format) ? 0 : format.headerDay
  }

  private static func hasDate(_ format: LogFormat) -> Bool {
    format.configured.contains { $0 == .column(.time(.date)) || $0 == .column(.time(.standard)) }
  }

  /// Returns the field of each column. Of several columns for one field, only the best is read.
  private static func fields(_ names: [String]) -> [LogField] {
    var best: [String: Int] = [:]
    let known = names.map { name in columns.first { $0.name == name } }
    for column in known.compactMap({ $0 }) { best[column.group] = min(best[column.group] ?? 99, column.rank) }
    var fields = known.map { column in
      column.flatMap { best[$0.group] == $0.rank ? $0.field : nil } ?? .unused
    }
    // Times of the server's own clock are used only if there is none in UTC.
    if fields.contains(.time(.standard)) {
      fields = fields.map { $0 == .time(.date) || $0 == .time(.clock) ? .unused : $0 }
    }
    return fields
  }

  private typealias Column = (name: String, field: LogField, group: String, rank: Int)

  private static let columns: [Column] = [
    ("date", .time(.date), "date", 1), ("time", .time(.clock), "clock", 1),
    ("timestamp", .time(.standard), "instant", 1),
    ("c-ip", .address, "address", 1), ("c-dns", .address, "address", 2),
    ("x-forwarded-for", .forwarded, "forwarded", 1), ("cs(x-forwarded-for)", .forwarded, "forwarded", 2),
    // Custom columns of IIS are called as their operator likes, usually after the header.
    ("cf-connecting-ip", .forwarded, "forwarded", 3), ("cs(cf-connecting-ip)", .forwarded, "forwarded", 4),
    ("true-client-ip", .forwarded, "forwarded", 5), ("cs(true-client-ip)", .forwarded, "forwarded", 6),
    ("x-real-ip", .forwarded, "forwarded", 7), ("cs(x-real-ip)", .forwarded, "forwarded", 8),
    ("clientip", .forwarded, "forwarded", 9), ("client-ip", .forwarded, "forwarded", 10),
    ("originalip", .forwarded, "forwarded", 11), ("original-ip", .forwarded, "forwarded", 12),
    ("cs-method", .method, "method", 1), ("cs-uri-stem", .target, "target", 1), ("cs-uri", .target, "target", 2),
    ("cs-uri-query", .query, "query", 1), ("sc-status", .status, "status", 1),
    ("sc-bytes", .size, "size", 1), ("bytes", .size, "size", 2),
    ("cs(user-agent)", .userAgent, "agent", 1), ("cs-user-agent", .userAgent, "agent", 2),
    ("cs(referer)", .referrer, "referrer", 1), ("cs(referrer)", .referrer, "referrer", 2),
    ("cs-referer", .referrer, "referrer", 3),
    ("x-host-header", .host, "host", 1), ("cs-host", .host, "host", 2), ("cs(host)", .host, "host", 3),
    ("cs(dnt)", .optOut, "dnt", 1), ("cs(sec-gpc)", .optOut, "gpc", 1), ("cs-username", .user, "user", 1),
    ("cs(signature-agent)", .signatureAgent, "signature", 1),
    ("c-auth-id", .user, "user", 2),
  ]

  private static let fieldsName = Array("#Fields:".utf8)
  private static let dateName = Array("#Date:".utf8)
}
