import Foundation
import Hits

/// What Matomo's reporting API answers to `VisitsSummary.get` or `API.get` by day or month, as CSV or JSON.
///
/// Source: core/DataTable/Renderer/Csv.php and plugins/API/Renderer/Csv.php of matomo-org/matomo. CSV is UTF-16LE with a byte
/// order mark unless `convertToUnicode=0` is asked for, but `No data available` and `Error: …` come as ASCII. Rates and
/// averages are not read: they follow from the sums.
enum MatomoReport {
  private static let sums = ["bounce_count", "sum_visit_length", "max_actions"]

  /// A value of JSON, as far as it matters here.
  private enum Value: Decodable {
    case number(Int64)
    case text(String)
    case object([String: Value])
    case list([Value])
    case null
    case other

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let number = try? container.decode(Int64.self) {
        self = .number(number)
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let object = try? container.decode([String: Value].self) {
        self = .object(object)
      } else if let list = try? container.decode([Value].self) {
        self = .list(list)
      } else {
        self = .other
      }
    }

    var number: Int64? {
      switch self {
      case .number(let number): number
      case .text(let text): PeerText.number(text)
      case .object, .list, .null, .other: nil
      }
    }
  }

  static func read(_ bytes: [UInt8]) throws(PeerFileError) -> PeerFile {
    let text = try text(of: bytes)
    if text.hasPrefix("No data available") {
      throw PeerFileError("Matomo had no data: the file says only so; ask for a period with visits")
    }
    if text.hasPrefix("Error:") {
      throw PeerFileError("the file holds an error of Matomo instead of a report; mend the request and ask again")
    }
    let isJSON = text.first == "{" || text.first == "["
    let rows = isJSON ? try json(text) : try csv(text)
    let parts = rows.compactMap(part)
    guard !parts.isEmpty else { throw PeerFileError("no day of the report has visits; ask for a period with visits") }
    return PeerFile(parts: parts, remarks: isJSON ? [] : doubts(text))
  }

  /// Matomo ends its last line without a line end, so nothing shows that a last number lost digits.
  private static func doubts(_ text: String) -> [String] {
    guard text.last?.isNewline != true, let last = text.prefix(while: { !$0.isNewline }).split(separator: ",").last,
      isMeasure(String(last))
    else { return [] }
    return [
      "\(last) of the last row is the end of the file: if the file was cut off there, digits are missing; JSON shows that"
    ]
  }

  private static func text(of bytes: [UInt8]) throws(PeerFileError) -> String {
    guard bytes.starts(with: [0xFF, 0xFE]) else {
      return PeerText.text(bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...])
    }
    guard bytes.count % 2 == 0 else {
      throw PeerFileError("half a character at the end: the file is cut off; ask again")
    }
    let units = stride(from: 2, to: bytes.count, by: 2).map { UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8 }
    return String(decoding: units, as: UTF16.self)
  }

  private static func csv(_ text: String) throws(PeerFileError) -> [(period: String, numbers: [String: Int64])] {
    var table = try CSVTable(Array(text.utf8))
    guard table.columns.first == "date" else {
      throw PeerFileError(
        line: 1,
        "the first column is not date; ask for one site and several days, as in idSite=1&period=day&date=2024-01-01,2024-12-31"
      )
    }
    try check(isList: table.columns.contains("label"), hasVisits: table.columns.contains("nb_visits"))
    let measures = table.columns.indices.filter { isMeasure(table.columns[$0]) }
    var rows: [(period: String, numbers: [String: Int64])] = []
    while let row = try table.nextRow() {
      var numbers: [String: Int64] = [:]
      for column in measures where !row[column].isEmpty {
        guard let number = PeerText.number(row[column]) else {
          throw PeerFileError(
            line: table.rowLine, "\(table.columns[column]) is no number: the file is cut off or of another kind")
        }
        numbers[table.columns[column]] = number
      }
      try check(row[0], line: table.rowLine)
      rows.append((row[0], numbers))
    }
    return rows
  }

  private static func json(_ text: String) throws(PeerFileError) -> [(period: String, numbers: [String: Int64])] {
    guard let value = try? JSONDecoder().decode(Value.self, from: Data(text.utf8)) else {
      throw PeerFileError("no whole JSON: the file is cut off; ask again")
    }
    guard case .object(let object) = value else { throw oneSite }
    if case .text("error") = object["result"] {
      throw PeerFileError("the file holds an error of Matomo instead of a report; mend the request and ask again")
    }
    var rows: [(period: String, numbers: [String: Int64])] = []
    for (period, value) in object.sorted(by: { $0.key < $1.key }) {
      switch value {
      case .object(let measures):
        try check(period, line: nil)
        try check(isList: measures["label"] != nil, hasVisits: measures["nb_visits"] != nil)
        rows.append((period, try numbers(measures)))
      case .list(let list):
        // A day without visits is an empty list.
        guard list.isEmpty else { throw wrongReport }
        try check(period, line: nil)
      case .number, .text, .null, .other: throw oneSite
      }
    }
    return rows
  }

  private static func numbers(_ measures: [String: Value]) throws(PeerFileError) -> [String: Int64] {
    var numbers: [String: Int64] = [:]
    for (name, value) in measures where isMeasure(name) {
      if case .null = value { continue }
      guard let number = value.number else {
        throw PeerFileError("\(name) is no whole number in one of the periods: the file is of another kind")
      }
      numbers[name] = number
    }
    return numbers
  }

  private static let oneSite = PeerFileError(
    "no report by days; ask for one site and several days, as in idSite=1&period=day&date=2024-01-01,2024-12-31")

  private static let wrongReport = PeerFileError(
    "a list, of which Matomo's answer does not say what it lists; only VisitsSummary.get and API.get can be imported")

  private static func check(isList: Bool, hasVisits: Bool) throws(PeerFileError) {
    if isList { throw wrongReport }
    guard hasVisits else {
      throw PeerFileError(
        "no column nb_visits; ask for VisitsSummary.get or API.get, and without translateColumnNames")
    }
  }

  private static func check(_ period: String, line: Int?) throws(PeerFileError) {
    guard days(of: period) != nil else {
      throw PeerFileError(
        line: line, "a period that is no day and no month; ask for one site and for period=day or period=month")
    }
  }

  private static func isMeasure(_ name: String) -> Bool {
    sums.contains(name) || name.hasPrefix("nb_") && !name.hasPrefix("nb_actions_per")
  }

  private static func days(of period: String) -> ClosedRange<Int32>? {
    if let day = DayName.day(named: period) { return day...day }
    let parts = period.split(separator: "-").compactMap { Int($0) }
    return parts.count == 2 && period.count == 7 ? PeerDate.month(parts[0], parts[1]) : nil
  }

  private static func part(_ row: (period: String, numbers: [String: Int64])) -> PastPart? {
    guard let days = days(of: row.period), row.numbers.values.contains(where: { $0 != 0 }) else { return nil }
    var builder = PartBuilder(.matomo)
    for (measure, number) in row.numbers.sorted(by: { $0.key < $1.key }) {
      builder.add(number, measure, days.count == 1 ? .day : .month, days.lowerBound)
    }
    return builder.part(days, size: row.numbers["nb_actions"] ?? 0)
  }
}
