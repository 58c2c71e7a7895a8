/// Reads lines of keys and values the slow way: first everything into a tree, then the keys that matter.
enum SlowKeys {
  /// The keys of each field, the best one first.
  typealias Keys = [(field: String, paths: [String])]

  indirect enum Value {
    /// Bytes within the line.
    case text(ArraySlice<UInt8>, isQuoted: Bool)
    case object([(name: [UInt8], value: Value)])
    case list([Value])
  }

  /// Returns the fields of a JSON line, or nil if it is malformed.
  ///
  /// - Parameter envelopeTime: the time of the envelope.
  static func object(_ line: [UInt8], _ keys: Keys, envelopeTime: Int64? = nil) -> LineFields? {
    guard let value = json(line) else { return nil }
    var found = fields(keys, envelopeTime) { field, path in
      find(path.split(separator: ".").map(String.init)[...], value, whole: path, isList: field == "forwarded", line)
    }
    // Of the headers of a request, only those that were sent are logged.
    let agents = keys.first { $0.field == "agent" }?.paths.map { $0.split(separator: ".").map(String.init) } ?? []
    if let path = agents.first(where: { $0.count > 1 }), hasObject(path.dropLast(), value),
      found?.userAgent.isEmpty ?? false
    {
      found?.lacksAgent = true
    }
    return found
  }

  /// Whether there is an object at a path; of a list, in its first value.
  private static func hasObject(_ path: ArraySlice<String>, _ value: Value) -> Bool {
    switch value {
    case .text: return false
    case .list(let values): return values.first.map { hasObject(path, $0) } ?? false
    case .object(let pairs):
      guard let name = path.first else { return true }
      return pairs.contains { $0.name.elementsEqual(name.utf8) && hasObject(path.dropFirst(), $0.value) }
    }
  }

  /// Returns the best value of a field in a JSON line, and whether it is a text, or nil if none of its keys has a
  /// value.
  static func best(_ field: String, _ line: [UInt8], _ keys: Keys) -> (text: [UInt8], isQuoted: Bool, start: Int)? {
    guard let value = json(line), let paths = keys.first(where: { $0.field == field })?.paths else { return nil }
    let values = paths.flatMap { find([$0], value, whole: $0, isList: false, line) }
    let found = values.first { !$0.text.isEmpty && !$0.text.elementsEqual("-".utf8) }
    return found.map { (Array($0.text), $0.isQuoted, $0.text.startIndex) }
  }

  private static func json(_ line: [UInt8]) -> Value? {
    var rest = line[...]
    guard rest.first == UInt8(ascii: "{"), let value = value(&rest), rest.isEmpty else { return nil }
    return value
  }

  /// Returns the fields of a line of names and values separated by blanks, or nil if it is malformed.
  static func pairs(_ line: [UInt8], _ keys: Keys, envelopeTime: Int64? = nil) -> LineFields? {
    var rest = line
    var pairs: [(name: [UInt8], value: Value)] = []
    while !rest.isEmpty {
      guard let groups = pair.groups(rest), let name = groups[1], let value = groups[3] ?? groups[2] else { return nil }
      pairs.append((name, .text(value[...], isQuoted: groups[3] != nil)))
      rest = Array(rest.dropFirst(groups[0]?.count ?? 0))
    }
    return fields(keys, envelopeTime) { _, path in find([path], .object(pairs), whole: "", isList: false, line) }
  }

  private static let pair = SlowPattern("([^= ]*)=(\"((?:\\\\.|[^\"\\\\])*)\"|(?!\")[^ ]*) *")

  /// Returns the fields of a line of labels, or nil if it is malformed.
  static func labels(_ line: [UInt8], _ keys: Keys, envelopeTime: Int64? = nil) -> LineFields? {
    var parts = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    if parts.last?.isEmpty == true { parts.removeLast() }
    guard parts.allSatisfy({ $0.contains(UInt8(ascii: ":")) }) else { return nil }
    let pairs = parts.map { part in
      let name = part.prefix { $0 != UInt8(ascii: ":") }
      return (name: Array(name), value: Value.text(part.dropFirst(name.count + 1), isQuoted: false))
    }
    return fields(keys, envelopeTime) { _, path in find([path], .object(pairs), whole: "", isList: false, line) }
  }

  /// Takes for each field the best key that has a value, and the first of equal keys.
  private static func fields(
    _ keys: Keys, _ envelopeTime: Int64?, _ texts: (String, String) -> [Found]
  ) -> LineFields? {
    var fields = LineFields()
    var told: Set<String> = []
    var seen: Set<String> = []
    for (field, paths) in keys {
      let values = paths.flatMap { texts(field, $0) }.map { Array($0.text) }
      if !values.isEmpty { seen.insert(field) }
      for value in values where !value.isEmpty && !value.elementsEqual("-".utf8) {
        let isTime = ["time", "date", "clock"].contains(field)
        let text =
          isTime && value.count > 2 && value[0] == UInt8(ascii: "[") ? Array(value[1..<value.count - 1]) : value
        let isSet = field == "request" ? fields.setRequestOrTarget(text) : fields.setPart(field, to: text)
        if isTime, !isSet { continue }
        guard isSet else { return nil }
        told.insert(field)
        // Each header that asks not to be tracked counts.
        if field != "dnt", field != "signature" { break }
      }
    }
    if seen.contains("agent"), !told.contains("agent") { fields.lacksAgent = true }
    let hasTime = told.contains("time") || told.contains("date")
    if !hasTime, let envelopeTime { fields.timestamp = envelopeTime }
    let hasRequest = !seen.isDisjoint(with: ["request", "method", "target"])
    return (hasTime || envelopeTime != nil) && hasRequest && seen.contains("status") ? fields : nil
  }

