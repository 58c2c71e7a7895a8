import ArgumentParser

/// The pause between two looks at the files that are followed, in seconds.
struct FollowPause: ExpressibleByArgument, CustomStringConvertible {
  /// The one where none is given.
  static let usual = FollowPause(seconds: 10)

  /// The seconds.
  let seconds: Double

  private init(seconds: Double) {
    self.seconds = seconds
  }

  /// Nothing but numbers: what follows the flag may be a path.
  init?(argument: String) {
    guard let seconds = Double(argument) else { return nil }
    self.seconds = seconds
  }

  var description: String { String(Int(seconds)) }
}
