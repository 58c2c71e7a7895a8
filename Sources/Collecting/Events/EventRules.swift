// With rules, every line of a log is checked for a match. A table by status leaves almost no rules for most lines.
// The remaining ones are decided by comparing the method and the ends of the path.

/// The event rules of an import, compiled for lookup.
public struct EventRules: Sendable {
  private struct Candidate {
    let rule: Int
    /// The method as a number; 0 for all.
    let method: UInt128
  }

  /// The rules in the order given. The first one that matches a line applies.
  public let rules: [EventRule]
  private let paths: [PathPattern?]
  /// For each status from 0 to 599, the rules that match it, in order.
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

  /// Whether any rule matches a method and a status, whatever the path.
  public func mayFit(_ bytes: Span<UInt8>, method: Range<Int>, status: Int) -> Bool {
    guard byStatus.indices.contains(status), !byStatus[status].isEmpty else { return false }
    let method = Self.packed(bytes, method)
    for candidate in byStatus[status] where holds(candidate, for: method) { return true }
    return false
  }

  /// Returns the index of the first rule that matches a request; nil if none does.
  ///
  /// - Parameters:
  ///   - bytes: the buffer that contains the method.
  ///   - path: the buffer that contains the path, in the form stored for page views.
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

  /// Returns a method as a number; 0 if it is empty or longer than a rule allows.
  private static func packed(_ bytes: Span<UInt8>, _ method: Range<Int>) -> UInt128 {
    guard method.count <= EventRule.longestMethod else { return 0 }
    var packed: UInt128 = 0
    for index in method { packed = packed << 8 | UInt128(bytes[index]) }
    return packed
  }
}
