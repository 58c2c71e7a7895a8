import ArgumentParser

/// The pause between two checks of the followed files, in seconds.
struct FollowPause: ExpressibleByArgument, CustomStringConvertible {
  /// The default pause.
  static let usual = FollowPause(seconds: 10)

  /// The seconds.
  let seconds: Double

  private init(seconds: Double) {
    self.seconds = seconds
  }

  /// Accepts only numbers: what follows the flag may be a path.
  init?(argument: String) {
    guard let seconds = Double(argument) else { return nil }
    self.seconds = seconds
  }

  var description: String { String(Int(seconds)) }
}
