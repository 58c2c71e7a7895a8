/// Tells which rules are worth running over an agent: those whose required texts occur.
///
/// Of each rule the two clauses that tell most are used; a rule with none is always run.
struct RulePrefilter: Sendable {
  /// What scanning needs besides the agent; one per worker, used again.
  struct Scratch {
    fileprivate var first: [UInt64]
    fileprivate var second: [UInt64]
  }

  private struct Use: Sendable {
    let rule: UInt32
    let isSecond: Bool
  }

  private let automaton: LiteralAutomaton
  private var usesOfText: [[Use]] = []
  private var alwaysFirst: [UInt64]
  private var alwaysSecond: [UInt64]

  /// A filter for rules with these clauses.
  init(_ clausesOfRule: [[LiteralExtractor.Clause]]) {
    let words = (clausesOfRule.count + 63) / 64
    alwaysFirst = [UInt64](repeating: 0, count: words)
    alwaysSecond = alwaysFirst
    var indices: [[UInt8]: Int] = [:]
    var texts: [[UInt8]] = []
    var uses: [[Use]] = []
    for (rule, clauses) in clausesOfRule.enumerated() {
      let best = Self.best(clauses)
      if best.isEmpty { Self.set(rule, &alwaysFirst) }
      if best.count < 2 { Self.set(rule, &alwaysSecond) }
      for (number, clause) in best.enumerated() {
        for text in clause {
          let index = indices[text] ?? texts.count
          if index == texts.count {
            indices[text] = index
            texts.append(text)
            uses.append([])
          }
          uses[index].append(Use(rule: UInt32(rule), isSecond: number == 1))
        }
      }
    }
    usesOfText = uses
    automaton = LiteralAutomaton(texts)
  }

  /// Room for scanning.
  var scratch: Scratch { Scratch(first: alwaysFirst, second: alwaysSecond) }

  /// Marks the rules that may match the agent.
  func scan(_ agent: Span<UInt8>, _ scratch: inout Scratch) {
    for word in alwaysFirst.indices {
      scratch.first[word] = alwaysFirst[word]
      scratch.second[word] = alwaysSecond[word]
    }
    automaton.scan(agent) { text in
      for use in usesOfText[text] {
        if use.isSecond { Self.set(Int(use.rule), &scratch.second) } else { Self.set(Int(use.rule), &scratch.first) }
      }
    }
    for word in alwaysFirst.indices { scratch.first[word] &= scratch.second[word] }
  }

  /// The first rule of the range from `start` on that may match; nil where there is none.
  func next(from start: Int, before end: Int, _ scratch: borrowing Scratch) -> Int? {
    guard start < end else { return nil }
    var word = start / 64
    var bits = scratch.first[word] & (~0 << UInt64(start % 64))
    while true {
      if bits != 0 {
        let rule = word * 64 + bits.trailingZeroBitCount
        return rule < end ? rule : nil
      }
      word += 1
      guard word * 64 < end else { return nil }
      bits = scratch.first[word]
    }
  }

  private static func best(_ clauses: [LiteralExtractor.Clause]) -> [LiteralExtractor.Clause] {
    let scored = clauses.map { (clause: $0, score: ClauseScore.of($0)) }
    return scored.sorted { $0.score > $1.score }.prefix(2).map(\.clause)
  }

  private static func set(_ rule: Int, _ bits: inout [UInt64]) {
    bits[rule / 64] |= 1 << UInt64(rule % 64)
  }
}
