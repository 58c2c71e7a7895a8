import ByteScanning
import Collecting
import Hits
import UserAgents

/// What the rules said of each user agent met, so that each is judged once.
///
/// A keyed hash stands for the agent, as in ``ClientCache``, so that no agent is kept.
struct AgentCache {
  /// What is kept of a judgement.
  enum Entry: Equatable {
    /// A person's agent; the number of browser, browser version, system, system version and device among ``texts``.
    case person(client: UInt32)
    /// A robot's.
    case robot(BotClass)
  }

  private static let limit = 32_768

  private let rules: @Sendable () -> CompiledRules
  private lazy var parser = UserAgentParser(rules())
  private let secret = SecretHash()
  private var numbers = HashTable()
  private var entries: [Entry] = []
  /// What the agents of persons lead to.
  var texts = BatchTexts(limit: AgentCache.limit)

  init(rules: @escaping @Sendable () -> CompiledRules) {
    self.rules = rules
  }

  /// Whether the agents have grown to their bound; those of one batch may go beyond it.
  var isFull: Bool { entries.count >= Self.limit }

  /// Forgets all agents and the numbers handed out.
  mutating func removeAll() {
    numbers.removeAll()
    entries.removeAll(keepingCapacity: true)
    texts.removeAll()
  }

  /// What the rules say of the request's agent.
  mutating func entry(for request: borrowing CollectRequest) -> Entry {
    let bytes = request.bytes.span
    let range = request[.userAgent]
    let number = numbers.number(of: secret.hash(0, bytes, range))
    if number == entries.count { entries.append(entry(for: parser.judge(bytes.extracting(range)))) }
    return entries[number]
  }

  private mutating func entry(for judgement: AgentVerdict) -> Entry {
    switch judgement {
    case .bot(let kind): .robot(kind)
    case .client(let found):
      .person(
        client: texts.number(of: [
          found.browser, found.browserVersion, found.system, found.systemVersion, found.device.name,
        ]))
    }
  }
}
