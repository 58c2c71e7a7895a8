import ByteScanning
import Collecting
import Hits
import UserAgents

/// A cache of the rules' verdicts on user agents, so that each agent is judged only once.
///
/// As in ``ClientCache``, the key is a keyed hash of the agent, so no agent is stored.
struct AgentCache {
  /// What the cache stores of a verdict.
  enum Entry: Equatable {
    /// A person's agent, with the number of its browser, browser version, system, system version and device in
    /// ``texts``, and the first day on which that version is an old one.
    case person(client: UInt32, oldFrom: Int32)
    /// A robot's agent.
    case robot(Robot)
  }

  private static let limit = 32_768

  private let rules: @Sendable () -> CompiledRules
  private lazy var parser = UserAgentParser(rules())
  private let secret = SecretHash()
  private var numbers = HashTable()
  private var entries: [Entry] = []
  /// For the agent of a robot, the verdict on requests whose addresses say nothing, once there was one.
  private var judged: [JudgedRobot?] = []
  /// The texts of persons' agents.
  var texts = BatchTexts(limit: AgentCache.limit)

  init(rules: @escaping @Sendable () -> CompiledRules) {
    self.rules = rules
  }

  /// Whether the cache has reached its limit, which the agents of one batch may exceed.
  var isFull: Bool { entries.count >= Self.limit }

  /// Removes all agents and invalidates their numbers.
  mutating func removeAll() {
    numbers.removeAll()
    entries.removeAll(keepingCapacity: true)
    judged.removeAll(keepingCapacity: true)
    texts.removeAll()
  }

  /// Forgets the verdicts, whose texts are void.
  mutating func removeJudged() {
    for number in judged.indices { judged[number] = nil }
  }

  /// Returns the number of the request's agent.
  mutating func number(of request: borrowing CollectRequest) -> Int {
    let bytes = request.bytes.span
    let range = request[.userAgent]
    let number = numbers.number(of: secret.hash(0, bytes, range))
    if number == entries.count {
      entries.append(entry(for: parser.judge(bytes.extracting(range))))
      judged.append(nil)
    }
    return number
  }

  /// The verdict of the rules on an agent.
  subscript(number: Int) -> Entry { entries[number] }

  /// The verdict on the robot with an agent, if it was kept.
  func judged(_ number: Int) -> JudgedRobot? { judged[number] }

  /// Keeps the verdict on the robot with an agent.
  mutating func keep(_ robot: JudgedRobot, of number: Int) {
    judged[number] = robot
  }

  /// Returns why the request's agent is a robot's; nil if it is a person's. Only `footfall explain` asks.
  mutating func reason(for request: borrowing CollectRequest) -> RobotReason? {
    parser.reason(request.bytes.span.extracting(request[.userAgent]))
  }

  private mutating func entry(for judgement: AgentVerdict) -> Entry {
    switch judgement {
    case .bot(let robot): .robot(robot)
    case .client(let found):
      .person(
        client: texts.number(of: [
          found.browser, found.browserVersion, found.system, found.systemVersion, found.device.name,
        ]), oldFrom: parser.oldFrom(found))
    }
  }
}
