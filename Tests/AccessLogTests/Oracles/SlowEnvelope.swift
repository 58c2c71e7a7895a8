import AccessLog

/// Removes envelopes from a line the slow way: with regular expressions.
enum SlowEnvelope {
  /// A line's own text, the envelope's time and, for CRI, the stream and whether the text is a part.
  struct Content: Equatable {
    var text: [UInt8]
    var time: Int64?
    var isPart = false
    var stream = ""
  }

  /// Returns the text inside the envelope, or nil if the line does not have this envelope.
  static func content(_ envelope: Envelope, _ line: [UInt8]) -> Content? {
    switch envelope {
    case .syslog: syslog(line) ?? cri(line) ?? compose(line)
    case .cri: cri(line)
    case .compose: compose(line)
    case .stamp: stamp(line)
    case .level: levelPattern.length(line).map { Content(text: Array(line.dropFirst($0)), time: nil) }
    case .json: nil
    }
  }

  // MARK: Syslog

  private static func syslog(_ line: [UInt8]) -> Content? {
    var rest = dropped(octetCount, line)
    let priorityLength = priority.length(rest)
    rest = Array(rest.dropFirst(priorityLength ?? 0))
    if let content = numbered(rest) { return content }
    guard let (time, behind) = stamped(rest) else { return nil }
    for pattern in [hostAndTag, hostBeforeText] {
      if let length = pattern.length(behind) { return Content(text: Array(behind.dropFirst(length)), time: time) }
    }
    return priorityLength == nil ? nil : Content(text: behind, time: time)
  }

  /// RFC 5424.
  private static func numbered(_ line: [UInt8]) -> Content? {
    guard let groups = newForm.groups(line), let whole = groups[0], let stamp = groups[1] else { return nil }
    let reading = SlowTime.read(stamp)
    guard stamp.elementsEqual("-".utf8) || reading?.length == stamp.count else { return nil }
    return Content(text: Array(line.dropFirst(whole.count)), time: reading?.seconds)
  }

  /// Returns the time, nil if it has no year, and what follows it.
  private static func stamped(_ line: [UInt8]) -> (time: Int64?, rest: [UInt8])? {
    if let length = oldTime.length(line) { return (nil, Array(line.dropFirst(length))) }
    let rest = dropped(weekday, line)
    guard let time = time(rest) else { return nil }
    let behind = dropped(zoneName, Array(rest.dropFirst(time.length)))
    return behind.first == UInt8(ascii: " ") ? (time.seconds, Array(behind.dropFirst())) : nil
  }

  private static let octetCount = SlowPattern("[0-9]+ (?=<)")
  private static let priority = SlowPattern("<[0-9]+>")
  private static let newForm = SlowPattern(
    "1 ([^ ]+) ([^ ]+ ){4}(- |(\\[(\\\\.|[^\\]\\\\])*\\])+ |(?=[^-\\[]))[ \\t]*+(\\xEF\\xBB\\xBF)?")
  private static let oldTime = SlowPattern(
    "(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec) [ 0-9][0-9] ([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)"
      + "([.,][0-9]+ | (?=.))")
  private static let weekday = SlowPattern("[A-_a-\\xFF].. (?=[0-9])")
  private static let zoneName = SlowPattern(" [A-Z]{3,5}(?= )")
  private static let tag = "(\(name)(\\[[^ ]*\\])?|\\([^ \\[]*):"
  private static let hostAndTag = SlowPattern("(\(tag) |[^ ]+ \(tag) )[ \\t]*+")
  /// A host alone, where another blank or a brace marks the start of the text.
  private static let hostBeforeText = SlowPattern("[^ ]+ ( [ \\t]*+|(?=\\{))")

  // MARK: Containers

