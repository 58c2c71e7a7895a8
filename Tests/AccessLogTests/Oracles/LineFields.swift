import AccessLog

/// The fields of a line, each in bytes of its own: the form in which the fast parser and the slow ones are compared.
struct LineFields: Equatable {
  var host: [UInt8] = []
  var address: [UInt8] = []
  var forwarded: [UInt8] = []
  var user: [UInt8] = []
  var timestamp: Int64 = 0
  var method: [UInt8] = []
  var target: [UInt8] = []
  var query: [UInt8] = []
  var status = -1
  var size: Int64 = 0
  var referrer: [UInt8] = []
  var userAgent: [UInt8] = []
  var lacksAgent = false
  var asksNotToBeTracked = false
  var signatureAgent: [UInt8] = []

  /// Makes empty fields.
  init() {}

  /// Copies the fields that the fast parser found in the bytes.
  init(_ line: LogLine, _ bytes: [UInt8]) {
    host = Array(bytes[line.host])
    address = Array(bytes[line.address])
    forwarded = Array(bytes[line.forwarded])
    user = Array(bytes[line.user])
    timestamp = line.timestamp
    method = Array(bytes[line.method])
    target = Array(bytes[line.target])
    query = Array(bytes[line.query])
    status = line.status
    size = line.size
    referrer = Array(bytes[line.referrer])
    userAgent = Array(bytes[line.userAgent])
    lacksAgent = line.lacksAgent
    asksNotToBeTracked = line.asksNotToBeTracked
    signatureAgent = Array(bytes[line.signatureAgent])
  }

  /// Sets the field with this name in mappings; `-` means no value. Returns false if the field cannot have the value.
  mutating func set(_ name: String, to text: [UInt8]) -> Bool {
    let value = text.elementsEqual("-".utf8) ? [] : text
    switch name {
    case "host": if !value.isEmpty { host = value }
    case "address":
      address = value
      return SlowAddress.isClient(value)
    case "forwarded": if forwarded.isEmpty { forwarded = value }
    case "user": user = value
    case "time": return setTime(value)
    case "request": setRequest(value)
    case "url": return setAbsoluteRequest(value)
    case "method": method = value
    case "target": target = value
    case "query": query = value.starts(with: "?".utf8) ? Array(value.dropFirst()) : value
    case "status": return setStatus(value)
    case "result":
      let parts = value.split(separator: UInt8(ascii: "/"), maxSplits: 1, omittingEmptySubsequences: false)
      return parts.count == 2 && setStatus(Array(parts[1]))
    case "size": return setSize(value)
    case "referrer": referrer = value
    case "agent":
      userAgent = value
      lacksAgent = value.isEmpty
    case "signature": signatureAgent = value
    case "dnt":
      let words = value.split { " ,".utf8.contains($0) }
      if words.contains(where: { $0.elementsEqual("1".utf8) }) { asksNotToBeTracked = true }
    default: break
    }
    return true
  }

  /// Does the same for lines of keys, where a date and a clock are added up.
  mutating func setPart(_ name: String, to text: [UInt8]) -> Bool {
    guard name == "date" || name == "clock" else { return set(name, to: text) }
    guard let reading = name == "date" ? SlowTime.day(text) : SlowTime.clock(text), reading.length == text.count else {
      return false
    }
    timestamp += reading.seconds
    return true
  }

  /// Sets a request, or a target alone, which some servers call a request.
  mutating func setRequestOrTarget(_ text: [UInt8]) -> Bool {
    if text.first == UInt8(ascii: "/") { target = text } else { setRequest(text) }
    return true
  }

  private mutating func setTime(_ value: [UInt8]) -> Bool {
    guard let time = SlowTime.read(value), time.length == value.count else { return false }
    timestamp += time.seconds
    return true
  }

  /// Sets method and target of a request, ignoring terminal colours.
  mutating func setRequest(_ value: [UInt8]) {
    let request = Self.withoutColours(value)
    let words = request.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map(Array.init)
    guard words != [[UInt8(ascii: "-")]] else { return }
    method = words[0]
    guard words.count > 1, let last = words.last else { return }
    let hasProtocol =
      last.starts(with: "HTTP/".utf8) || Self.versions.contains(String(decoding: last, as: UTF8.self))
    target = Array(words.dropFirst().dropLast(hasProtocol ? 1 : 0).joined(separator: [UInt8(ascii: " ")]))
  }

  /// Returns the text between the colours and the next escape. Drops escapes that do not start a colour.
  private static func withoutColours(_ value: [UInt8]) -> [UInt8] {
    var value = value
    while value.count > 1, value[0] == 0x1B {
      if let length = colours.length(value) { return Array(value.dropFirst(length).prefix { $0 != 0x1B }) }
      value.removeFirst()
    }
    return value
  }

  private static let colours = SlowPattern("(\\x1B\\[[0-9;]*m)+")
  private static let versions = ["1", "2", "3", "1.0", "1.1", "2.0", "2.1", "3.0", "3.1"]

  /// Returns false if the target is not absolute, unless the method shows that there was no request.
  private mutating func setAbsoluteRequest(_ value: [UInt8]) -> Bool {
    guard !value.isEmpty else { return true }
    setRequest(value)
    guard let colon = target.firstIndex(of: UInt8(ascii: ":")), target[(colon + 1)...].starts(with: "//".utf8)
    else { return method.elementsEqual("-".utf8) }
    let rest = target[(colon + 3)...]
    host = Array(rest.prefix { $0 != UInt8(ascii: "/") })
    target = Array(rest.dropFirst(host.count))
    return true
  }

  private mutating func setStatus(_ value: [UInt8]) -> Bool {
    guard !value.isEmpty else { return true }
    let isNegative = value[0] == UInt8(ascii: "-")
    let digits = isNegative ? Array(value.dropFirst()) : value
    guard (1...3).contains(digits.count), let number = Self.number(digits) else { return false }
    status = isNegative || number == 0 ? -1 : Int(number)
    return true
  }

  private mutating func setSize(_ value: [UInt8]) -> Bool {
    guard !value.isEmpty else { return true }
    guard value.count <= 18, let number = Self.number(value) else { return false }
    size = number
    return true
  }

  private static func number(_ digits: [UInt8]) -> Int64? {
    digits.allSatisfy { (0x30...0x39).contains($0) } ? Int64(String(decoding: digits, as: UTF8.self)) : nil
  }
}
