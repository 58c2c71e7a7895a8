/// A table whose first column takes the room that the others leave; the others are as wide as their texts.
struct TextGrid {
  private static let indent = 2
  private static let gap = 2

  private let columns: Int
  private let style: TextStyle
  private let titles: [String]
  private var rows: [[String]] = []

  init(columns: Int, titles: [String], style: TextStyle) {
    self.columns = columns
    self.titles = titles
    self.style = style
  }

  /// Adds a row with a cell for each title.
  mutating func add(_ cells: [String]) {
    rows.append(cells.map(TerminalText.printable))
  }

  private static func trimmed(_ line: String) -> Substring {
    var line = line[...]
    while line.last == " " { line.removeLast() }
    return line
  }

  /// The title line and the rows; empty without rows.
  var text: String {
    guard !rows.isEmpty else { return "" }
    let widths = titles.indices.dropFirst().map { column in
      ([titles] + rows).map { TerminalText.width($0[column]) }.max() ?? 0
    }
    let first = max(12, columns - Self.indent - widths.reduce(0) { $0 + $1 + Self.gap })
    func rest(_ cells: [String]) -> String {
      zip(cells.dropFirst(), widths).map { TextTable.right($0, $1 + Self.gap) }.joined()
    }
    let head =
      style.strong(TerminalText.fitted(titles[0], columns: first + Self.indent)) + style.faint(rest(titles))
    let lines = rows.map { cells in
      String(repeating: " ", count: Self.indent) + TerminalText.fitted(cells[0], columns: first) + rest(cells)
    }
    return ([head] + lines).map { Self.trimmed($0) + "\n" }.joined()
  }
}
