import ArgumentParser
import Configuring
import Importing
import PageNames

/// Checks the values of a configuration file by parsing each as a flag of the commands that it applies to.
enum ConfigCheck {
  /// The operands that commands require. With them, any error in a command line comes from the flag that is checked.
  private static let operands: [String: [String]] = [
    "import": ["access.log"], "import-stats": ["awstats", "awstats012024.txt"], "paths": ["access.log"],
    "collect": ["requests.ndjson"], "convert": ["access.log"],
    "explain": ["access.log"], "undo": ["1"], "sites add": ["example.com"],
    "sites change": ["example.com"], "rebuild": ["2026-11-01", "access.log", "--site", "example.com"],
    "export": ["csv", "--output", "tables"], "merge-stats": ["other.db"], "prune": ["--keep", "25months"],
    "merge": ["part"], "tokens revoke": ["1"], "send": ["requests.ndjson", "--to", "http://127.0.0.1:8080"],
  ]

  /// Returns a flag without which the flag of a key is refused; the command line can give it.
  private static func partners(of entry: ConfigFile.Entry) -> [String] {
    guard entry.key.name == "coverage-html", let path = entry.value.texts.first else { return [] }
    return ["--html=\(path).report.html"]
  }

  /// Returns what is wrong with the values.
  static func faults(_ file: ConfigFile) -> [ConfigFault] {
    let faults = file.entries.compactMap { entry in
      reason(entry).map { ConfigFault(file: file.path, place: entry.place, reason: $0) }
    }
    return (faults + siteFaults(file)).sorted { left, right in
      guard let first = left.place, let second = right.place else { return false }
      return first < second
    }
  }

  private static func reason(_ entry: ConfigFile.Entry) -> String? {
    for command in entry.command.map({ [$0] }) ?? entry.key.commands {
      let words = command.split(separator: " ").map(String.init)
      do {
        _ = try Footfall.parseAsRoot(words + operands[command, default: []] + partners(of: entry) + entry.arguments)
      } catch {
        return Footfall.message(for: error)
      }
    }
    return nil
  }

  private static func siteFaults(_ file: ConfigFile) -> [ConfigFault] {
    let general = file.generalNaming
    return file.sites.compactMap { site in
      do {
        try SiteAdding.check(site.definition)
        _ = try LineSelection(since: nil, until: nil, now: 0, rules: site.rules)
        // What is wrong with the general rules is told where they are.
        let own = try site.naming()
        _ = try PageNaming((try? PageNaming(general)) == nil ? own : general + own)
        return nil
      } catch {
        return ConfigFault(file: file.path, place: site.place, reason: "\(site.host): \(error)")
      }
    }
  }
}
