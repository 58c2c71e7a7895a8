import Configuring
import Importing

extension SiteSection {
  /// The rules as an import takes them.
  var rules: LineSelection.Texts {
    LineSelection.Texts(include: include, exclude: exclude, pageviews: pageviews, assets: assets)
  }

  /// The site as an import makes it.
  var definition: SiteDefinition {
    SiteDefinition(
      host: host, timeZone: timezone, aliases: aliases, files: files, paths: paths, behaviour: behaviour, api: api,
      monthlyCap: monthlyCap)
  }
}

extension [SiteSection] {
  /// The rules of the sites by their hosts.
  var rules: [String: LineSelection.Texts] {
    Dictionary(map { ($0.host, $0.rules) }) { $1 }
  }
}
