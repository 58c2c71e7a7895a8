import Foundation
import Hits
import LogInput
import MaxMindGeo

/// Checks the age of what lines are judged by: rules for browsers and robots, and geo files.
struct RuleHealth {
  private static let day: Int64 = 86_400
  /// The age at which rules miss many new robots, in days.
  private static let oldRules: Int64 = 180
  /// The age at which a geo file is old, in days: networks move, and MaxMind's licence allows 30.
  private static let oldGeo: Int64 = 60

  let checks: [HealthCheck]

  init(_ options: HealthOptions, remembered: [String]) {
    let asked = options.geo.isEmpty ? remembered : options.geo
    let files = asked.filter { $0 != GeoFiles.none }
    checks =
      [Self.rules(options)]
      + (files.isEmpty ? [.ok("geo", "no geo files are used")] : files.map { Self.geo($0, options.now) })
  }

  private static func rules(_ options: HealthOptions) -> HealthCheck {
    do {
      let rules = try RuleData(folder: options.data)
      guard let fetched = try rules.age() else {
        return .warning(
          "rules", "\(rules.folder): nothing tells how old the rules are", "run make -B setup && make build")
      }
      let age = options.now / day - Int64(fetched)
      let text = "the rules for browsers and robots are of \(DayName.name(fetched).prefix(7))"
      guard age <= oldRules else {
        return .warning(
          "rules", "\(text), \(age / 30) months ago; newer robots may count as people",
          "install a newer footfall, or newer rules (make -B setup && make build)")
      }
      return .ok("rules", text)
    } catch {
      return .problem("rules", "\(error)", "install footfall again")
    }
  }

  private static func geo(_ path: String, _ now: Int64) -> HealthCheck {
    do throws(GeoError) {
      let built = Int64(clamping: try MaxMindGeo(path: path).buildEpoch)
      let age = (now - built) / day
      let text = "\(path): built \(DayName.name(LocalCalendar.utc.day(at: built)))"
      guard age > oldGeo else { return .ok("geo", text) }
      return .warning(
        "geo", "\(text), \(age) days ago; networks have moved since", "download it again (geoipupdate does so)")
    } catch {
      return .problem("geo", "\(error)", "imports stop until it is there")
    }
  }
}

extension RuleData {
  /// Returns the day the rules are of, in days since 1970-01-01: the first of the month that a revision names, as in
  /// `202610`, or else the day their file was written; nil if neither is known.
  ///
  /// - Throws: ``ImportFailure`` if the revisions cannot be read.
  func age() throws -> Int32? {
    for revision in try revisions() {
      if let month = revision.firstMatch(of: /\b(20\d\d)(0[1-9]|1[0-2])\b/) {
        return DayName.day(named: "\(month.1)-\(month.2)-01")
      }
    }
    return FileFacts(path: folder + "/crawlers.rules").map { LocalCalendar.utc.day(at: $0.modified / 1_000_000_000) }
  }
}
