import Hits

/// What each stage said of a line, for whoever asks why the line was counted or not.
///
/// A class, because who asks keeps hold of it while the stages write. An import has none and pays a comparison a stage.
public final class StageTrace {
  /// What a stage said.
  public struct Note: Equatable, Sendable {
    /// The name of the stage.
    public var stage: String
    /// How the line's way ended here; nil where it went on.
    public var outcome: Outcome?
    /// What there is to know of it; may be empty. Never an address or an agent.
    public var detail: String
  }

  /// What was said since the last line, in order.
  public private(set) var notes: [Note] = []

  /// A trace without notes.
  public init() {}

  /// Notes what a stage said.
  public func note(_ stage: String, _ outcome: Outcome? = nil, _ detail: String = "") {
    notes.append(Note(stage: stage, outcome: outcome, detail: detail))
  }

  /// Forgets all notes.
  public func removeAll() {
    notes.removeAll()
  }
}

extension StageTrace? {
  /// Notes the verdict of a step, where somebody asks for it, and gives it back.
  func noted(_ step: String, _ verdict: Verdict) -> Verdict {
    if let self {
      switch verdict {
      case .keep: self.note(step)
      case .drop(let outcome): self.note(step, outcome)
      }
    }
    return verdict
  }

  /// Notes the verdict of the steps that hang on address and agent alone, which are asked once for each client.
  func notedJudgement(_ verdict: Verdict) -> Verdict {
    guard let self else { return verdict }
    switch verdict {
    case .drop(.botAddress):
      self.note("drop bots")
      return noted("drop bot addresses", verdict)
    case .drop: return noted("drop bots", verdict)
    case .keep:
      for step in ["drop bots", "drop bot addresses", "put visitor", "put client", "put place"] { self.note(step) }
      return verdict
    }
  }
}
