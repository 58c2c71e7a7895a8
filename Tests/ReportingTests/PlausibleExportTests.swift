import Testing

@testable import Reporting

@Suite struct PlausibleExportTests {
  @Test(arguments: [
    ("Chrome 142", ["Chrome", "Chrome Mobile"], "Chrome", "142"),
    ("Chrome Mobile 142", ["Chrome", "Chrome Mobile"], "Chrome Mobile", "142"),
    ("Chrome Mobile iOS 142.1.3", ["Chrome", "Chrome Mobile", "Chrome Mobile iOS"], "Chrome Mobile iOS", "142.1.3"),
    ("Chrome Mobile", ["Chrome", "Chrome Mobile"], "Chrome Mobile", ""),
    ("Windows XP x64", ["Windows"], "Windows", "XP x64"),
    ("Other", ["Other"], "Other", ""),
    ("(other)", ["Chrome"], "(other)", ""),
    ("", [""], "", ""),
  ])
  func versionsArePartedFromNames(_ text: String, _ names: [String], _ name: String, _ version: String) {
    let parts = PlausibleExport.parts(text, Set(names))
    #expect(parts.name == name && parts.version == version)
  }

  /// The header lines in Plausible's documentation.
  static let heads = [
    "imported_visitors": "date,visitors,pageviews,bounces,visits,visit_duration",
    "imported_sources":
      "date,source,referrer,utm_source,utm_medium,utm_campaign,utm_content,utm_term,pageviews,visitors,visits,visit_duration,bounces",
    "imported_pages": "date,hostname,page,visits,visitors,pageviews",
    "imported_entry_pages": "date,entry_page,visitors,entrances,visit_duration,bounces,pageviews",
    "imported_exit_pages": "date,exit_page,visitors,visit_duration,exits,bounces,pageviews",
    "imported_custom_events": "date,name,link_url,path,visitors,events",
    "imported_locations": "date,country,region,city,visitors,visits,visit_duration,bounces,pageviews",
    "imported_devices": "date,device,visitors,visits,visit_duration,bounces,pageviews",
    "imported_browsers": "date,browser,browser_version,visitors,visits,visit_duration,bounces,pageviews",
    "imported_operating_systems":
      "date,operating_system,operating_system_version,visitors,visits,visit_duration,bounces,pageviews",
  ]

  @Test func headsAreThoseOfTheDocumentation() {
    let tables = PlausibleTable.all.map { ($0.name, $0.columns.joined(separator: ",")) }
    #expect(Dictionary(uniqueKeysWithValues: tables) == Self.heads)
    for part in PlausibleTable.all.flatMap({ table in table.parts.map { (table.columns, $0) } }) {
      #expect(part.0.count == part.1.cells.count, "\(part.1.view)")
    }
  }

  @Test(arguments: [
    ("plain", "\"plain\""), ("a\"b\\c", "\"a\\\"b\\\\c\""), ("tab\tline\n\u{1}", "\"tab\\u0009line\\u000a\\u0001\""),
    ("Köln 🙂", "\"Köln 🙂\""), ("\u{9B}\u{202E}\u{E0041}", "\"\\u009b\\u202e\\udb40\\udc41\""),
  ])
  func jsonStringsAreEscaped(_ text: String, _ string: String) {
    #expect(JSONText.string(text) == string)
  }
}
