import Synchronization
import UserAgents

/// The rules for user agents, compiled when they are needed first.
final class LazyRules: Sendable {
  private let source: UserAgentRules
  private let compiled = Mutex<CompiledRules?>(nil)

  init(_ source: UserAgentRules) {
    self.source = source
  }

  /// The compiled rules; whoever asks while they are being compiled waits.
  var rules: CompiledRules {
    compiled.withLock { compiled in
      if let rules = compiled { return rules }
      let rules = CompiledRules(source)
      compiled = rules
      return rules
    }
  }
}
