import ByteScanning
import LineRules

/// Finds rules that can never apply, and rules whose results would change when they are named again.
struct RuleCheck {
  private let naming: PageNaming
  private var namer: PageNamer
  /// What stands for stars and groups in samples: a word and a number.
  private static let fillers = ["zq", "10"]

  init(_ naming: PageNaming) {
    self.naming = naming
    namer = PageNamer(naming)
  }

  /// - Throws: ``RuleMistake`` for the first rule with such a fault.
  mutating func check() throws(RuleMistake) {
    for (index, rule) in naming.rules.enumerated() {
      if case .segments(let pattern) = rule.pattern {
        try checkCanMatch(rule, pattern)
        try checkIsReached(index, rule, pattern)
      }
      try checkIsStable(rule)
    }
  }

  private func checkCanMatch(_ rule: PathRule, _ pattern: SegmentPattern) throws(RuleMistake) {
    if naming.letterCase == .fold, pattern.hasCapitals {
      throw RuleMistake(
        "'\(rule.text)' can match nothing: capital letters become small before rules apply (path-case fold)")
    }
    let last = pattern.bytes[((pattern.bytes.lastIndex(of: Byte.slash) ?? 0) + 1)...]
    if naming.indexes == .merge, IndexNames.isIndex(last) {
      throw RuleMistake(
        "'\(rule.text)' can match nothing: index names are merged into their folder before rules apply; omit the index name, or set path-index keep"
      )
    }
  }

  /// Refuses a rule behind one that matches everything that it would. Only starts of paths are compared: whether
  /// expressions match the same is not asked.
  private func checkIsReached(_ index: Int, _ rule: PathRule, _ pattern: SegmentPattern) throws(RuleMistake) {
    let sample = pattern.sample { "z\($0)q" }
    for earlier in naming.rules[..<index] {
      guard case .segments(let other) = earlier.pattern, !other.captures(sample.span).isEmpty else { continue }
      throw RuleMistake(
        "'\(rule.text)' can match nothing: '\(earlier.text)' comes before it and matches the same; put the longer one first"
      )
    }
  }

  /// Refuses a rule whose result some rule changes again: `footfall redact` names stored pages again, and a page must keep
  /// its name then.
  private mutating func checkIsStable(_ rule: PathRule) throws(RuleMistake) {
    for filler in Self.fillers {
      let result = result(of: rule, filler)
      guard result.first == Byte.slash else { continue }
      var again: [UInt8] = []
      let changes = namer.append(result.span, query: Span(), to: &again)
      guard again != result, let index = changes.rule else { continue }
      let changing = naming.rules[index].text
      throw RuleMistake(
        changing == rule.text
          ? "'\(rule.text)' loops: it would change its own result again; make a name that it does not match"
          : "'\(rule.text)': its result is changed again by '\(changing)'; make the last name at once")
    }
  }

  /// Returns a name that the rule can make.
  private mutating func result(of rule: PathRule, _ filler: String) -> [UInt8] {
    guard case .segments(let pattern) = rule.pattern else {
      return rule.replacement.flatMap { piece in
        switch piece {
        case .text(let text): text
        case .capture: Array(filler.utf8)
        }
      }
    }
    let sample = pattern.sample { _ in filler }
    var name: [UInt8] = []
    namer.append(sample.span, query: Span(), to: &name)
    return name
  }
}

extension SegmentPattern {
  /// Whether there are capital letters, besides those of escapes.
  fileprivate var hasCapitals: Bool {
    var index = 0
    while index < bytes.count {
      if bytes[index] == Byte.percent { index += 2 } else if Byte.lower(bytes[index]) != bytes[index] { return true }
      index += 1
    }
    return false
  }
}