  private static func cri(_ line: [UInt8]) -> Content? {
    guard let time = time(line), let groups = criTags.groups(Array(line.dropFirst(time.length))),
      let stream = groups[1], let tag = groups[2]
    else { return nil }
    return Content(
      text: Array(line.dropFirst(time.length + (groups[0]?.count ?? 0))), time: time.seconds,
      isPart: tag.elementsEqual("P".utf8), stream: String(decoding: stream, as: UTF8.self))
  }

  private static func compose(_ line: [UInt8]) -> Content? {
    composePattern.length(line).map { Content(text: Array(line.dropFirst($0)), time: nil) }
  }

  private static let criTags = SlowPattern(" (stdout|stderr) ([FP])(:[^ ]*)?( |\\z)")
  private static let composePattern = SlowPattern("\(colours)([0-9]+\\|)?\(name) [ \\t]*\\|\(colours) \(colours)")

  // MARK: Stamps and levels

  private static func stamp(_ line: [UInt8]) -> Content? {
    let isBracketed = line.first == UInt8(ascii: "[")
    let rest = isBracketed ? Array(line.dropFirst()) : line
    guard let time = time(rest) else { return nil }
    var behind = Array(rest.dropFirst(time.length))
    if !isBracketed, behind.first == UInt8(ascii: ":") { behind.removeFirst() }
    guard let end = (isBracketed ? bracketAndBlanks : blanks).length(behind) else { return nil }
    if let length = fluentdTag.length(behind), !isBracketed {
      return Content(text: Array(behind.dropFirst(length)), time: time.seconds)
    }
    behind = Array(behind.dropFirst(end))
    var text = dropped(brackets, behind)
    if let length = levelAndBlanks.length(text) {
      text = Array(text.dropFirst(length))
      text = dropped(caddyNames, text)
    }
    return isBracketed && text.count == behind.count ? nil : Content(text: text, time: time.seconds)
  }

  private static let blanks = SlowPattern("[ \\t]++")
  private static let bracketAndBlanks = SlowPattern("\\][ \\t]++")
  private static let brackets = SlowPattern("(\\[[^\\]:]{0,79}\\][ \\t]*+)*+")
  private static let levelAndBlanks = SlowPattern("\(colours)\(level)\(colours)[ \\t]++")
  private static let caddyNames = SlowPattern("[^\\t]*\\t[^\\t]*\\t(?=\\{)")
  private static let fluentdTag = SlowPattern("\\t\(name)\\t(?=\\{)")
  private static let levelPattern = SlowPattern("\(level):\(name):")

  private static let level = "(?:WARNING|INFO|DEBUG|NOTICE|WARN|ERROR|info|debug|notice)"
  private static let colours = "(?:\\x1B\\[[0-9;]*m)*+"
  private static let name = "[A-Za-z0-9._/-]+"

  // MARK: Times

  /// Returns the time at the start of a text of at least nineteen bytes: a date and a clock, an epoch with a
  /// fraction, or TAI64N.
  private static func time(_ text: [UInt8]) -> SlowTime.Reading? {
    guard text.count >= 19 else { return nil }
    if let groups = taiLabel.groups(text), let digits = groups[1],
      let label = UInt64(String(decoding: digits, as: UTF8.self), radix: 16)
    {
      let seconds = Int64(bitPattern: label &- 0x4000_0000_0000_0000)
      return (0..<0x2_0000_0000).contains(seconds) ? (seconds - 10, 25) : nil
    }
    let isKnown = shortUnix.length(text) != nil || isoDate.length(text) != nil
    return isKnown ? SlowTime.read(text) : nil
  }

  private static let taiLabel = SlowPattern("@([0-9A-Fa-f]{16})[0-9A-Fa-f]{8}")
  private static let shortUnix = SlowPattern("[0-9]{10}\\.[0-9]")
  private static let isoDate = SlowPattern("[0-9]{4}[-/]")

  private static func dropped(_ pattern: SlowPattern, _ text: [UInt8]) -> [UInt8] {
    Array(text.dropFirst(pattern.length(text) ?? 0))
  }
}
