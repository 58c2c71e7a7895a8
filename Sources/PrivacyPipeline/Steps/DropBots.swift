import Collecting
import Hits
import UserAgents

/// Drops requests of robots: by their user agents, or by addresses on the operator's lists. The address only serves the
/// verdict; of a person's, it leaves whether it is in a suspected network.
struct DropBots: Step {
  private let networks: RobotNetworks
  private let suspects: SuspectNetworks
  private let geo: (any GeoLookup)?
  private var address = ClientAddress()

  /// - Parameter geo: finds the autonomous systems of addresses; nil without geo files.
  init(networks: RobotNetworks, suspects: SuspectNetworks = SuspectNetworks(), geo: (any GeoLookup)? = nil) {
    self.networks = networks
    self.suspects = suspects
    self.geo = geo
  }

  mutating func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with caches: inout PipelineCaches,
    in batch: inout HitBatch
  ) -> Verdict {
    judge(request, &draft, &caches)
  }

  /// Does the same without a batch, which robots leave as it is.
  mutating func judge(
    _ request: borrowing CollectRequest, _ draft: inout Draft, _ caches: inout PipelineCaches
  ) -> Verdict {
    if !networks.isEmpty || !suspects.isEmpty { address.read(request.bytes.span, request[.ip]) }
    let agent = caches.agents.number(of: request)
    switch caches.agents[agent] {
    case .robot(let robot):
      let identity = networks.isEmpty ? .claimed : networks.identity(of: robot, at: address)
      draft.robot = identity == .claimed ? caches.agents.judged(agent) : nil
      let verdict = drop(robot, identity, .botUserAgent, &draft, &caches)
      if identity == .claimed, let judged = draft.robot { caches.agents.keep(judged, of: agent) }
      return verdict
    case .person(let client, let oldFrom):
      if !networks.isEmpty, let found = networks.robot(at: address) {
        return drop(found.robot, found.identity, .botAddress, &draft, &caches)
      }
      draft.knownClient = client
      if draft.moment.day >= oldFrom { draft.traits.insert(.oldBrowser) }
      if !suspects.isEmpty, suspects.contain(address, geo) { draft.traits.insert(.suspectNetwork) }
      return .keep
    }
  }

  /// Whether a request comes from a suspected network. Only `footfall explain` asks.
  mutating func isSuspect(_ request: borrowing CollectRequest) -> Bool {
    address.read(request.bytes.span, request[.ip])
    return suspects.contain(address, geo)
  }

  private func drop(
    _ robot: Robot, _ identity: RobotIdentity, _ outcome: Outcome, _ draft: inout Draft, _ caches: inout PipelineCaches
  ) -> Verdict {
    if draft.robot == nil { draft.robot = caches.judged(robot, identity, outcome) }
    draft.readsFeeds = robot.kind == .feedReader && robot.subscribers == nil && identity != .forged
    return .drop(outcome)
  }
}
