import Collecting
import Hits

// To follow a request: `process` → `verdict`, which applies the steps in order → `judge`, the steps that depend on address
// and user agent alone → `identify`, which runs them for clients that are not cached. Pipeline+Sites finds a line's site
// and local day before that; Pipeline+Clients handles lines that are not hits.

/// The privacy pipeline. Every request goes through it, whether it comes from a log line or from the collect API, and
/// nothing personal is left of it at the end.
///
/// One per thread. The steps and their order are the product's promise; docs/privacy.md explains each.
public struct Pipeline {
  let validate = Validate()
  var findSite: FindSite
  let optOut: OptOut
  var dropBots: DropBots
  var dropReferrerSpam: DropReferrerSpam
  let putPage = PutPage()
  var putSource: PutSource
  let putClient = PutClient()
  var putPlace: PutPlace
  var putVisitor: PutVisitor
  var putEvent = PutEvent()
  var caches: PipelineCaches
  /// Records the verdict of each step on each request, for `footfall explain`; nil otherwise.
  public var trace: StageTrace?

  /// Creates a pipeline with empty caches.
  public init(_ environment: Environment) {
    findSite = FindSite(sites: environment.sites)
    optOut = OptOut(isHonoured: environment.honoursOptOut)
    dropBots = DropBots(
      networks: environment.robotNetworks, suspects: environment.suspectNetworks, geo: environment.geo)
    dropReferrerSpam = DropReferrerSpam(list: environment.referrerSpam)
    putSource = PutSource(sites: environment.sites.profiles)
    putPlace = PutPlace(geo: environment.geo)
    putVisitor = PutVisitor(
      salts: environment.salts, siteIDs: environment.sites.profiles.map(\.id))
    caches = PipelineCaches(
      agents: AgentCache(rules: environment.agents), clients: ClientCache(hasher: environment.clients),
      pages: PageCache(environment.naming, sites: environment.sites.profiles))
  }

  /// Starts a batch: from now on, symbols belong to a new, empty ``HitBatch``.
  public mutating func startBatch() {
    caches.startBatch()
    dropReferrerSpam.startBatch()
    putSource.startBatch()
  }

  /// Applies all steps to a request and adds its hit to the batch if every step keeps it.
  ///
  /// - Parameters:
  ///   - client: the number of the request's client from ``client(_:at:)``, if the caller has it. The request needs a user
  ///     agent only if that client is new.
  ///   - line: the index of the request's line within its chunk.
  ///   - site: the index of its site, if the caller has found it.
  /// - Returns: the outcome of the request.
  /// - Throws: what the salt source throws.
  public mutating func process(
    _ request: borrowing CollectRequest, of client: Int? = nil, line: Int32, site: Int? = nil,
    into batch: inout HitBatch
  ) throws -> Outcome {
    findSite.known = site
    var draft = Draft()
    draft.clientNumber = client
    if case .drop(let outcome) = try verdict(on: request, &draft, &batch) {
      if let robot = draft.robot {
        note(
          robot, sending: request, isFetch: true, isAsset: false, answer: .ok, bytes: 0,
          at: (draft.site, draft.moment), line: line, into: &batch)
      }
      return outcome
    }
    batch.hits.append(
      Hit(
        visitor: draft.visitor, site: findSite.sites.profiles[draft.site].id, day: draft.moment.day,
        second: draft.moment.second, kind: Self.hitKind(request.kind), page: draft.page,
        client: draft.client, place: draft.place, acquisition: draft.acquisition,
        event: draft.event, traits: draft.traits))
    batch.lines.append(line)
    switch request.kind {
    case .pageview: return .pageview
    case .event: return .event
    case .notFound: return .status
    }
  }

  /// Applies the steps in order until one of them drops the request.
  private mutating func verdict(
    on request: borrowing CollectRequest, _ draft: inout Draft, _ batch: inout HitBatch
  ) throws -> Verdict {
    let trace = trace
    draft.target = RequestTarget.parts(of: request.bytes.span, request[.url])
    var verdict = trace.noted("validate", validate.apply(request, to: &draft, with: &caches, in: &batch))
    if verdict == .keep {
      verdict = trace.noted("find site", try findSite.apply(request, to: &draft, with: &caches, in: &batch))
    }
    if verdict == .keep {
      verdict = trace.noted("opt out", optOut.apply(request, to: &draft, with: &caches, in: &batch))
    }
    if verdict == .keep {
      let isJudged = draft.clientNumber != nil
      verdict = try judge(request, &draft, &batch)
      if !isJudged { noteRobot(draft.robot, by: request) }
      if verdict == .keep { trace?.noteVisitor() }
    }
    if verdict == .keep {
      verdict = trace.noted(
        "drop referrer spam", dropReferrerSpam.apply(request, to: &draft, with: &caches, in: &batch))
    }
    if verdict == .keep {
      verdict = trace.noted("put source", putSource.apply(request, to: &draft, with: &caches, in: &batch))
    }
    if verdict == .keep {
      verdict = putPage.apply(request, to: &draft, with: &caches, in: &batch)
      trace?.note("put page", nil, putPage.explanation(request, draft, caches.pages))
    }
    if verdict == .keep {
      verdict = trace.noted("put event", putEvent.apply(request, to: &draft, with: &caches, in: &batch))
    }
    return verdict
  }

  /// Applies the steps that depend on address and user agent alone, or looks their result up in the cache of clients.
  private mutating func judge(
    _ request: borrowing CollectRequest, _ draft: inout Draft, _ batch: inout HitBatch
  ) throws -> Verdict {
    let number =
      draft.clientNumber
      ?? client(
        hash(request.bytes.span, address: request[.ip], agent: request[.userAgent]), at: (draft.site, draft.moment))
    if caches.clients[number].kind == .new { try identify(number, request, &draft, &batch) }
    if let robot = robot(number) {
      draft.robot = robot
      return .drop(robot.outcome)
    }
    draft.visitor = caches.clients[number].visitor
    draft.traits = caches.clients[number].traits
    if request.lacksReferrer { draft.traits.insert(.noReferrer) }
    if request.isNotModified { draft.traits.insert(.notModified) }
    draft.knownClient = caches.clients[number].client
    draft.knownPlace = caches.clients[number].place
    _ = putClient.apply(request, to: &draft, with: &caches, in: &batch)
    _ = putPlace.apply(request, to: &draft, with: &caches, in: &batch)
    caches.clients[number].place = draft.knownPlace
    return .keep
  }

  /// Decides whether a client is a robot and, if it is a person, who it is; caches the result for its next requests.
  mutating func identify(
    _ number: Int, _ request: borrowing CollectRequest, _ draft: inout Draft, _ batch: inout HitBatch
  ) throws {
    let verdict = dropBots.apply(request, to: &draft, with: &caches, in: &batch)
    if verdict == .keep || draft.readsFeeds {
      _ = try putVisitor.apply(request, to: &draft, with: &caches, in: &batch)
    }
    if var robot = draft.robot {
      if draft.readsFeeds { robot.reader = FeedReader(id: draft.visitor.rawValue, subscribers: 0) }
      caches.clients[number].robot = robot
    } else {
      caches.clients[number].visitor = draft.visitor
      caches.clients[number].client = draft.knownClient
      caches.clients[number].traits = draft.traits
      caches.clients[number].kind = .person
    }
  }

  private static func hitKind(_ kind: CollectRequest.Kind) -> HitKind {
    switch kind {
    case .pageview: .pageview
    case .event: .event
    case .notFound: .notFound
    }
  }
}
