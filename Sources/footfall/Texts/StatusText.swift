import Hits
import Reporting
import Sealing
import StatsStore

/// The status of a database for people.
enum StatusText {
  static func text(_ status: Status) -> String {
    var blocks = [sites(status)]
    if !status.past.isEmpty { blocks.append("statistics of other programs\n" + status.past.map(past).joined()) }
    if !status.openDays.isEmpty { blocks.append(openDays(status)) }
    blocks.append(lastImport(status) + rules())
    return blocks.joined(separator: "\n")
  }

  private static func sites(_ status: Status) -> String {
    guard !status.sites.isEmpty else { return "no sites yet\n" }
    return status.sites.map { site in
      let range = site.range.map { ", \(DayName.name($0.lowerBound)) to \(DayName.name($0.upperBound))" } ?? ""
      return
        "\(site.host)  \(site.timeZone)  \(site.sealed) sealed, \(site.open) open \(site.open == 1 ? "day" : "days")\(pruned(site))\(range)\n"
    }.joined()
  }

  private static func past(_ extent: PastExtent) -> String {
    let parts = extent.parts == 1 ? "1 part" : "\(NumberText.grouped(extent.parts)) parts"
    return "  \(extent.host)  \(extent.origin.title)  \(DayText.range(extent.days)), \(parts)\n"
  }

  private static func pruned(_ site: SiteDays) -> String {
    site.pruned == 0 ? "" : ", \(site.pruned) pruned"
  }

  private static func openDays(_ status: Status) -> String {
    let rows = status.openDays.map { day in
      var text =
        "  \(DayName.name(day.day.day))  \(day.day.host)  \(NumberText.grouped(day.holdings.hits)) \(day.holdings.hits == 1 ? "hit" : "hits"), "
      text += "\(NumberText.grouped((day.holdings.bytes + 1_023) / 1_024)) KiB  \(reason(day))"
      return text + (day.day.isDirty ? "; the next command that writes recounts it\n" : "\n")
    }
    return "open days\n" + rows.joined()
  }

  private static func reason(_ day: Status.Day) -> String {
    let time = TimeText.minute(day.sealsAt)
    return switch day.reason {
    case .notOver: "not over until \(TimeText.minute(day.day.overAt)); sealed after \(time)"
    case .touched: "last lines came \(TimeText.minute(day.day.touchedAt)); sealed after \(time)"
    case .awaitsImport: "settled; sealed by the next import of the site, or by footfall seal"
    }
  }

  private static func lastImport(_ status: Status) -> String {
    guard let last = status.lastImport else { return "no imports yet\n" }
    let end = last.finishedAt.map { "done \(TimeText.minute($0))" } ?? "interrupted; run it again"
    return "last import  \(last.id)  started \(TimeText.minute(last.startedAt)), \(end)\n"
  }

  private static func rules() -> String {
    let rules = Version.rules
    return rules.isEmpty ? "" : "rules  \(rules.joined(separator: ", "))\n"
  }
}

/// The status of a database in JSON.
struct StatusJSON: Encodable {
  struct Site: Encodable {
    var site: String
    var timezone: String
    var open_days: Int
    var sealed_days: Int
    var pruned_days: Int
    var first_day: String?
    var last_day: String?
  }

  struct OpenDay: Encodable {
    var site: String
    var day: String
    var kept_open_by: String
    var over_at: String
    var touched_at: String
    var seals_after: String
    var hits: Int64
    var bytes: Int64
    var dirty: Bool
  }

  var sites: [Site]
  var open_days: [OpenDay]
  var dirty_days: Int
  var past: [ImportJSON.Past]
  var last_import: ImportJSON?
  var counting: Int
  var rules: [String]

  init(_ status: Status) {
    sites = status.sites.map { site in
      Site(
        site: site.host, timezone: site.timeZone, open_days: site.open, sealed_days: site.sealed,
        pruned_days: site.pruned,
        first_day: site.range.map { DayName.name($0.lowerBound) },
        last_day: site.range.map { DayName.name($0.upperBound) })
    }
    open_days = status.openDays.map { day in
      OpenDay(
        site: day.day.host, day: DayName.name(day.day.day), kept_open_by: day.reason.rawValue,
        over_at: TimeText.iso(day.day.overAt), touched_at: TimeText.iso(day.day.touchedAt),
        seals_after: TimeText.iso(day.sealsAt), hits: day.holdings.hits, bytes: day.holdings.bytes,
        dirty: day.day.isDirty)
    }
    dirty_days = status.dirtyDays
    past = status.past.map(ImportJSON.Past.init)
    last_import = status.lastImport.map(ImportJSON.init)
    counting = StatsStore.countingVersion
    rules = Version.rules
  }
}
