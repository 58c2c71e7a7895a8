import Acquisition
import Collecting
import Hits
import UserAgents

/// The one way every request takes, from a log line or from the collect API, until nothing personal is left of it.
///
/// One per thread. The steps and their order are the product's promise; docs/privacy.md explains each.
public struct Pipeline {
  /// What it works with.
  public struct Environment: Sendable {
    /// The sites that requests may belong to.
    public var sites: SiteDirectory
    /// Gives the rules that tell browsers, systems, devices and robots; asked when the first agent is met, because
    /// compiling them takes longer than a run over known files.
    public var agents: @Sendable () -> CompiledRules
    /// Tells places; nil where no geo file is used.
    public var geo: (any GeoLookup)?
    /// The networks of robots; empty where no list is used.
    public var botNetworks: AddressSet
    /// Hands out the days' salts.
    public var salts: any SaltSource
    /// Referrers that are spam; nil where no list is used.
    public var referrerSpam: ReferrerSpam?
    /// What stands for clients.
    public var clients: ClientHasher
    /// Whether `DNT: 1` and `Sec-GPC: 1` are honoured.
    public var honoursOptOut: Bool

    /// Bundles what a pipeline works with.
    public init(
      sites: SiteDirectory, agents: @escaping @Sendable () -> CompiledRules,
      geo: (any GeoLookup)?,
      botNetworks: AddressSet = AddressSet(), salts: any SaltSource, referrerSpam: ReferrerSpam? = nil,
      clients: ClientHasher = ClientHasher(), honoursOptOut: Bool = true
    ) {
      self.sites = sites
      self.agents = agents
      self.geo = geo
      self.botNetworks = botNetworks
      self.salts = salts
      self.referrerSpam = referrerSpam
      self.clients = clients
      self.honoursOptOut = honoursOptOut
    }
  }

  private let validate = Validate()
  private var findSite: FindSite
  private let optOut: OptOut
  private let dropBots = DropBots()
  private var dropBotAddresses: DropBotAddresses
  private var dropReferrerSpam: DropReferrerSpam
  private var stripQuery = StripQuery()
  private var putSource: PutSource
  private let putClient = PutClient()
  private var putPlace: PutPlace
  private var putVisitor: PutVisitor
  private var putEvent = PutEvent()
  private var memory: PipelineCaches
  /// Told what each step says of each request; nil where nobody asks.
  public var trace: StageTrace?

  /// A pipeline that has met nobody yet.
  public init(_ surroundings: Environment) {
    findSite = FindSite(sites: surroundings.sites)
    optOut = OptOut(isHonoured: surroundings.honoursOptOut)
    dropBotAddresses = DropBotAddresses(networks: surroundings.botNetworks)
    dropReferrerSpam = DropReferrerSpam(list: surroundings.referrerSpam)
    putSource = PutSource(sites: surroundings.sites.profiles)
    putPlace = PutPlace(geo: surroundings.geo)
    putVisitor = PutVisitor(
      salts: surroundings.salts, siteIDs: surroundings.sites.profiles.map(\.id))
    memory = PipelineCaches(
      agents: AgentCache(rules: surroundings.agents), clients: ClientCache(hasher: surroundings.clients))
  }

  /// The site and local moment of a line; nil for an unknown site.
  ///
  /// - Parameters:
  ///   - host: the host as logged; empty where there is none.
  ///   - target: the target of the request.
  ///   - fileSite: the index of the site that the file's name tells.
  /// - Throws: what the maker of sites throws.
  public mutating func locate(
    _ bytes: Span<UInt8>, host: Range<Int>, target: Range<Int>, fileSite: Int?, at instant: Int64
  ) throws -> (site: Int, moment: LocalMoment)? {
    let sites = findSite.sites.profiles.count
    guard let site = try findSite.sites.site(bytes, host: host, target: target, fileSite: fileSite) else { return nil }
    if findSite.sites.profiles.count > sites { addNewSites(from: sites) }
    return (site, findSite.sites.moment(ofSite: site, at: instant))
  }

  /// Whether a host is none of the site's that every line is for; false where there is no such site.
  public mutating func isForeign(_ bytes: Span<UInt8>, host: Range<Int>) throws -> Bool {
    try findSite.sites.isForeign(bytes, host: host)
  }