  /// A value at a path.
  private typealias Found = (text: ArraySlice<UInt8>, isQuoted: Bool)

  /// Returns the texts at a path. Of a list, the first value counts; where the whole list does, everything from its
  /// first value to its last text.
  ///
  /// - Parameter whole: the path as the name of a single key, for the outermost object.
  private static func find(
    _ path: ArraySlice<String>, _ value: Value, whole: String, isList: Bool, _ line: [UInt8]
  ) -> [Found] {
    switch value {
    case .text(let text, let isQuoted): return path.isEmpty ? [(text, isQuoted)] : []
    case .list(let values):
      guard let first = values.first else { return [] }
      let found = find(path, first, whole: "", isList: isList, line)
      guard isList, path.isEmpty, found.count == 1, !isNothing(found[0].text) else { return found }
      let last = values.dropFirst().reversed().lazy.compactMap { value -> Int? in
        if case .text(let text, true) = value { text.endIndex } else { nil }
      }.first
      return [(line[found[0].text.startIndex..<(last ?? found[0].text.endIndex)], found[0].isQuoted)]
    case .object(let pairs):
      guard let name = path.first else { return [] }
      return pairs.flatMap { pair in
        if pair.name.elementsEqual(name.utf8) {
          return find(path.dropFirst(), pair.value, whole: "", isList: isList, line)
        }
        return path.count > 1 && pair.name.elementsEqual(whole.utf8)
          ? find([], pair.value, whole: "", isList: isList, line) : []
      }
    }
  }

  private static func isNothing(_ text: ArraySlice<UInt8>) -> Bool { text.isEmpty || text.elementsEqual("-".utf8) }

  // MARK: JSON

  private static func value(_ rest: inout ArraySlice<UInt8>) -> Value? {
    rest = rest.drop(while: isBlank)
    defer { rest = rest.drop(while: isBlank) }
    switch rest.first {
    case UInt8(ascii: "\""): return string(&rest).map { .text($0, isQuoted: true) }
    case UInt8(ascii: "{"): return object(&rest)
    case UInt8(ascii: "["): return list(&rest)
    default: return word(&rest)
    }
  }

  private static func object(_ rest: inout ArraySlice<UInt8>) -> Value? {
    var pairs: [(name: [UInt8], value: Value)] = []
    let isWhole = sequence(&rest, UInt8(ascii: "}")) { rest in
      guard let name = string(&rest) else { return false }
      rest = rest.drop(while: isBlank)
      guard rest.popFirst() == UInt8(ascii: ":"), let value = value(&rest) else { return false }
      pairs.append((Array(name), value))
      return true
    }
    return isWhole ? .object(pairs) : nil
  }

  private static func list(_ rest: inout ArraySlice<UInt8>) -> Value? {
    var values: [Value] = []
    let isWhole = sequence(&rest, UInt8(ascii: "]")) { rest in
      guard let value = value(&rest) else { return false }
      values.append(value)
      return true
    }
    return isWhole ? .list(values) : nil
  }

  /// Reads elements separated by commas, in brackets or braces.
  private static func sequence(
    _ rest: inout ArraySlice<UInt8>, _ close: UInt8, _ element: (inout ArraySlice<UInt8>) -> Bool
  ) -> Bool {
    rest = rest.dropFirst().drop(while: isBlank)
    if rest.first == close {
      rest.removeFirst()
      return true
    }
    while element(&rest) {
      switch rest.popFirst() {
      case close: return true
      case UInt8(ascii: ","): rest = rest.drop(while: isBlank)
      default: return false
      }
    }
    return false
  }

  private static func string(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
    let text = rest
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return text[..<(rest.startIndex - 1)] }
      if byte == UInt8(ascii: "\\") { _ = rest.popFirst() }
    }
    return nil
  }

  private static func word(_ rest: inout ArraySlice<UInt8>) -> Value? {
    let word = rest.prefix {
      (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || ".-+".utf8.contains($0)
    }
    rest = rest.dropFirst(word.count)
    switch String(decoding: word, as: UTF8.self) {
    case "null": return .text(word.prefix(0), isQuoted: false)
    case "true", "false": return .text(word, isQuoted: false)
    case let text where text.first?.isASCII == true && "-0123456789".contains(text.prefix(1)) && !text.isEmpty:
      return .text(word, isQuoted: false)
    default: return nil
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
