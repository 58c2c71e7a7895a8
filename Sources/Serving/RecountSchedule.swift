/// When days are counted anew: soon after requests came, but so seldom that counting takes a two hundredth of the time.
struct RecountSchedule {
  private static let shortest = Duration.seconds(5)
  private static let longest = Duration.seconds(600)
  /// How often what does not hang on requests is looked after, such as days to be sealed.
  private static let idle = Duration.seconds(300)

  private var next = ContinuousClock.now
  private var hasChanged = true

  /// Notes that requests were kept.
  mutating func noteChange() {
    hasChanged = true
  }

  /// Makes it due now.
  mutating func force() {
    next = .now
    hasChanged = true
  }

  /// Does all steps if it is due.
  ///
  /// - Parameter step: returns whether there may be more to do.
  mutating func run(_ step: () throws -> Bool) rethrows {
    let start = ContinuousClock.now
    guard start >= (hasChanged ? next : next + Self.idle) else { return }
    // Also where a step fails it is not tried again at once.
    next = start + Self.shortest
    while try step() {}
    hasChanged = false
    next = .now + min(Self.longest, max(Self.shortest, (.now - start) * 200))
  }
}
