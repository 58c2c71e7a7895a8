import Collecting
import Hits
import UserAgents

/// What the rules said of each user agent met, so that each is judged once.
///
/// The texts of agents stay in this worker's memory and end with it.
struct KnownAgents {
  /// What is kept of a judgement.
  struct Entry {
    /// The kind of robot; nil for a person's agent.
    var bot: BotClass?
    /// Browser, browser version, system, system version and device.
    var client: BatchText

    init(_ judgement: Judgement) {
      switch judgement {
      case .bot(let kind):
        bot = kind
        client = BatchText([])
      case .client(let found):
        client = BatchText([
          found.browser, found.browserVersion, found.system, found.systemVersion, found.device.name,
        ])
      }
    }
  }

  private let rules: @Sendable () -> CompiledRules
  private lazy var parser = UserAgentParser(rules())
  private var cache = ByteCache<Entry>(limit: 32_768)

  init(rules: @escaping @Sendable () -> CompiledRules) {
    self.rules = rules
  }

  /// Whether the next new agent makes the cache forget, so that indices handed out before are void.
  var isFull: Bool { cache.isFull }

  mutating func removeAll() {
    cache.removeAll()
  }

  /// The index of the request's agent.
  mutating func index(of request: borrowing CollectRequest) -> Int {
    let bytes = request.bytes.span
    let range = request[.userAgent]
    let index = cache.index(of: bytes, range)
    if cache.isNew(index) { cache.add(Entry(parser.judge(bytes.extracting(range)))) }
    return index
  }

  subscript(index: Int) -> Entry {
    _read { yield cache[index] }
    _modify { yield &cache[index] }
  }
}
