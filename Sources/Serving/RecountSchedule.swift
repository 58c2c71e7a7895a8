/// The schedule for recounting days: soon after requests arrive, but so seldom that counting takes about 1/200 of the
/// time.
struct RecountSchedule {
  private static let shortest = Duration.seconds(5)
  private static let longest = Duration.seconds(600)
  /// The interval for work that does not depend on requests, such as sealing days.
  private static let idle = Duration.seconds(300)

  private var next = ContinuousClock.now
  private var hasChanged = true

  /// Notes that requests were stored.
  mutating func noteChange() {
    hasChanged = true
  }

  /// Makes a recount due now.
  mutating func force() {
    next = .now
    hasChanged = true
  }

  /// Runs all steps if a recount is due.
  ///
  /// - Parameter step: a step, which returns whether there may be more to do.
  mutating func run(_ step: () throws -> Bool) rethrows {
    let start = ContinuousClock.now
    guard start >= (hasChanged ? next : next + Self.idle) else { return }
    // A failed step is not retried at once, either.
    next = start + Self.shortest
    while try step() {}
    hasChanged = false
    next = .now + min(Self.longest, max(Self.shortest, (.now - start) * 200))
  }
}
