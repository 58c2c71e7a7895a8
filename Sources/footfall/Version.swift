import CVersion
import Importing

/// The text that `--version` prints.
enum Version {
  /// The version of the program: the tag of its commit.
  static let number = unsafe String(cString: footfall_version())

  /// The name, revision and origin of each rule set; empty if no rules are found.
  static var rules: [String] { (try? RuleData(folder: nil).revisions()) ?? [] }

  /// The version, then the revision of each rule set that is found, one per line.
  static var text: String {
    let rules = self.rules.isEmpty ? ["no rules for browsers and robots found; run make setup"] : self.rules
    return (["footfall \(number)"] + rules).joined(separator: "\n")
  }
}
