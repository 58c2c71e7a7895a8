import Reporting
import Rollups
import StatsStore

/// What naming texts anew changes, in words. Never shows a text.
enum RenamedTextsText {
  /// Returns lines for all sites, without the last line end.
  static func text(_ effect: RenamedTexts) -> String {
    effect.sites.map(site).joined(separator: "\n")
  }

  private static func site(_ site: RenamedTexts.Site) -> String {
    let days = [(site.sealedDays, "sealed"), (site.openDays, "open")].filter { $0.0 > 0 }
      .map { "\(NumberText.grouped($0.0)) \($0.1) \($0.0 == 1 ? "day" : "days")" }
    let span = days.isEmpty ? "what other programs counted" : days.joined(separator: ", ")
    return (["\(site.host)  \(span)"] + site.values.map(values)).joined(separator: "\n")
  }

  private static func values(_ values: RenamedTexts.Values) -> String {
    let texts = "\(NumberText.grouped(values.texts)) \(values.texts == 1 ? "text" : "texts")"
    let names = "\(NumberText.grouped(values.names)) \(values.names == 1 ? "name" : "names")"
    let rows = "\(NumberText.grouped(values.rows)) \(values.rows == 1 ? "row" : "rows")"
    let joined = values.joined == 0 ? "" : ", \(NumberText.grouped(values.joined)) joined with others"
    return "  \(values.dimension): \(texts) -> \(names) in \(rows)\(joined)"
  }
}

/// What naming texts anew changes, in JSON.
struct RenamedTextsJSON: Encodable {
  struct Site: Encodable {
    var site: String
    var sealedDays: Int
    var openDays: Int
    var dimensions: [Values]

    enum CodingKeys: String, CodingKey {
      case site, dimensions
      case sealedDays = "sealed_days"
      case openDays = "open_days"
    }
  }

  struct Values: Encodable {
    var dimension: String
    var texts: Int
    var names: Int
    var rows: Int
    var joined: Int
  }

  var dryRun: Bool
  var sites: [Site]

  enum CodingKeys: String, CodingKey {
    case dryRun = "dry_run"
    case sites
  }

  init(_ effect: RenamedTexts, isDryRun: Bool) {
    dryRun = isDryRun
    sites = effect.sites.map { site in
      Site(
        site: site.host, sealedDays: site.sealedDays, openDays: site.openDays,
        dimensions: site.values.map {
          Values(dimension: $0.dimension, texts: $0.texts, names: $0.names, rows: $0.rows, joined: $0.joined)
        })
    }
  }
}
