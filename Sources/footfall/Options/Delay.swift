import ArgumentParser
import Sealing

/// A time span given on the command line, such as `48h`, `2d`, `90m` or `30s`.
struct Delay: ExpressibleByArgument, CustomStringConvertible {
  /// How long a settled day stays open by default.
  static let usual = Delay(seconds: Sealing.usualDelay)

  private static let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]

  /// The seconds.
  let seconds: Int64

  private init(seconds: Int64) {
    self.seconds = seconds
  }

  init?(argument: String) {
    guard let unit = argument.last.flatMap({ Self.units[$0] }), let number = Int64(argument.dropLast()),
      (0...1_000_000).contains(number)
    else { return nil }
    seconds = number * unit
  }

  var description: String {
    seconds % 3_600 == 0 ? "\(seconds / 3_600)h" : "\(seconds)s"
  }
}
