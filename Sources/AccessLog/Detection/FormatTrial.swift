import Hits

/// Formats that wait for a line which calls for them: each is named once, by the first line it fits.
struct FormatTrial {
  private let formats: [LogFormat]
  private var parsers: [LineParser?]

  init(_ formats: [LogFormat], zone: LocalCalendar) {
    self.formats = formats
    parsers = formats.map { LineParser($0, zone: zone) }
  }

  /// Leaves a format out, by its number.
  mutating func drop(_ number: Int) { parsers[number] = nil }

  /// The formats that fit a line and that no line before it called for.
  mutating func called(by line: Int, of sample: DetectionSample) -> [LogFormat] {
    var called: [LogFormat] = []
    for number in parsers.indices {
      guard var parser = parsers[number].take() else { continue }
      if sample.fits(&parser, line) {
        called.append(formats[number])
      } else {
        parsers[number] = parser
      }
    }
    return called
  }
}
