/// Tells which rules are worth running over an agent: those whose required texts occur.
///
/// Of each rule the two clauses that tell most are used; a rule with none is always run.
struct RulePrefilter: Sendable {
  /// What scanning needs besides the agent, and what it has found; one per thread, used again.
  struct Scratch {
    /// A bit for each rule of whose first clause a text occurs, then the same for second clauses. After a scan the first
    /// half has the rules that may match.
    fileprivate var marks: [UInt64]
    fileprivate var texts: [Int] = []

    /// The first rule of the range from `start` on that may match; nil where there is none.
    func next(from start: Int, before end: Int) -> Int? {
      guard start < end else { return nil }
      var word = start / 64
      var bits = marks[word] & (~0 << UInt64(start % 64))
      while true {
        if bits != 0 {
          let rule = word * 64 + bits.trailingZeroBitCount
          return rule < end ? rule : nil
        }
        word += 1
        guard word * 64 < end else { return nil }
        bits = marks[word]
      }
    }
  }

  /// Bits in one word of the marks.
  private struct Mark: Sendable {
    var word: Int
    var bits: UInt64
  }

  private let finder: LiteralFinder
  /// What each text marks, one text after the other.
  private var marks: [Mark] = []
  /// Where the marks of each text start, and where those of the last one end.
  private var starts: [Int] = [0]
  /// What is marked whatever the agent holds: what has no clause.
  private var always: [UInt64]

  /// A filter for rules with these clauses.
  init(_ clausesOfRule: [[LiteralExtractor.Clause]]) {
    let words = (clausesOfRule.count + 63) / 64
    always = [UInt64](repeating: 0, count: 2 * words)
    var indices: [[UInt8]: Int] = [:]
    var texts: [[UInt8]] = []
    var marksOfText: [[Mark]] = []
    for (rule, clauses) in clausesOfRule.enumerated() {
      let best = Self.best(clauses)
      for number in best.count..<2 { always[number * words + rule / 64] |= 1 << UInt64(rule % 64) }
      for (number, clause) in best.enumerated() {
        for text in clause {
          let index = indices[text] ?? texts.count
          if index == texts.count {
            indices[text] = index
            texts.append(text)
            marksOfText.append([])
          }
          Self.add(Mark(word: number * words + rule / 64, bits: 1 << UInt64(rule % 64)), to: &marksOfText[index])
        }
      }
    }
    for ofText in marksOfText {
      marks += ofText
      starts.append(marks.count)
    }
    finder = LiteralFinder(texts, frequent: ClauseScore.frequent)
  }

  /// Adds a mark to those of a text. Rules come in their order, so that one in the same word is among the last two.
  private static func add(_ mark: Mark, to marks: inout [Mark]) {
    let same = marks.indices.suffix(2).first { marks[$0].word == mark.word }
    if let same { marks[same].bits |= mark.bits } else { marks.append(mark) }
  }

  /// Room for scanning.
  var scratch: Scratch { Scratch(marks: always) }

  /// Marks the rules that may match the agent.
  func scan(_ agent: Span<UInt8>, _ scratch: inout Scratch) {
    scratch.texts.removeAll(keepingCapacity: true)
    finder.scan(agent, &scratch.texts)
    mark(scratch.texts, &scratch.marks)
  }

  private func mark(_ texts: [Int], _ array: inout [UInt64]) {
    var words = array.mutableSpan
    for word in always.indices { words[word] = always[word] }
    for text in texts {
      for place in starts[text]..<starts[text + 1] { words[marks[place].word] |= marks[place].bits }
    }
    let half = words.count / 2
    for word in 0..<half { words[word] &= words[half + word] }
  }

  private static func best(_ clauses: [LiteralExtractor.Clause]) -> [LiteralExtractor.Clause] {
    let scored = clauses.map { (clause: $0, score: ClauseScore.of($0)) }
    return scored.sorted { $0.score > $1.score }.prefix(2).map(\.clause)
  }
}
