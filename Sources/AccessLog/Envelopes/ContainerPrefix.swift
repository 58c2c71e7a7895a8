import ByteScanning

/// The prefixes that container runtimes write before a line.
enum ContainerPrefix {
  /// Parses `2024-10-10T13:55:36.123456789Z stdout F line`, with `P` instead of `F` if the line continues in the
  /// next one of its stream. Source: Kubernetes, CRI log format (kubelet's `parseCRILog`): colons separate the tags
  /// after the first.
  static func cri(_ bytes: Span<UInt8>, _ range: Range<Int>, _ times: inout TimeReader) -> Envelope.Content? {
    let end = range.upperBound
    guard let found = StampPrefix.time(bytes, range.lowerBound, end, &times), found.end + 9 <= end,
      bytes[found.end] == Byte.space
    else { return nil }
    let stream = found.end + 1
    let isOutput = ByteSearch.matches(output, in: bytes, at: stream, before: end)
    guard isOutput || ByteSearch.matches(errors, in: bytes, at: stream, before: end) else { return nil }
    let tag = stream + output.count
    guard tag < end, bytes[tag] == 0x46 || bytes[tag] == 0x50 else { return nil }
    var text = tag + 1
    if text < end, bytes[text] == Byte.colon {
      text = ByteSearch.firstIndex(of: Byte.space, in: bytes, from: text, to: end)
    }
    guard text == end || bytes[text] == Byte.space else { return nil }
    return Envelope.Content(
      text: min(text + 1, end)..<end, time: found.time, isPart: bytes[tag] == 0x50, stream: isOutput ? 0 : 1)
  }

  /// Parses `web-1  | line` or `0|web  | line`, with or without colours. Sources: Docker Compose 2, `docker compose
  /// logs`; PM2 5, `pm2 logs`, which writes the number of the process before its name.
  static func compose(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Envelope.Content? {
    let end = range.upperBound
    let start = EnvelopeText.afterColours(bytes, range.lowerBound, end)
    guard let word = EnvelopeText.word(bytes, start, end),
      EnvelopeText.isName(bytes, afterNumber(bytes, word)..<word.upperBound)
    else { return nil }
    let bar = EnvelopeText.afterBlanks(bytes, word.upperBound, end)
    guard bar + 1 < end, bytes[bar] == Byte.bar else { return nil }
    let text = EnvelopeText.afterColours(bytes, bar + 1, end)
    guard text < end, bytes[text] == Byte.space else { return nil }
    return Envelope.Content(text: EnvelopeText.afterColours(bytes, text + 1, end)..<end)
  }

  /// Returns the index after the number and the bar at the start of a word; its start if it has none.
  private static func afterNumber(_ bytes: Span<UInt8>, _ word: Range<Int>) -> Int {
    var index = word.lowerBound
    while index < word.upperBound, bytes[index] &- 0x30 <= 9 { index += 1 }
    return index > word.lowerBound && index < word.upperBound && bytes[index] == Byte.bar ? index + 1 : word.lowerBound
  }

  private static let output = Array("stdout ".utf8)
  private static let errors = Array("stderr ".utf8)
}
