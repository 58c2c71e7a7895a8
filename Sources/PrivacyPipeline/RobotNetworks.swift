import Collecting
import Hits
import UserAgents

/// Networks of robots, by the lists that the operator gives.
public struct RobotNetworks: Sendable {
  /// The list of one robot.
  public struct Named: Sendable {
    /// The robot's name, as its operator calls it.
    public var name: String
    /// Its networks.
    public var networks: AddressSet

    /// Creates a list.
    public init(name: String, networks: AddressSet) {
      self.name = name
      self.networks = networks
    }
  }

  private let lists: [(robot: Robot, networks: AddressSet)]
  /// The networks of robots that are not named.
  private let others: AddressSet

  /// Whether there is no list.
  var isEmpty: Bool { lists.isEmpty && others.isEmpty }

  /// Bundles lists. Several may name one robot.
  ///
  /// - Parameter others: networks of robots that are not named.
  public init(_ named: [Named] = [], others: AddressSet = AddressSet()) {
    lists = named.map { list in
      (
        RobotDirectory.standard.robot(named: list.name) ?? Robot(name: list.name, operator: "", kind: .otherBot),
        list.networks
      )
    }
    self.others = others
  }

  /// Returns the robot whose networks contain an address; nil if none do.
  func robot(at address: borrowing ClientAddress) -> (robot: Robot, identity: RobotIdentity)? {
    for list in lists where list.networks.contains(address) { return (list.robot, .verified) }
    return others.contains(address) ? (.listed, .listed) : nil
  }

  /// Returns how well an address confirms what a robot's agent claims.
  ///
  /// An address on any list of the robot's operator confirms it. One that is on none, although there is a list of this
  /// robot, refutes it.
  func identity(of robot: Robot, at address: borrowing ClientAddress) -> RobotIdentity {
    var hasList = false
    for list in lists {
      let isRobots = Self.isSame(list.robot.name, robot.name)
      let isOperators = !robot.operator.isEmpty && list.robot.operator == robot.operator
      guard isRobots || isOperators else { continue }
      if list.networks.contains(address) { return .verified }
      if isRobots { hasList = true }
    }
    return hasList ? .forged : .claimed
  }

  private static func isSame(_ left: String, _ right: String) -> Bool { left.lowercased() == right.lowercased() }
}
