import Foundation
import TestSupport

@testable import UserAgents

/// The rule data that `make setup` installs, used as in the product.
enum RuleSet {
  /// The folder of rule data: FOOTFALL_DATA, or the one beside the build.
  static let folder =
    ProcessInfo.processInfo.environment["FOOTFALL_DATA"]
    ?? SharedData.packageRoot.appendingPathComponent(".build/share/footfall").path

  /// The rules, compiled once for all tests.
  static let compiled: CompiledRules = {
    do {
      return try compiled(with: BotList())
    } catch {
      fatalError("no rule data in \(folder): run make setup")
    }
  }()

  /// Returns the same rules with additional robots, or other releases of browsers.
  static func compiled(with bots: BotList = BotList(), releases: [UInt8]? = nil) throws -> CompiledRules {
    CompiledRules(
      try UserAgentRules(
        browsers: bytes("browsers.rules"), crawlers: bytes("crawlers.rules"),
        releases: releases ?? bytes("releases.tsv"), bots: bots))
  }

  private static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
  }
}

extension UserAgentParser {
  /// Returns the verdict of the rules on a user agent given as text.
  func judge(_ agent: String) -> AgentVerdict {
    let bytes = Array(agent.utf8)
    return judge(bytes.span)
  }
}
