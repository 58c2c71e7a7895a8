import Importing

/// What `--version` prints.
enum Version {
  /// The version of the program.
  static let number = "0.1.0"

  /// The version, then the revision of each rule set that is found, one a line.
  static var text: String {
    let revisions = (try? RuleData(folder: nil).revisions()) ?? ["no rules for user agents found; run make setup"]
    return (["footfall \(number)"] + revisions).joined(separator: "\n")
  }
}
