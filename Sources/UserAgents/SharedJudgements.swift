import ByteScanning
import Synchronization

/// What the rules said of agents, shared by all workers, so that an agent is judged once and not once a worker.
///
/// A keyed hash stands for the agent, so that no agent is kept. Lives in memory only and ends with the rules.
public final class SharedJudgements: Sendable {
  private static let limit = 32_768

  private let secret = SecretHash()
  private let judgements = Mutex<[UInt64: Judgement]>([:])

  init() {}

  /// What stands for the agent in `range`.
  public func key(of bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    secret.hash(0, bytes, range)
  }

  /// What was said of the agent with that key; nil where nothing is known of it.
  public func judgement(of key: UInt64) -> Judgement? {
    judgements.withLock { $0[key] }
  }

  /// Keeps what was said of the agent with that key.
  public func add(_ judgement: Judgement, of key: UInt64) {
    judgements.withLock { judgements in
      if judgements.count >= Self.limit { judgements.removeAll(keepingCapacity: true) }
      judgements[key] = judgement
    }
  }
}
