// Why it is built so: with rules, every line of a log is asked whether one fits. A table by status leaves nearly no rule
// for most lines, and of the rest one comparison of methods and a look at the ends of the path decide.

/// The event rules of an import, compiled for looking up.
public struct EventRules: Sendable {
  private struct Candidate {
    let rule: Int
    /// The method as a number; 0 for all.
    let method: UInt128
  }

  /// The rules in the order given; the first that fits a line holds.
  public let rules: [EventRule]
  private let paths: [PathPattern?]
  /// For each status from 0 to 599, the rules that hold for it, in their order.
  private let byStatus: [[Candidate]]

  /// Compiles rules.
  public init(_ rules: [EventRule] = []) {
    self.rules = rules
    paths = rules.map(\.path)
    guard !rules.isEmpty else {
      byStatus = []
      return
    }
    byStatus = (0..<600).map { status in
      rules.indices.filter { rules[$0].statuses.contains { $0.contains(status) } }.flatMap { index in
        let methods = rules[index].methods
        return methods.isEmpty
          ? [Candidate(rule: index, method: 0)]
          : methods.map { Candidate(rule: index, method: $0.utf8.reduce(0) { $0 << 8 | UInt128($1) }) }
      }
    }
  }

  /// Whether some rule holds for a method and a status, whatever the path.
  public func mayFit(_ bytes: Span<UInt8>, method: Range<Int>, status: Int) -> Bool {
    guard byStatus.indices.contains(status), !byStatus[status].isEmpty else { return false }
    let method = Self.packed(bytes, method)
    for candidate in byStatus[status] where holds(candidate, for: method) { return true }
    return false
  }

  /// The index of the first rule that holds for a request; nil where none does.
  ///
  /// - Parameters:
  ///   - bytes: where the method lies.
  ///   - path: where the path lies, in the form in which page views keep it.
  public func rule(
    _ bytes: Span<UInt8>, method: Range<Int>, status: Int, path: Span<UInt8>, _ range: Range<Int>
  ) -> Int? {
    guard byStatus.indices.contains(status) else { return nil }
    let method = Self.packed(bytes, method)
    for candidate in byStatus[status] where holds(candidate, for: method) {
      if paths[candidate.rule]?.matches(path, range) ?? true { return candidate.rule }
    }
    return nil
  }

  private func holds(_ candidate: Candidate, for method: UInt128) -> Bool {
    method != 0 && (candidate.method == method || candidate.method == 0)
  }

  /// A method as a number; 0 for none, and for one longer than any rule may name.
  private static func packed(_ bytes: Span<UInt8>, _ method: Range<Int>) -> UInt128 {
    guard method.count <= EventRule.longestMethod else { return 0 }
    var packed: UInt128 = 0
    for index in method { packed = packed << 8 | UInt128(bytes[index]) }
    return packed
  }
}
