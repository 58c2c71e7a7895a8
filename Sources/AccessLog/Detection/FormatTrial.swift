import Hits

/// Formats that have not fitted a line yet. Each is returned once, by the first line it fits.
struct FormatTrial {
  private let formats: [LogFormat]
  private var parsers: [LineParser?]

  init(_ formats: [LogFormat], zone: LocalCalendar) {
    self.formats = formats
    parsers = formats.map { LineParser($0, zone: zone) }
  }

  /// Removes the format with this number.
  mutating func drop(_ number: Int) { parsers[number] = nil }

  /// Returns the formats that fit a line and that no earlier line returned.
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
