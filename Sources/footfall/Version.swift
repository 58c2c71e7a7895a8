import Importing

/// What `--version` prints.
enum Version {
  /// The version of the program.
  static let number = "0.1.0"

  /// Name, revision and origin of each rule set; none where no rules are found.
  static var rules: [String] { (try? RuleData(folder: nil).revisions()) ?? [] }

  /// The version, then the revision of each rule set that is found, one a line.
  static var text: String {
    let rules = self.rules.isEmpty ? ["no rules for user agents found; run make setup"] : self.rules
    return (["footfall \(number)"] + rules).joined(separator: "\n")
  }
}
