import Acquisition
import Collecting
import Foundation
import LogInput
import PageNames
import PrivacyPipeline
import UserAgents

/// Everything that lines are read and judged by, except the database. What is missing is reported before any change.
struct ImportInputs {
  /// The files to read, in the order given.
  var files: [String]
  /// Arguments that could not be expanded, as files with a problem.
  let unreadable: [ImportSummary.File]
  /// The files in folders that are skipped, because they do not look like an access log.
  var skipped: [InputFiles.Skipped]
  /// How lines are read.
  let reading: LineReading
  /// The rules that turn lines into events.
  let events: EventRules
  /// The networks of robots.
  let networks: RobotNetworks
  /// The networks that the operator suspects.
  let suspects: SuspectNetworks
  /// The rules for user agents; compiled when the first user agent is met.
  let agents: LazyRules
  /// How pages are named and what is redacted.
  let naming: SiteNaming
  /// The hosts whose referrals are excluded; nil if no list is given.
  let spam: ReferrerSpam?

  /// Checks the options and reads rules and lists.
  ///
  /// - Throws: ``ImportFailure``.
  init(_ options: ImportOptions) throws {
    reading = try LineReading(options.reading)
    events = try Self.events(options.events)
    networks = try options.robotAddresses.networks()
    suspects = try options.robotAddresses.suspectNetworks()
    if suspects.namesSystems, !FileManager.default.fileExists(atPath: options.database) {
      // Nothing is remembered yet, so the geo files can be checked before there is a database.
      _ = try GeoFiles.open(options.geo, knownTo: nil, for: suspects)
    }
    let finder = LogFinder(content: ContentSniffer(reading).content)
    (files, unreadable, skipped) = try Self.expand(options.paths, finder)
    agents = LazyRules(try RuleData(folder: options.rules.folder).rules(botRules: options.rules.botRules))
    spam = try RuleData.referrerSpam(options.rules.referrerSpam)
    naming = options.naming
  }

  /// Returns what the pipeline works with.
  func environment(_ sites: SiteDirectory, _ geo: GeoFiles?, _ salts: any SaltSource) -> Pipeline.Environment {
    Pipeline.Environment(
      sites: sites, agents: { [agents] in agents.rules }, geo: geo, robotNetworks: networks,
      suspectNetworks: suspects, salts: salts, referrerSpam: spam, clients: reading.clients, naming: naming)
  }

  private static func events(_ texts: [String]) throws -> EventRules {
    do {
      return EventRules(try texts.map { try EventRule($0) })
    } catch let error as EventRuleError {
      throw ImportFailure.usage(error.description)
    }
  }

  private static func expand(
    _ paths: [String], _ finder: LogFinder
  ) throws -> ([String], [ImportSummary.File], [InputFiles.Skipped]) {
    var files: [String] = []
    var unreadable: [ImportSummary.File] = []
    var skipped: [InputFiles.Skipped] = []
    for path in paths {
      do {
        let found = try finder.files(of: path)
        files += found.files
        skipped += found.skipped
      } catch {
        unreadable.append(ImportSummary.File(name: path, problem: error.reason))
      }
    }
    guard !files.isEmpty || paths.isEmpty else {
      throw ImportFailure.failed(unreadable.compactMap(\.complaint).joined(separator: "\n"))
    }
    return (files, unreadable, skipped)
  }
}

extension InputFiles.Skipped {
  /// How many files are skipped and the names of some, in one line.
  var text: String {
    let more = count > names.count ? ", …" : ""
    let files =
      count == 1 ? "1 file that does not look like an access log" : "\(count) files that do not look like access logs"
    let list = names.joined(separator: ", ") + more
    return "\(folder): skipped \(files): \(list); to import one anyway, name the file itself"
  }
}
