import Hits
import UserAgents

/// Records what each stage decided about a line, to explain why the line was counted or not.
///
/// A class, because the caller keeps a reference to it while the stages write. An import has no trace and pays one
/// comparison per stage.
public final class StageTrace {
  /// What a stage decided.
  public struct Note: Equatable, Sendable {
    /// The name of the stage.
    public var stage: String
    /// The outcome, if the line ended at this stage; nil if it went on.
    public var outcome: Outcome?
    /// Details; may be empty. Never an address or an agent.
    public var detail: String
  }

  /// The notes since the last line, in order.
  public private(set) var notes: [Note] = []

  /// Creates a trace without notes.
  public init() {}

  /// Adds a note on what a stage decided.
  public func note(_ stage: String, _ outcome: Outcome? = nil, _ detail: String = "") {
    notes.append(Note(stage: stage, outcome: outcome, detail: detail))
  }

  /// Removes all notes.
  public func removeAll() {
    notes.removeAll()
  }
}

extension StageTrace? {
  /// Adds a note on the verdict of a step, if there is a trace, and returns the verdict.
  func noted(_ step: String, _ verdict: Verdict) -> Verdict {
    if let self {
      switch verdict {
      case .keep: self.note(step)
      case .drop(let outcome): self.note(step, outcome)
      }
    }
    return verdict
  }
}

extension StageTrace {
  /// Adds a note that the line is a person's.
  ///
  /// - Parameter isSuspect: whether it comes from a suspected network.
  func notePerson(isSuspect: Bool) {
    note("drop bots", nil, isSuspect ? "a network you suspect: no verdict by itself" : "")
  }

  /// Adds a note that the line is a robot's.
  ///
  /// - Parameters:
  ///   - robot: the outcome of the line.
  ///   - text: its name, operator, class and identity, joined.
  ///   - reason: why the agent is a robot's; nil if it is not.
  func noteRobot(_ robot: Outcome, _ text: [String], _ reason: RobotReason?) {
    let name = text[0] + (text[1].isEmpty ? "" : " of " + text[1])
    let facts = [name, text[2], text[3]].joined(separator: ", ")
    note("drop bots", robot, reason.map { facts + "; " + $0.description } ?? facts)
  }

  /// Adds notes on the steps that depend on address and agent alone and run once per client.
  func noteVisitor() {
    for step in ["put visitor", "put client", "put place"] { note(step) }
  }
}
