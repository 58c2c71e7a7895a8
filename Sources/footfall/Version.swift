import Importing

/// What `--version` prints.
enum Version {
  /// The version of the program.
  static let number = "0.1.0"

  /// The version, and the revision of each rule set that is found.
  static var text: String {
    let revisions = (try? RuleData(folder: nil).revisions()) ?? ["no rules found"]
    return "footfall \(number) (\(revisions.joined(separator: ", ")))"
  }
}
