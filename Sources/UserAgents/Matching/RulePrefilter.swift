/// Finds the rules that are worth running over an agent: those whose required texts occur.
///
/// Uses the two most selective clauses of each rule. A rule without clauses always runs.
struct RulePrefilter: Sendable {
  /// The working memory and the result of a scan; one per thread, reused.
  struct Scratch {
    /// A bit for each rule, which is set if a text of its first clause occurs; then the same for second clauses.
    /// After a scan, the first half marks the rules that may match.
    fileprivate var marks: [UInt64]
    fileprivate var texts: [Int] = []

    /// Returns the first rule in `start..<end` that may match; nil if there is none.
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
  /// The marks of each text, one text after the other.
  private var marks: [Mark] = []
  /// Where the marks of each text start, and where those of the last one end.
  private var starts: [Int] = [0]
  /// The marks of missing clauses, which are set for every agent.
  private var always: [UInt64]

  /// Creates a filter for rules with these clauses.
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

  /// Adds a mark to those of a text. Rules come in order, so a mark in the same word is among the last two.
  private static func add(_ mark: Mark, to marks: inout [Mark]) {
    let same = marks.indices.suffix(2).first { marks[$0].word == mark.word }
    if let same { marks[same].bits |= mark.bits } else { marks.append(mark) }
  }

  /// Working memory for scans.
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
