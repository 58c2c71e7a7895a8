import ImportSupport
import Importing

/// Makes the site for tests of jobs.
enum SiteMaking {
  static func add(to scratch: Scratch) throws {
    _ = try SiteAdding(database: scratch.database, wait: 0).add(
      SiteDefinition(host: "example.com", timeZone: "Europe/Berlin"))
  }
}

extension Scratch {
  /// Imports files where they are.
  func importFiles(_ paths: [String]) throws -> ImportSummary {
    try ImportRun(options(paths, site: "example.com")).run(onProblem: { _ in }, onProgress: { _ in })
  }
}
