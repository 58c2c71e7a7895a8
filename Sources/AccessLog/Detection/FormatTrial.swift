import Hits

/// Formats that have not fitted a line yet. Each is returned once, by the first line it fits.
struct FormatTrial {
  /// After so many lines in a row that no format fits, most of the others are passed over: they will be alike.
  private static let mostMisses = 50
  private static let linesPerMiss = 8

  private let formats: [LogFormat]
  /// Parsers are large, and used where they are.
  private var parsers: [LineParser]
  private var isLeft: [Bool]
  private var misses = 0

  /// - Parameter time: the time of lines without one; nil if such lines do not match.
  init(_ formats: [LogFormat], zone: LocalCalendar, assuming time: Int64? = nil) {
    self.formats = formats
    parsers = formats.map { LineParser($0, zone: zone, assuming: time) }
    isLeft = [Bool](repeating: true, count: formats.count)
  }

  /// Removes the format with this number.
  mutating func drop(_ number: Int) { isLeft[number] = false }

  /// Returns the formats that fit a line and that no earlier line returned.
  mutating func called(by line: Int, of sample: DetectionSample) -> [LogFormat] {
    misses += 1
    guard misses < Self.mostMisses || misses % Self.linesPerMiss == 0 else { return [] }
    var called: [LogFormat] = []
    for number in parsers.indices where isLeft[number] {
      guard sample.fits(&parsers[number], line) else { continue }
      isLeft[number] = false
      called.append(formats[number])
    }
    if !called.isEmpty { misses = 0 }
    return called
  }
}
