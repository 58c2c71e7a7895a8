import Configuring
import Importing
import LineRules
import PageNames
import Redaction

extension SiteSection {
  /// The rules in the form that an import takes.
  var rules: LineSelection.Texts {
    LineSelection.Texts(include: include, exclude: exclude, pageviews: pageviews, assets: assets)
  }

  /// The site in the form that an import takes.
  var definition: SiteDefinition {
    SiteDefinition(
      host: host, timeZone: timezone, aliases: aliases, files: files, paths: paths, behaviour: behaviour, api: api,
      monthlyCap: monthlyCap, goals: goals, funnels: funnels)
  }
}

extension SiteSection {
  /// How the pages of the site are named.
  ///
  /// - Throws: ``RuleMistake`` if a value is none of those allowed.
  func naming() throws(RuleMistake) -> NamingTexts {
    var texts = NamingTexts()
    texts.redaction = try Self.value(redact, of: "redact")
    texts.letterCase = try Self.value(pathCase, of: "path-case")
    texts.slashes = try Self.value(pathSlash, of: "path-slash")
    texts.indexes = try Self.value(pathIndex, of: "path-index")
    texts.rules = pathRules
    texts.keptQueries = keptQueries
    return texts
  }

  private static func value<Value: RawRepresentable<String> & CaseIterable>(
    _ text: String?, of key: String
  ) throws(RuleMistake) -> Value? {
    guard let text else { return nil }
    if let value = Value(rawValue: text) { return value }
    let values = Value.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
    throw RuleMistake("\(key) is '\(text)'; it must be one of \(values)")
  }
}

extension ConfigFile {
  /// How the file says that the pages of all sites are named. Values that are not allowed are omitted.
  var generalNaming: NamingTexts {
    var texts = NamingTexts()
    for entry in entries where entry.command == nil {
      let value = entry.value.texts.first ?? ""
      switch entry.key.name {
      case "redact": texts.redaction = RedactionLevel(rawValue: value)
      case "path-case": texts.letterCase = PageNaming.LetterCase(rawValue: value)
      case "path-slash": texts.slashes = PageNaming.Twins(rawValue: value)
      case "path-index": texts.indexes = PageNaming.Twins(rawValue: value)
      case "path": texts.rules = entry.value.texts
      case "keep-query": texts.keptQueries = entry.value.texts
      default: break
      }
    }
    return texts
  }
}

extension [SiteSection] {
  /// The rules of the sites, by host.
  var rules: [String: LineSelection.Texts] {
    Dictionary(map { ($0.host, $0.rules) }) { $1 }
  }
}
