import ByteScanning
import PrivacyPipeline
import Synchronization
import UserAgents

/// What the rules said of agents, for all workers.
///
/// A keyed hash stands for the agent, so that no agent is kept. The first agents stay when there are too many: those that
/// many people have are soon among them. Lives in memory only and ends with the import.
final class SharedJudgements: JudgementSharing {
  private static let limit = 32_768

  private let secret = SecretHash()
  private let judgements = Mutex<[UInt64: Judgement]>([:])

  func key(of agent: Span<UInt8>) -> UInt64 {
    secret.hash(0, agent, agent.indices)
  }

  func judgement(of key: UInt64) -> Judgement? {
    judgements.withLock { $0[key] }
  }

  func add(_ judgement: Judgement, of key: UInt64) {
    judgements.withLock { judgements in
      if judgements.count < Self.limit { judgements[key] = judgement }
    }
  }
}
