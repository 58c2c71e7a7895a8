import Importing

/// The results of checks for people: a line for each.
enum HealthText {
  static func text(_ checks: [HealthCheck], omitsOK: Bool) -> String {
    let width = checks.map(\.name.count).max() ?? 0
    return checks.filter { !omitsOK || $0.level != .ok }.map { check in
      let level = check.level.rawValue + String(repeating: " ", count: 7 - check.level.rawValue.count)
      let name = check.name + String(repeating: " ", count: width - check.name.count)
      return "\(level)  \(name)  \(check.text)\(check.advice.map { ": " + $0 } ?? "")\n"
    }.joined()
  }
}

/// The results of checks in JSON.
struct HealthJSON: Encodable {
  struct Check: Encodable {
    var check: String
    var level: String
    var text: String
    var advice: String?
  }

  var checks: [Check]
  /// The worst level.
  var level: String

  init(_ checks: [HealthCheck]) {
    self.checks = checks.map {
      Check(check: $0.name, level: $0.level.rawValue, text: $0.text, advice: $0.advice)
    }
    level = (checks.map(\.level).max() ?? .ok).rawValue
  }
}
