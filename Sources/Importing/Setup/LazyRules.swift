import Synchronization
import UserAgents

/// The rules for user agents, compiled on first use.
final class LazyRules: Sendable {
  private let source: UserAgentRules
  private let compiled = Mutex<CompiledRules?>(nil)

  init(_ source: UserAgentRules) {
    self.source = source
  }

  /// The compiled rules; callers wait while they are being compiled.
  var rules: CompiledRules {
    compiled.withLock { compiled in
      if let rules = compiled { return rules }
      let rules = CompiledRules(source)
      compiled = rules
      return rules
    }
  }
}
