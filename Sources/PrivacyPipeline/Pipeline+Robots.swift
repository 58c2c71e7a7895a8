import ByteScanning
import Collecting
import Hits
import UserAgents

/// The verdict on a robot.
public struct JudgedRobot: Equatable, Sendable {
  /// The number of its name, operator, class and identity in the texts of robots.
  let text: UInt32
  /// What its lines end as.
  public let outcome: Outcome
  /// Who reads the feeds that it fetches; nil if it is no feed reader.
  var reader: FeedReader?
}

// Requests of robots. They end before anything else is asked of them, and leave a request instead of a hit.
extension Pipeline {
  /// Returns the robot that a client is, once the client has been judged; nil if it is a visitor.
  public func robot(_ client: Int) -> JudgedRobot? {
    caches.clients[client].isRobot ? caches.clients[client].robot : nil
  }

  /// Returns the robot that sent a request, without finding out who a person is; nil for a person.
  public mutating func robot(sending request: borrowing CollectRequest) -> JudgedRobot? {
    var draft = Draft()
    _ = dropBots.judge(request, &draft, &caches)
    return draft.robot
  }

  /// Returns the robot of lines that have no user agent although the log has a place for it.
  public mutating func robotWithoutAgent() -> JudgedRobot {
    caches.judged(.withoutAgent, .claimed, .botUserAgent)
  }

  /// Returns the robot that a `Signature-Agent` header names; nil if it names nobody. The signature is not checked.
  public mutating func robot(signingAs bytes: Span<UInt8>, _ range: Range<Int>) -> JudgedRobot? {
    SignatureAgent.robot(bytes, range).map { caches.judged($0, .signed, .botSignature) }
  }

  /// Records in the trace, if there is one, whether a request is a robot's.
  public mutating func noteRobot(_ robot: JudgedRobot?, by request: borrowing CollectRequest) {
    guard let trace else { return }
    guard let robot else { return trace.notePerson(isSuspect: dropBots.isSuspect(request)) }
    let text = caches.robots.parts(of: robot.text)
    trace.noteRobot(robot.outcome, text, robot.outcome == .botUserAgent ? caches.agents.reason(for: request) : nil)
  }

  /// Records a robot's request.
  ///
  /// - Parameters:
  ///   - request: the request; only its url or its pathname matters.
  ///   - isFetch: whether it asks for something to read, and is no call of an interface.
  ///   - isAsset: whether the extension of the path is that of an asset.
  ///   - line: the index of the line within its chunk.
  ///   - bytes: the bytes sent.
  public mutating func note(
    _ robot: JudgedRobot, sending request: borrowing CollectRequest, isFetch: Bool, isAsset: Bool, answer: AnswerKind,
    bytes: Int64, at place: SiteMoment, line: Int32, into batch: inout HitBatch
  ) {
    let site = findSite.sites.profiles[place.site].id
    let parts = PutPage.parts(of: request, RequestTarget.parts(of: request.bytes.span, request[.url]))
    let query = request.bytes.span.extracting(parts.query)
    let page: UInt32
    var thingOfPath = ThingOfPath.pageOrAsset
    if PutPage.isPath(request, parts.path) {
      let found = caches.page(request.bytes.span, parts.path, query: query, ofSite: place.site, in: &batch)
      (page, thingOfPath) = (found.symbol, found.path.thing)
    } else {
      page = batch.pages.intern(Self.noPath)
    }
    let thing = isFetch ? FetchedThingReader.thing(thingOfPath, query: query, isAsset: isAsset) : .api
    let robotSymbol = caches.symbol(of: robot, in: &batch)
    batch.robotRequests.append(
      RobotRequest(
        line: line, site: site, day: place.moment.day, robot: robotSymbol, page: page, thing: thing, answer: answer,
        bytes: bytes))
    guard thing == .feed, answer == .ok || answer == .notModified, let reader = robot.reader else { return }
    batch.feedRequests.append(
      FeedRequest(line: line, site: site, day: place.moment.day, robot: robotSymbol, page: page, reader: reader))
  }

  /// Stands for what is not a path: `OPTIONS *`, or no HTTP at all.
  private static let noPath = "(no path)"
}

extension PipelineCaches {
  /// Returns the verdict on a robot. One that forges another's name looks for something.
  mutating func judged(_ robot: Robot, _ identity: RobotIdentity, _ outcome: Outcome) -> JudgedRobot {
    let kind = identity == .forged ? BotClass.scanner : robot.kind
    let text = robots.number(of: [
      robot.name, identity == .forged ? "" : robot.operator, kind.name, identity.rawValue,
    ])
    let told = robot.subscribers.flatMap { $0.count > 0 && identity != .forged ? $0 : nil }
    let reader = told.map { FeedReader(id: StableHash.hash($0.feed.utf8), subscribers: $0.count) }
    return JudgedRobot(text: text, outcome: outcome, reader: reader)
  }

  fileprivate mutating func symbol(of robot: JudgedRobot, in batch: inout HitBatch) -> UInt32 {
    robots.symbol(of: robot.text, in: &batch.robots, batch: self.batch)
  }
}
