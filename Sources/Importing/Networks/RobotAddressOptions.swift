import Collecting
import Foundation
import PrivacyPipeline

/// The lists of networks that an import judges addresses by.
public struct RobotAddressOptions: Sendable {
  /// The paths of lists of robots' networks that do not say whose they are.
  public var files: [String]
  /// Names of robots with the paths of their lists, as in `Googlebot=googlebot.json`.
  public var named: [String]
  /// The paths of lists of networks that are suspected.
  public var suspects: [String]

  /// Bundles the lists.
  public init(files: [String] = [], named: [String] = [], suspects: [String] = []) {
    self.files = files
    self.named = named
    self.suspects = suspects
  }

  /// Reads all lists of robots' networks.
  ///
  /// - Throws: ``ImportFailure`` with the file and line of a mistake.
  func networks() throws -> RobotNetworks {
    RobotNetworks(
      try named.map { text in
        let parts = text.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
          throw ImportFailure.usage(
            "--robot-addresses \(text): write the robot's name and the file, as in Googlebot=googlebot.json")
        }
        return RobotNetworks.Named(name: parts[0], networks: AddressSet(try NetworkListFile(path: parts[1]).ranges))
      }, others: AddressSet(try files.flatMap { try NetworkListFile(path: $0).ranges }))
  }

  /// Reads all lists of suspected networks.
  ///
  /// - Throws: ``ImportFailure`` with the file and line of a mistake.
  func suspectNetworks() throws -> SuspectNetworks {
    let lists = try suspects.map { try NetworkListFile(path: $0, takesSystems: true) }
    return SuspectNetworks(
      AddressSet(lists.flatMap(\.ranges)), systems: lists.reduce(into: Set()) { $0.formUnion($1.systems) })
  }
}
