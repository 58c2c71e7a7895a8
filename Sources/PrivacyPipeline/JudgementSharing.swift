import UserAgents

/// Keeps what the rules said of agents for all workers, so that an agent is judged once and not once a worker.
public protocol JudgementSharing: Sendable {
  /// A keyed hash that stands for an agent; another one with each run.
  func key(of agent: Span<UInt8>) -> UInt64
  /// What was said of the agent with that key; nil where nothing is known of it.
  func judgement(of key: UInt64) -> Judgement?
  /// Keeps what was said of the agent with that key.
  func add(_ judgement: Judgement, of key: UInt64)
}
