import AccessLog
import ByteScanning
import UserAgents

/// Counts lines by the shape of their user agent, for those agents that no rule knows by name.
///
/// Agents as logged are only in memory. Each is judged once.
struct AgentTally {
  private struct Key: Hashable {
    var shape: String
    var verdict: AgentSurvey.Verdict
  }

  private let parser: UserAgentParser
  private var survey = AgentSurvey()
  /// The index among the rows of each agent, as logged; nil for agents that a rule knows.
  private var indices: [[UInt8]: Int?] = [:]
  private var rows: [AgentSurvey.Row] = []
  private var indicesOfShapes: [Key: Int] = [:]

  init(_ rules: CompiledRules) {
    parser = UserAgentParser(rules)
  }

  /// Adds a line.
  ///
  /// - Parameter isPage: whether it is a page view if a person sent it.
  mutating func add(_ line: LogLine, _ bytes: Span<UInt8>, isPage: Bool) {
    survey.lines += 1
    guard !line.userAgent.isEmpty else {
      survey.linesWithoutAgent += 1
      return
    }
    // Rules read no more of an agent.
    let start = line.userAgent.lowerBound
    let logged = ByteCopy.bytes(bytes, start..<min(start + UserAgentParser.longestAgent, line.userAgent.upperBound))
    let index: Int?
    if let known = indices[logged] {
      index = known
    } else if indices.count < AgentSurvey.mostAgents {
      index = self.index(of: logged, line.escapes)
      indices[logged] = .some(index)
    } else {
      survey.linesNotExamined += 1
      return
    }
    guard let index else { return }
    rows[index].requests += 1
    rows[index].pageviews += isPage ? 1 : 0
  }

  /// Returns the index of the row of an agent, which may be new; nil if a rule knows the agent.
  private mutating func index(of logged: [UInt8], _ escapes: Escapes) -> Int? {
    var agent: [UInt8] = []
    Unescaping.append(logged.span, 0..<logged.count, escapes, to: &agent)
    guard let unknown = parser.unknown(agent.span) else { return nil }
    let key = Key(shape: AgentShape.text(of: agent), verdict: AgentSurvey.Verdict(unknown))
    if let known = indicesOfShapes[key] { return known }
    rows.append(AgentSurvey.Row(shape: key.shape, verdict: key.verdict))
    indicesOfShapes[key] = rows.count - 1
    return rows.count - 1
  }

  /// Returns what was counted.
  func result() -> AgentSurvey {
    var survey = self.survey
    let ranked = rows.sorted { left, right in
      if left.requests != right.requests { return left.requests > right.requests }
      return left.shape == right.shape ? left.verdict.text < right.verdict.text : left.shape < right.shape
    }
    survey.people = ranked.filter { $0.verdict.isOfPerson }
    survey.robots = ranked.filter { !$0.verdict.isOfPerson }
    return survey
  }
}

extension AgentSurvey.Verdict {
  /// Creates the verdict on an agent.
  fileprivate init(_ agent: UnknownAgent) {
    self =
      switch agent {
      case .person(let client): .person(browser: client.browser, system: client.system)
      case .robot(let robot): .robot(robot.kind)
      }
  }

  fileprivate var isOfPerson: Bool {
    switch self {
    case .person: true
    case .robot: false
    }
  }
}
