import Foundation
import Hits
import StatsStore

/// Writes the views of docs/sql.md as files, one table each, as CSV or JSON.
public struct TableExport {
  /// The format of the files.
  public enum Format: String, Sendable {
    /// Comma-separated values with a header, safe for spreadsheets.
    case csv
    /// An array of objects, one per line.
    case json
  }

  private let format: Format
  private let reader: TableReader

  /// Creates an export of the tables that a reader provides.
  public init(_ format: Format, _ reader: TableReader) {
    self.format = format
    self.reader = reader
  }

  /// Writes all tables into a folder, each as `NAME.csv` or `NAME.json`.
  ///
  /// - Returns: the files, with their numbers of rows.
  /// - Throws: ``ExportFailure``, `StoreError`.
  public func write(into folder: String) throws -> [(file: String, rows: Int)] {
    try ExportFolder.make(folder)
    return try TableReader.tables.map { table in
      let name = "\(table).\(format.rawValue)"
      let file = try ExportFile(path: folder + "/" + name)
      return (name, try write(table, to: file))
    }
  }

  /// Writes one table to standard output.
  ///
  /// - Parameter isForTerminal: whether it goes to a terminal, and nothing in it may move the cursor.
  /// - Throws: `StoreError`.
  public func print(_ table: String, isForTerminal: Bool) throws {
    _ = try write(table, to: ExportFile(.standardOutput, isTerminal: isForTerminal))
  }

  private func write(_ table: String, to file: ExportFile) throws -> Int {
    let columns = try reader.columns(of: table)
    var rows = 0
    try file.write(format == .csv ? columns.map(CSVText.field).joined(separator: ",") + "\n" : "[")
    try reader.forEachRow(of: table) { row in
      switch format {
      case .csv: try file.write(row.values.map(Self.field).joined(separator: ",") + "\n")
      case .json: try file.write((rows == 0 ? "\n" : ",\n") + Self.object(columns, row))
      }
      rows += 1
    }
    if format == .json { try file.write(rows == 0 ? "]\n" : "\n]\n") }
    try file.flush()
    return rows
  }

  private static func field(_ value: TableRow.Value) -> String {
    switch value {
    case .text(let text): CSVText.field(text)
    case .number(let number): String(number)
    case .none: ""
    }
  }

  private static func object(_ columns: [String], _ row: TableRow) -> String {
    let members = columns.indices.map { index in
      let value =
        switch row.values[index] {
        case .text(let text): JSONText.string(text)
        case .number(let number): String(number)
        case .none: "null"
        }
      return "\"\(columns[index])\":\(value)"
    }
    return "{" + members.joined(separator: ",") + "}"
  }
}

/// The folder that an export is written to.
enum ExportFolder {
  /// Creates a folder if it does not exist.
  static func make(_ path: String) throws(ExportFailure) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw ExportFailure(reason: "\(path): the folder cannot be created; is there a file of that name?")
    }
  }
}
