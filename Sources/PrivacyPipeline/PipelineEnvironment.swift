import Acquisition
import Collecting
import PageNames
import UserAgents

extension Pipeline {
  /// The data and services that a pipeline depends on.
  public struct Environment: Sendable {
    /// The sites that requests can belong to.
    public var sites: SiteDirectory
    /// Returns the rules that recognise browsers, systems, devices and robots. Called at the first user agent, because
    /// compiling the rules takes longer than a run over known files.
    public var agents: @Sendable () -> CompiledRules
    /// Looks up places by address; nil without geo files.
    public var geo: (any GeoLookup)?
    /// The networks of robots; empty without a list.
    public var robotNetworks: RobotNetworks
    /// The networks that the operator suspects; empty without a list.
    public var suspectNetworks: SuspectNetworks
    /// Provides the salts of days.
    public var salts: any SaltSource
    /// Hosts of referrer spam; nil without a list.
    public var referrerSpam: ReferrerSpam?
    /// Computes the keyed hashes by which clients are cached.
    public var clients: ClientHasher
    /// How pages are named and what is redacted.
    public var naming: SiteNaming
    /// Whether `DNT: 1` and `Sec-GPC: 1` are honoured.
    public var honoursOptOut: Bool

    /// Creates an environment.
    public init(
      sites: SiteDirectory, agents: @escaping @Sendable () -> CompiledRules,
      geo: (any GeoLookup)?,
      robotNetworks: RobotNetworks = RobotNetworks(), suspectNetworks: SuspectNetworks = SuspectNetworks(),
      salts: any SaltSource, referrerSpam: ReferrerSpam? = nil, clients: ClientHasher = ClientHasher(),
      naming: SiteNaming = SiteNaming(), honoursOptOut: Bool = true
    ) {
      self.sites = sites
      self.agents = agents
      self.geo = geo
      self.robotNetworks = robotNetworks
      self.suspectNetworks = suspectNetworks
      self.salts = salts
      self.referrerSpam = referrerSpam
      self.clients = clients
      self.naming = naming
      self.honoursOptOut = honoursOptOut
    }
  }
}
