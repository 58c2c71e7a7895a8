import Hits
import StatsStore

/// Writes the ten CSV files that Plausible imports.
///
/// Values are exactly those of the statistics. They are quoted like Plausible's own exports and not changed for
/// spreadsheets. If Plausible wants a combination of dimensions of which the statistics know only one at a time, the
/// others are empty: docs/exports.md.
public struct PlausibleExport {
  private let reader: TableReader
  private let days: ClosedRange<Int32>

  /// Creates an export of the days that a reader provides for one site.
  public init(_ reader: TableReader, days: ClosedRange<Int32>) {
    self.reader = reader
    self.days = days
  }

  /// Writes the files into a folder, with names such as `imported_visitors_20261101_20261130.csv`.
  ///
  /// - Returns: the files, with their numbers of rows.
  /// - Throws: ``ExportFailure``, `StoreError`.
  public func write(into folder: String) throws -> [(file: String, rows: Int)] {
    try ExportFolder.make(folder)
    let period = [days.lowerBound, days.upperBound].map { DayName.name($0).replacing("-", with: "") }
    return try PlausibleTable.all.map { table in
      let name = "\(table.name)_\(period.joined(separator: "_")).csv"
      return (name, try write(table, to: ExportFile(path: folder + "/" + name)))
    }
  }

  private func write(_ table: PlausibleTable, to file: ExportFile) throws -> Int {
    try file.write(table.columns.map(Self.quoted).joined(separator: ",") + "\n")
    var rows = 0
    for part in table.parts {
      let names = try part.names.map { try self.names($0.view, $0.column) } ?? [:]
      try reader.forEachRow(of: part.view) { row in
        if let (column, value) = part.excluded, Self.text(row[column]) == value { return }
        let cells = part.cells.map { Self.field(Self.value(of: $0, row, names)) }
        try file.write(cells.joined(separator: ",") + "\n")
        rows += 1
      }
    }
    try file.flush()
    return rows
  }

  /// Returns the names of each day.
  private func names(_ view: String, _ column: String) throws -> [String: Set<String>] {
    var names: [String: Set<String>] = [:]
    try reader.forEachRow(of: view) { row in
      names[Self.text(row["day"]), default: []].insert(Self.text(row[column]))
    }
    return names
  }

  private static func value(
    of cell: PlausibleTable.Cell, _ row: TableRow, _ names: [String: Set<String>]
  ) -> TableRow.Value {
    switch cell {
    case .column(let name): row[name]
    case .constant(let value): value
    case .renamed(let name, let texts): .text(renamed(text(row[name]), texts))
    case .nameOf(let name, let texts): .text(renamed(parts(text(row[name]), names[text(row["day"])] ?? []).name, texts))
    case .versionOf(let name): .text(parts(text(row[name]), names[text(row["day"])] ?? []).version)
    }
  }

  /// Splits a text such as `Mobile Safari 18.6` into name and version: the longest name of the day that the text starts
  /// with, and the rest.
  static func parts(_ text: String, _ names: Set<String>) -> (name: String, version: String) {
    var end = text.endIndex
    while !names.contains(String(text[..<end])) {
      guard let blank = text[..<end].lastIndex(of: " ") else { return (text, "") }
      end = blank
    }
    return (String(text[..<end]), String(text[end...].drop { $0 == " " }))
  }

  private static func renamed(_ text: String, _ texts: [String: String]) -> String {
    texts[text] ?? text
  }

  private static func text(_ value: TableRow.Value) -> String {
    if case .text(let text) = value { return text }
    return ""
  }

  private static func field(_ value: TableRow.Value) -> String {
    switch value {
    case .text(let text): quoted(text)
    case .number(let number): String(number)
    case .none: quoted("")
    }
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
