import AccessLog
import Hits

/// The contents of a line as values, for comparing lines of different formats.
struct ReadLine: Equatable {
  var address = ""
  var forwarded = ""
  var host = ""
  var timestamp: Int64 = 0
  var method = ""
  var url = ""
  var status = -1
  var size: Int64 = 0
  var referrer = ""
  var userAgent = ""

  /// Returns all lines of a text except blank ones, comments and parts; nil for malformed lines.
  static func all(_ bytes: [UInt8], _ format: LogFormat, zone: LocalCalendar = .utc) -> [ReadLine?] {
    each(bytes, format, zone: zone).compactMap { line, reason in
      [.empty, .comment, .part].contains(reason) ? nil : .some(line)
    }
  }

  /// Returns all lines of a text, each with its reason if it is malformed.
  static func each(
    _ bytes: [UInt8], _ format: LogFormat, zone: LocalCalendar = .utc
  ) -> [(line: ReadLine?, reason: MalformedLine?)] {
    var unwrapper = LineUnwrapper(format, zone: zone)
    var scanner = LineScanner(0..<bytes.count)
    var ranges: [(Range<Int>, UnwrappedLine)] = []
    while let range = scanner.next(in: bytes.span) {
      ranges.append((range, unwrapper?.unwrap(bytes.span, range, offset: bytes.count) ?? .asItIs))
    }
    let all = bytes + (unwrapper?.texts ?? [])
    var parser = LineParser(format, zone: zone)
    var line = LogLine()
    return ranges.map { range, unwrapped in
      let reason = parser.parse(all.span, range, unwrapped, into: &line)
      return (reason == nil ? ReadLine(line, all) : nil, reason)
    }
  }

  /// Returns the first line of a text, or nil if it is malformed.
  static func one(_ text: String, _ format: LogFormat, zone: LocalCalendar = .utc) -> ReadLine? {
    all(Array(text.utf8), format, zone: zone).first ?? nil
  }

  /// Copies the values of a line within the bytes.
  init(_ line: LogLine, _ bytes: [UInt8]) {
    func text(_ range: Range<Int>, _ escapes: Escapes) -> String {
      var out: [UInt8] = []
      Unescaping.append(bytes.span, range, escapes, to: &out)
      return String(decoding: out, as: UTF8.self)
    }
    address = text(line.address, .none)
    forwarded = text(line.forwarded, .none)
    host = text(line.host, .none)
    timestamp = line.timestamp
    method = text(line.method, .none)
    var url: [UInt8] = []
    line.appendURL(bytes.span, to: &url)
    self.url = String(decoding: url, as: UTF8.self)
    status = line.status
    size = line.size
    referrer = text(line.referrer, line.escapes.ofReferrers)
    userAgent = text(line.userAgent, line.escapes)
  }
}
