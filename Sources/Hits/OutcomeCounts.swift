/// The number of lines with each outcome.
public struct OutcomeCounts: Equatable, Sendable {
  private var counts: [Int]

  /// Creates counts of zero.
  public init() {
    counts = [Int](repeating: 0, count: Outcome.allCases.count)
  }

  /// The number of lines with this outcome.
  public subscript(outcome: Outcome) -> Int {
    get { counts[Int(outcome.rawValue)] }
    set { counts[Int(outcome.rawValue)] = newValue }
  }

  /// The number of lines with any outcome.
  public var total: Int {
    counts.reduce(0, +)
  }

  /// The number of lines that do not match their format.
  public var rejects: Int {
    Outcome.allCases.reduce(0) { $1.isReject ? $0 + self[$1] : $0 }
  }

  /// The number of lines with a field that breaks a rule of the collect API.
  public var invalid: Int {
    Outcome.allCases.reduce(0) { $1.isInvalid ? $0 + self[$1] : $0 }
  }

  /// The outcomes that occurred, in their fixed order.
  public var present: [(outcome: Outcome, lines: Int)] {
    Outcome.allCases.compactMap { self[$0] == 0 ? nil : ($0, self[$0]) }
  }

  /// Adds the counts of other lines.
  public static func += (left: inout OutcomeCounts, right: OutcomeCounts) {
    for index in left.counts.indices {
      left.counts[index] += right.counts[index]
    }
  }
}
