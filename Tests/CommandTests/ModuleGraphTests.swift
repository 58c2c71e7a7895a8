import Foundation
import Testing

/// Privacy by construction: modules that store, sum up and report cannot even name an address or a user agent.
///
/// `CollectRequest`, log lines and the bytes of logs live in modules that these tests keep out of reach. The compiler
/// makes the sources follow the declared graph (`--explicit-target-dependency-import-check error`); these tests check
/// the graph.
@Suite struct ModuleGraphTests {
  /// Modules that know addresses, user agents or lines of a log.
  static let personal: Set<String> = [
    "Collecting", "LineRules", "AccessLog", "PageNames", "PrivacyPipeline", "LogInput",
    "PeerFiles",
  ]

  /// Modules that see only the output of the privacy pipeline.
  static let clean = ["Tokens", "Hits", "Sessions", "Rollups", "StatsStore", "SaltVault", "Sealing", "Reporting"]

  /// Modules of values and pure functions.
  static let core = [
    "ByteScanning", "AccessLog", "Collecting", "LineRules", "UserAgents", "Acquisition", "Hits", "PrivacyPipeline",
    "Redaction", "PageNames", "Sessions", "Rollups", "Ledger", "Tokens",
  ]

  /// Modules that pure functions do not need: files, clocks, threads, printing.
  static let outside: Set<String> = [
    "Foundation", "FoundationEssentials", "Glibc", "Musl", "Dispatch", "Synchronization", "GRDB",
  ]

  @Test func cleanModulesNeverReachPersonalOnes() throws {
    let graph = try ModuleGraph()
    for module in Self.clean {
      #expect(graph.dependencies[module] != nil, "no module \(module)")
      #expect(graph.reachable(from: module).isDisjoint(with: Self.personal), "\(module)")
    }
    for module in Self.personal {
      #expect(graph.dependencies[module] != nil, "no module \(module)")
    }
  }

  @Test func sourcesImportOnlyWhatIsDeclared() throws {
    let graph = try ModuleGraph()
    for (module, declared) in graph.dependencies {
      let own = try ModuleGraph.imports(of: module).intersection(graph.dependencies.keys)
      #expect(own.isSubset(of: declared), "\(module) imports \(own.subtracting(declared).sorted())")
    }
  }

  @Test(arguments: core) func coreModulesAreFreeOfTheOutside(_ module: String) throws {
    let imports = try ModuleGraph.imports(of: module)
    #expect(imports.isDisjoint(with: Self.outside), "\(module)")
  }

  static let declarations: [(line: String, module: String?)] = [
    ("import Hits", "Hits"), ("public import Hits", "Hits"), ("@testable import Hits", "Hits"),
    ("import struct Hits.Hit", "Hits"), ("/// import Hits", nil), ("let import = 1", nil), ("", nil),
  ]

  @Test(arguments: declarations) func importsAreRecognised(_ line: String, _ module: String?) {
    #expect(ModuleGraph.importedModule(line[...]) == module)
  }
}
