/// A table in CSV (RFC 4180), row by row, whose columns are found by their names.
struct CSVTable {
  private let bytes: [UInt8]
  private var next: Int
  private var line = 1
  private let separator: UInt8
  /// The names of the columns.
  private(set) var columns: [String] = []
  /// The number of the line on which the last row begins.
  private(set) var rowLine = 1

  /// Reads the names of the columns.
  init(_ bytes: [UInt8], separator: UInt8 = UInt8(ascii: ",")) throws(PeerFileError) {
    self.bytes = bytes
    self.separator = separator
    next = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    columns = try readRow() ?? []
  }

  /// Returns the place of a column.
  func column(_ name: String) throws(PeerFileError) -> Int {
    guard let place = columns.firstIndex(of: name) else {
      throw PeerFileError(line: 1, "no column \(name): it is a file of another kind or version")
    }
    return place
  }

  /// Returns the cells of the next row, as many as there are columns; nil at the end.
  mutating func nextRow() throws(PeerFileError) -> [String]? {
    while let row = try readRow() {
      if row == [""], columns.count > 1 { continue }
      guard row.count == columns.count else {
        throw PeerFileError(
          line: rowLine,
          "\(row.count) cells instead of \(columns.count): the file is cut off, or a line end within a cell is not quoted"
        )
      }
      return row
    }
    return nil
  }

  /// Whether the last row ends with a line end, which all of these programs write.
  var endsWithLine: Bool { bytes.last == UInt8(ascii: "\n") }

  private mutating func readRow() throws(PeerFileError) -> [String]? {
    guard next < bytes.count else { return nil }
    rowLine = line
    var cells: [String] = []
    while true {
      cells.append(try readCell())
      guard next < bytes.count else { return cells }
      let byte = bytes[next]
      next += 1
      if byte == separator {
        // A separator at the end of the file precedes an empty cell.
        if next == bytes.count { return cells + [""] }
        continue
      }
      if byte == UInt8(ascii: "\r"), next < bytes.count, bytes[next] == UInt8(ascii: "\n") { next += 1 }
      line += 1
      return cells
    }
  }

  /// Reads a cell up to the separator or line end behind it.
  private mutating func readCell() throws(PeerFileError) -> String {
    let start = next
    guard next < bytes.count, bytes[next] == UInt8(ascii: "\"") else {
      while next < bytes.count, bytes[next] != separator, bytes[next] != UInt8(ascii: "\n"),
        bytes[next] != UInt8(ascii: "\r")
      { next += 1 }
      return PeerText.text(bytes[start..<next])
    }
    var cell: [UInt8] = []
    next += 1
    while next < bytes.count {
      let byte = bytes[next]
      next += 1
      if byte == UInt8(ascii: "\n") { line += 1 }
      guard byte == UInt8(ascii: "\"") else {
        cell.append(byte)
        continue
      }
      guard next < bytes.count, bytes[next] == UInt8(ascii: "\"") else { return PeerText.text(cell[...]) }
      cell.append(byte)
      next += 1
    }
    throw PeerFileError(line: rowLine, "a quoted cell has no end: the file is cut off; write it again")
  }
}
