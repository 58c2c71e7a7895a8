import AccessLog

/// The fields of a line as bytes of their own: what the fast parser and the slow ones are compared by.
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
  var asksNotToBeTracked = false

  /// No fields.
  init() {}

  /// The fields that the fast parser found in the bytes.
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
    asksNotToBeTracked = line.asksNotToBeTracked
  }

  /// Sets the field of that name in mappings; `-` is no value. False where the value cannot be one of the field.
  mutating func set(_ name: String, to text: [UInt8]) -> Bool {
    let value = text.elementsEqual("-".utf8) ? [] : text
    switch name {
    case "host": if !value.isEmpty { host = value }
    case "address": address = value
    case "forwarded": if forwarded.isEmpty { forwarded = value }
    case "user": user = value
    case "time": return setTime(value)
    case "request": setRequest(value)
    case "url": setAbsoluteRequest(value)
    case "method": method = value
    case "target": target = value
    case "query": query = value.starts(with: "?".utf8) ? Array(value.dropFirst()) : value
    case "status": return setStatus(value)
    case "size": return setSize(value)
    case "referrer": referrer = value
    case "agent": userAgent = value
    case "dnt": if value.elementsEqual("1".utf8) { asksNotToBeTracked = true }
    default: break
    }
    return true
  }

  private mutating func setTime(_ value: [UInt8]) -> Bool {
    guard let time = SlowTime.read(value), time.length == value.count else { return false }
    timestamp += time.seconds
    return true
  }

  private mutating func setRequest(_ value: [UInt8]) {
    let words = value.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map(Array.init)
    let hasProtocol = words.count > 1 && words[words.count - 1].starts(with: "HTTP/".utf8)
    method = words[0]
    target = Array(words.dropFirst().dropLast(hasProtocol ? 1 : 0).joined(separator: [UInt8(ascii: " ")]))
  }

  private mutating func setAbsoluteRequest(_ value: [UInt8]) {
    setRequest(value)
    guard let colon = target.firstIndex(of: UInt8(ascii: ":")), target[(colon + 1)...].starts(with: "//".utf8)
    else { return }
    let rest = target[(colon + 3)...]
    host = Array(rest.prefix { $0 != UInt8(ascii: "/") })
    target = Array(rest.dropFirst(host.count))
  }

  private mutating func setStatus(_ value: [UInt8]) -> Bool {
    guard !value.isEmpty else { return true }
    guard value.count <= 3, let number = Self.number(value) else { return false }
    status = number == 0 ? -1 : Int(number)
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
