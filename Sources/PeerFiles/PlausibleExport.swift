import Hits

/// Plausible's export: ten CSV files in a zip, here added up by day.
///
/// Source: lib/plausible/exports.ex and lib/plausible/imported/csv_importer.ex of plausible/analytics, and
/// <https://plausible.io/docs/csv-import>. Columns are found by name, because they differ by version. Rows of a day have
/// several visitors in common, so visitors are read only where a value has one row. Links and paths of events are not read.
enum PlausibleExport {
  /// A list of a file: the columns of its value, and its measures.
  private struct List {
    var dimension: String
    var columns: [String]
    var measures: [String]
    var kind = Kind.value

    enum Kind {
      case value
      case page
      case referrer
    }
  }

  private static let visits = ["visits", "pageviews", "bounces", "visit_duration"]
  private static let all = ["visitors"] + visits

  /// The lists of each file, by the part of its name after `imported_`.
  private static let lists: [String: [List]] = [
    "visitors": [List(dimension: PastRow.total, columns: [], measures: all)],
    "sources": [
      List(dimension: "source", columns: ["source"], measures: visits),
      List(dimension: "referrer", columns: ["referrer"], measures: visits, kind: .referrer),
      List(dimension: "utm_source", columns: ["utm_source"], measures: visits),
      List(dimension: "utm_medium", columns: ["utm_medium"], measures: visits),
      List(dimension: "utm_campaign", columns: ["utm_campaign"], measures: visits),
      List(dimension: "utm_content", columns: ["utm_content"], measures: visits),
      List(dimension: "utm_term", columns: ["utm_term"], measures: visits),
    ],
    "pages": [List(dimension: "page", columns: ["page"], measures: ["visitors", "visits", "pageviews"], kind: .page)],
    "entry_pages": [
      List(dimension: "entry_page", columns: ["entry_page"], measures: ["visitors", "entrances"], kind: .page)
    ],
    "exit_pages": [List(dimension: "exit_page", columns: ["exit_page"], measures: ["visitors", "exits"], kind: .page)],
    "custom_events": [List(dimension: "event", columns: ["name"], measures: ["events"])],
    "locations": [
      List(dimension: "country", columns: ["country"], measures: visits),
      List(dimension: "region", columns: ["region"], measures: visits),
      List(dimension: "city", columns: ["city"], measures: visits),
    ],
    "devices": [List(dimension: "device", columns: ["device"], measures: all)],
    "browsers": [
      List(dimension: "browser", columns: ["browser"], measures: visits),
      List(dimension: "browser_version", columns: ["browser", "browser_version"], measures: visits),
    ],
    "operating_systems": [
      List(dimension: "os", columns: ["operating_system"], measures: visits),
      List(dimension: "os_version", columns: ["operating_system", "operating_system_version"], measures: visits),
    ],
  ]

  /// Reads the files of an export together.
  static func read(
    _ files: [(name: String, bytes: [UInt8])], source: String, _ texts: PeerTexts
  ) throws(PeerFileError) -> PeerFile {
    var days: [Int32: PartBuilder] = [:]
    var found: Set<String> = []
    var remarks: [String] = []
    for (name, bytes) in files {
      guard let table = table(of: name) else { continue }
      guard found.insert(table).inserted else {
        throw PeerFileError("\(name): there are two files of \(table); import each export on its own")
      }
      do throws(PeerFileError) {
        try read(bytes, lists[table] ?? [], texts, &days, &remarks)
      } catch {
        throw PeerFileError("\(name): \(error)")
      }
    }
    let missing = Set(lists.keys).subtracting(found).sorted()
    guard found.contains("visitors") else {
      throw PeerFileError("no imported_visitors_FROM_TO.csv: it is no export of Plausible, or cut off; export it again")
    }
    let parts = days.sorted { $0.key < $1.key }.map { day, builder in
      let views = builder.rows.first { $0.dimension == PastRow.total && $0.measure == "pageviews" }
      return builder.part(source: source, day...day, size: views?.number ?? 0)
    }
    if !missing.isEmpty { remarks.append("the export has no files of \(missing.joined(separator: ", "))") }
    return PeerFile(parts: parts, remarks: remarks)
  }

  /// Returns the table of a file: `imported_pages_20240101_20240131.csv`, also without `imported_`.
  static func table(of name: String) -> String? {
    let file = name.split(separator: "/").last.map(String.init) ?? name
    guard let match = file.wholeMatch(of: /(?:imported_)?([a-z_]+?)(?:_\d{8}_\d{8})?\.csv/) else { return nil }
    return lists[String(match.1)] == nil ? nil : String(match.1)
  }

  /// Notes the measures of days that the file does not have.
  private static func checkTotals(_ table: CSVTable, _ remarks: inout [String]) throws(PeerFileError) {
    let missing = all.filter { !table.columns.contains($0) }
    if missing.count == all.count { _ = try table.column(all[0]) }
    if !missing.isEmpty { remarks.append("the file of days has no \(missing.joined(separator: ", "))") }
  }

  private static func read(
    _ bytes: [UInt8], _ lists: [List], _ texts: PeerTexts, _ days: inout [Int32: PartBuilder],
    _ remarks: inout [String]
  ) throws(PeerFileError) {
    guard !bytes.isEmpty else { return }
    var table = try CSVTable(bytes)
    guard table.endsWithLine else {
      throw PeerFileError("the last line has no end: the file is cut off; export it again")
    }
    let date = try table.column("date")
    var places: [(list: List, values: [Int], measures: [(String, Int)])] = []
    for list in lists {
      var values: [Int] = []
      for name in list.columns { values.append(try table.column(name)) }
      let measures = list.measures.compactMap { name in table.columns.firstIndex(of: name).map { (name, $0) } }
      if list.dimension == PastRow.total { try checkTotals(table, &remarks) }
      places.append((list, values, measures))
    }
    let isOfDays = lists.contains { $0.dimension == PastRow.total }
    var seen: Set<Int32> = []
    while let row = try table.nextRow() {
      guard let day = DayName.day(named: row[date]) else {
        throw PeerFileError(line: table.rowLine, "the date cannot be read: the file is cut off or of another kind")
      }
      guard !isOfDays || seen.insert(day).inserted else {
        throw PeerFileError(line: table.rowLine, "\(row[date]) has a second row: two exports in one; export it again")
      }
      for (list, values, measures) in places {
        let text = values.map { row[$0] }.joined(separator: " ")
        // Without a campaign or place there is nothing to list.
        if !values.isEmpty, text.allSatisfy({ $0 == " " || $0 == "0" }) { continue }
        let value =
          switch list.kind {
          case .value: texts.value(text, in: list.dimension)
          case .page: texts.page(text)
          case .referrer: texts.referrer(text)
          }
        for (measure, place) in measures {
          let cell = row[place]
          guard let number = ["", "\\N"].contains(cell) ? 0 : PeerText.number(cell) else {
            throw PeerFileError(
              line: table.rowLine, "\(measure) is no number: the file is cut off or of another version")
          }
          days[day, default: PartBuilder(.plausible)].add(number, measure, of: value, in: list.dimension, .day, day)
        }
      }
    }
  }
}
