/// Reads lines of columns the slow way: splits them first, then looks at the values.
enum SlowColumns {
  /// Returns the fields of a line whose columns have these names, or nil if it is malformed. `captures` are braces
  /// that may be absent.
  ///
  /// - Parameter joinsBlanks: whether several blanks separate columns as one does.
  static func read(_ line: [UInt8], _ names: [String], joinsBlanks: Bool = false, day: Int64 = 0) -> LineFields? {
    var rest = line
    var fields = LineFields()
    fields.timestamp = day
    for name in names {
      if name == "captures" {
        guard takeCaptures(&rest, &fields) else { return nil }
      } else if rest.isEmpty {
        guard name.isEmpty else { return nil }
      } else {
        guard let value = take(&rest, isAddress: name == "address"), fields.setPart(name, to: value) else { return nil }
        if joinsBlanks { rest = Array(rest.drop { $0 == UInt8(ascii: " ") }) }
      }
    }
    return fields
  }

  /// Removes and returns the next column without its enclosing marks, or nil if the closing one is missing.
  private static func take(_ rest: inout [UInt8], isAddress: Bool) -> [UInt8]? {
    if rest[0] == UInt8(ascii: "\"") { return takePaired(&rest, UInt8(ascii: "\"")) }
    if rest[0] == UInt8(ascii: "["), !isAddress { return takePaired(&rest, UInt8(ascii: "]")) }
    let value = Array(rest.prefix { !isSeparator($0) })
    rest = Array(rest.dropFirst(value.count + 1))
    return value
  }

  /// Returns the text before the first closing mark followed by a separator or the end. Escaped quotes do not count.
  private static func takePaired(_ rest: inout [UInt8], _ close: UInt8) -> [UInt8]? {
    let end = rest.indices.dropFirst().first { index in
      guard rest[index] == close, index + 1 == rest.count || isSeparator(rest[index + 1]) else { return false }
      let backslashes = rest[1..<index].reversed().prefix { $0 == UInt8(ascii: "\\") }.count
      return close != UInt8(ascii: "\"") || backslashes.isMultiple(of: 2)
    }
    guard let end else { return nil }
    defer { rest = Array(rest.dropFirst(end + 2)) }
    return Array(rest[1..<end])
  }

  // MARK: Captured headers

  private static func takeCaptures(_ rest: inout [UInt8], _ fields: inout LineFields) -> Bool {
    var isOfRequest = true
    while rest.first == UInt8(ascii: "{") {
      guard let value = takePaired(&rest, UInt8(ascii: "}")) else { return false }
      if isOfRequest { value.split(separator: UInt8(ascii: "|")).forEach { setCaptured(Array($0), &fields) } }
      isOfRequest = false
    }
    return true
  }

  private static func setCaptured(_ value: [UInt8], _ fields: inout LineFields) {
    let text = String(decoding: value, as: UTF8.self)
    guard text != "-" else { return }
    if text.hasPrefix("http://") || text.hasPrefix("https://"), fields.referrer.isEmpty {
      fields.referrer = value
    } else if isList(value) {
      if fields.forwarded.isEmpty { fields.forwarded = value }
    } else if isHost(value, text) {
      if fields.host.isEmpty { fields.host = value }
    } else if fields.userAgent.isEmpty {
      fields.userAgent = value
    }
  }

  /// Returns whether all bytes may occur in addresses separated by commas, and at least two of them are dots or
  /// colons.
  static func isList(_ value: [UInt8]) -> Bool {
    value.allSatisfy { "0123456789abcdefABCDEF.:, []".utf8.contains($0) }
      && value.count { ".:".utf8.contains($0) } >= 2
  }

  private static func isHost(_ value: [UInt8], _ text: String) -> Bool {
    value.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || ".:[]-_".utf8.contains($0) }
      && (value.contains { ".:[]".utf8.contains($0) } || text.hasPrefix("localhost"))
  }

  private static func isSeparator(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
