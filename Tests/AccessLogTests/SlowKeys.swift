/// Reads lines of keys and values the slow way: first all of them into a tree, then those that tell something.
enum SlowKeys {
  /// The keys that tell a field, the best one first.
  typealias Keys = [(field: String, paths: [String])]

  indirect enum Value {
    case text([UInt8])
    case object([(name: [UInt8], value: Value)])
    case list([Value])
  }

  /// The fields of a JSON line; nil where it is none.
  static func object(_ line: [UInt8], _ keys: Keys) -> LineFields? {
    var rest = line[...]
    guard rest.first == UInt8(ascii: "{"), let value = value(&rest), rest.isEmpty else { return nil }
    return fields(keys) { path in find(path.split(separator: ".").map(String.init)[...], value, whole: path) }
  }

  /// The fields of a line of labels; nil where it is none.
  static func labels(_ line: [UInt8], _ keys: Keys) -> LineFields? {
    var parts = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
    if parts.last?.isEmpty == true { parts.removeLast() }
    guard parts.allSatisfy({ $0.contains(UInt8(ascii: ":")) }) else { return nil }
    let pairs = parts.map { part in
      let name = part.prefix { $0 != UInt8(ascii: ":") }
      return (name: Array(name), value: Value.text(Array(part.dropFirst(name.count + 1))))
    }
    return fields(keys) { path in find([path], .object(pairs)) }
  }

  /// Takes for each field the best of its keys that has a value, and of equal keys the first one.
  private static func fields(_ keys: Keys, _ texts: (String) -> [[UInt8]]) -> LineFields? {
    var fields = LineFields()
    var told: Set<String> = []
    var seen: Set<String> = []
    for (field, paths) in keys {
      let values = paths.flatMap(texts)
      if !values.isEmpty { seen.insert(field) }
      for value in values where !value.isEmpty && !value.elementsEqual("-".utf8) {
        let isTime = field == "time"
        let text =
          isTime && value.count > 2 && value[0] == UInt8(ascii: "[") ? Array(value[1..<value.count - 1]) : value
        let isSet = fields.set(field, to: text)
        if isTime, !isSet { continue }
        guard isSet else { return nil }
        told.insert(field)
        // Each of the headers that ask not to be tracked asks for itself.
        if field != "dnt" { break }
      }
    }
    let hasRequest = !seen.isDisjoint(with: ["request", "method", "target"])
    return told.contains("time") && hasRequest && seen.contains("status") ? fields : nil
  }

  /// The texts at a path; of a list the first value counts.
  ///
  /// - Parameter whole: the path as the name of one key, for the outermost object.
  private static func find(_ path: ArraySlice<String>, _ value: Value, whole: String = "") -> [[UInt8]] {
    switch value {
    case .text(let text): return path.isEmpty ? [text] : []
    case .list(let values): return values.first.map { find(path, $0) } ?? []
    case .object(let pairs):
      guard let name = path.first else { return [] }
      return pairs.flatMap { pair in
        if pair.name.elementsEqual(name.utf8) { return find(path.dropFirst(), pair.value) }
        return path.count > 1 && pair.name.elementsEqual(whole.utf8) ? find([], pair.value) : []
      }
    }
  }

  // MARK: JSON

  private static func value(_ rest: inout ArraySlice<UInt8>) -> Value? {
    rest = rest.drop(while: isBlank)
    defer { rest = rest.drop(while: isBlank) }
    switch rest.first {
    case UInt8(ascii: "\""): return string(&rest).map(Value.text)
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
      pairs.append((name, value))
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

  /// Elements with commas between them, in brackets or braces.
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

  private static func string(_ rest: inout ArraySlice<UInt8>) -> [UInt8]? {
    guard rest.popFirst() == UInt8(ascii: "\"") else { return nil }
    var text: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return text }
      text.append(byte)
      if byte == UInt8(ascii: "\\"), let next = rest.popFirst() { text.append(next) }
    }
    return nil
  }

  private static func word(_ rest: inout ArraySlice<UInt8>) -> Value? {
    let word = rest.prefix {
      (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || ".-+".utf8.contains($0)
    }
    rest = rest.dropFirst(word.count)
    switch String(decoding: word, as: UTF8.self) {
    case "null": return .text([])
    case "true", "false": return .text(Array(word))
    case let text where text.first?.isASCII == true && "-0123456789".contains(text.prefix(1)) && !text.isEmpty:
      return .text(Array(word))
    default: return nil
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}