  /// The site and local moment of a request by its tracking id; nil for an unknown site.
  public mutating func locate(
    trackingID bytes: Span<UInt8>, _ range: Range<Int>, at instant: Int64
  ) -> (site: Int, moment: LocalMoment)? {
    guard let site = findSite.sites.site(ofTrackingID: bytes, range) else { return nil }
    return (site, findSite.sites.moment(ofSite: site, at: instant))
  }

  /// The sites known to it; those that were made meanwhile come last.
  public var sites: [SiteProfile] { findSite.sites.profiles }

  private mutating func addNewSites(from first: Int) {
    for profile in findSite.sites.profiles[first...] {
      putSource.add(profile)
      putVisitor.add(siteID: profile.id)
    }
  }

  /// Whether the agent of a request is a robot's.
  public mutating func isRobot(_ request: borrowing CollectRequest) -> Bool {
    if case .robot = memory.agents.entry(for: request) { true } else { false }
  }

  /// Starts a batch: from here on symbols belong to a new, empty ``HitBatch``.
  public mutating func startBatch() {
    memory.startBatch()
    dropReferrerSpam.startBatch()
    putSource.startBatch()
  }

  /// Takes one request through all steps and adds its hit to the batch if it is kept.
  ///
  /// - Parameters:
  ///   - client: the number of the request's client by ``client(_:at:)``, if that was asked for; unless it
  ///     is new, nobody looks at the request's agent.
  ///   - line: the index of the request's line within its chunk.
  ///   - site: the index of its site, where that was found before.
  /// - Returns: how the request ended.
  /// - Throws: what the salt source throws.
  public mutating func process(
    _ request: borrowing CollectRequest, of client: Int? = nil, line: Int32, site: Int? = nil,
    into batch: inout HitBatch
  ) throws -> Outcome {
    findSite.known = site
    var draft = Draft()
    draft.clientNumber = client
    if case .drop(let outcome) = try verdict(on: request, &draft, &batch) {
      if outcome == .botUserAgent, request.kind != .notFound, let kind = draft.robot {
        batch.bots.append(BotLine(line: line, kind: kind))
      }
      return outcome
    }
    batch.hits.append(
      Hit(
        visitor: draft.visitor, site: findSite.sites.profiles[draft.site].id, day: draft.moment.day,
        second: draft.moment.second, kind: Self.hitKind(request.kind), page: draft.page,
        client: draft.client, place: draft.place, acquisition: draft.acquisition,
        event: draft.event))
    batch.lines.append(line)
    switch request.kind {
    case .pageview: return .pageview
    case .event: return .event
    case .notFound: return .status
    }
  }

  private mutating func verdict(
    on request: borrowing CollectRequest, _ draft: inout Draft, _ batch: inout HitBatch
  ) throws -> Verdict {
    let trace = trace
    draft.target = RequestTarget.parts(of: request.bytes.span, request[.url])
    var verdict = trace.noted("validate", validate.apply(request, to: &draft, with: &memory, in: &batch))
    if verdict == .keep {
      verdict = trace.noted("find site", try findSite.apply(request, to: &draft, with: &memory, in: &batch))
    }
    if verdict == .keep {
      verdict = trace.noted("opt out", optOut.apply(request, to: &draft, with: &memory, in: &batch))
    }
    if verdict == .keep { verdict = trace.notedJudgement(try judge(request, &draft, &batch)) }
    if verdict == .keep {
      verdict = trace.noted(
        "drop referrer spam", dropReferrerSpam.apply(request, to: &draft, with: &memory, in: &batch))
    }
    if verdict == .keep {
      verdict = trace.noted("put source", putSource.apply(request, to: &draft, with: &memory, in: &batch))
    }
    if verdict == .keep {
      verdict = trace.noted("strip query", stripQuery.apply(request, to: &draft, with: &memory, in: &batch))
    }
    if verdict == .keep {
      verdict = trace.noted("put event", putEvent.apply(request, to: &draft, with: &memory, in: &batch))
    }
    return verdict
  }

