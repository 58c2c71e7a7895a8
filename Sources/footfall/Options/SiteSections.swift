import Configuring
import Importing

extension SiteSection {
  /// The rules in the form that an import takes.
  var rules: LineSelection.Texts {
    LineSelection.Texts(include: include, exclude: exclude, pageviews: pageviews, assets: assets)
  }

  /// The site in the form that an import takes.
  var definition: SiteDefinition {
    SiteDefinition(
      host: host, timeZone: timezone, aliases: aliases, files: files, paths: paths, behaviour: behaviour, api: api,
      monthlyCap: monthlyCap)
  }
}

extension [SiteSection] {
  /// The rules of the sites, by host.
  var rules: [String: LineSelection.Texts] {
    Dictionary(map { ($0.host, $0.rules) }) { $1 }
  }
}
