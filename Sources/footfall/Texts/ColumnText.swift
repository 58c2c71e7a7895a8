import Reporting

/// Rows of cells in columns that are as wide as their widest cell. The last column is never padded.
struct ColumnText {
  /// The side of a column to which its cells are aligned.
  enum Side {
    case left
    case right
  }

  private static let gap = "  "
  /// The narrowest last column.
  private static let leastLast = 20

  private let sides: [Side]
  private var rows: [[String]]

  /// Creates a table with these titles.
  init(_ columns: [(title: String, side: Side)]) {
    sides = columns.map(\.side)
    rows = [columns.map(\.title)]
  }

  /// Adds a row with a cell for each column.
  mutating func add(_ cells: [String]) {
    rows.append(cells.map(TerminalText.printable))
  }

  /// Returns the titles and the rows, indented, as lines.
  ///
  /// - Parameter width: the width of the terminal, to which last cells are shortened; nil to keep them as they are.
  func text(width: Int?) -> String {
    let widths = sides.indices.map { column in rows.map { TerminalText.width($0[column]) }.max() ?? 0 }
    let used = widths.dropLast().reduce(0) { $0 + $1 + Self.gap.count } + Self.gap.count
    let room = width.map { max(Self.leastLast, $0 - used) } ?? .max
    return rows.map { cells in
      let padded = cells.indices.dropLast().map { column in
        let blanks = String(repeating: " ", count: widths[column] - TerminalText.width(cells[column]))
        return Self.gap + (sides[column] == .left ? cells[column] + blanks : blanks + cells[column])
      }
      let last = cells.last ?? ""
      let shown = TerminalText.width(last) > room ? TerminalText.fitted(last, columns: room) : last
      return padded.joined() + Self.gap + shown + "\n"
    }.joined()
  }
}