  /// The steps that hang on address and agent alone: what they have found of a client is found again where it was kept.
  private mutating func judge(
    _ request: borrowing CollectRequest, _ draft: inout Draft, _ batch: inout HitBatch
  ) throws -> Verdict {
    let number =
      draft.clientNumber
      ?? client(
        hash(request.bytes.span, address: request[.ip], agent: request[.userAgent]), at: (draft.site, draft.moment))
    if memory.clients[number].kind == .new { try identify(number, request, &draft, &batch) }
    switch memory.clients[number].kind {
    case .robot:
      draft.robot = memory.clients[number].robot
      return .drop(.botUserAgent)
    case .robotsAddress: return .drop(.botAddress)
    case .new, .person: break
    }
    draft.visitor = memory.clients[number].visitor
    draft.knownClient = memory.clients[number].client
    draft.knownPlace = memory.clients[number].place
    _ = putClient.apply(request, to: &draft, with: &memory, in: &batch)
    _ = putPlace.apply(request, to: &draft, with: &memory, in: &batch)
    memory.clients[number].place = draft.knownPlace
    return .keep
  }

  /// Finds out whether a client is a robot, and who it is where it is none, and keeps that for its next requests.
  private mutating func identify(
    _ number: Int, _ request: borrowing CollectRequest, _ draft: inout Draft, _ batch: inout HitBatch
  ) throws {
    var verdict = dropBots.apply(request, to: &draft, with: &memory, in: &batch)
    if verdict == .keep { verdict = dropBotAddresses.apply(request, to: &draft, with: &memory, in: &batch) }
    if verdict == .keep { verdict = try putVisitor.apply(request, to: &draft, with: &memory, in: &batch) }
    if verdict == .keep {
      memory.clients[number].visitor = draft.visitor
      memory.clients[number].client = draft.knownClient
      memory.clients[number].kind = .person
    } else if let robot = draft.robot {
      memory.clients[number].makeRobot(robot)
    } else {
      memory.clients[number].kind = .robotsAddress
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

// Lines that are no hits, of which nothing is kept but what they say of their visitor's behaviour.
extension Pipeline {
  /// What stands for the client with this address and agent, as they are logged.
  public func hash(_ bytes: Span<UInt8>, address: Range<Int>, agent: Range<Int>) -> ClientHash {
    memory.clients.hasher.hash(bytes, address: address, agent: agent)
  }

  /// Fetches what is known of clients whose lines come next. Changes nothing.
  public mutating func expect(_ clients: Span<ClientHash>) {
    memory.clients.expect(clients)
  }

  /// The number of a client on the site's day; it holds until the next one is asked for.
  public mutating func client(_ client: ClientHash, at place: (site: Int, moment: LocalMoment)) -> Int {
    memory.clients.number(of: client, site: place.site, day: place.moment.day)
  }

  /// Whether a client still has to be judged, so that its request must name its agent.
  public func isNew(_ client: Int) -> Bool {
    memory.clients[client].kind == .new
  }

  /// Makes a client into a visitor, where it is no robot.
  ///
  /// - Parameter request: any request of the client; address and agent are all that is looked at.
  /// - Throws: what the salt source throws.
  public mutating func judge(
    _ client: Int, by request: borrowing CollectRequest, at place: (site: Int, moment: LocalMoment),
    into batch: inout HitBatch
  ) throws {
    var draft = Draft()
    draft.site = place.site
    draft.moment = place.moment
    try identify(client, request, &draft, &batch)
  }

  /// Notes what a line says of a client that was judged, unless it is a robot.
  ///
  /// - Parameter line: the index of the line within its chunk.
  public mutating func note(
    _ signal: Signal, of client: Int, at place: (site: Int, moment: LocalMoment), line: Int32,
    into batch: inout HitBatch
  ) {
    guard memory.clients[client].kind == .person else { return }
    if memory.clients[client].batch != memory.batch {
      memory.clients[client].batch = memory.batch
      memory.clients[client].index = UInt32(batch.noted.count)
      batch.noted.append(
        VisitorDay(
          visitor: memory.clients[client].visitor, site: findSite.sites.profiles[place.site].id, day: place.moment.day))
    }
    batch.notes.append(SignalNote(line: line, visitor: memory.clients[client].index, signal: signal))
  }
}
