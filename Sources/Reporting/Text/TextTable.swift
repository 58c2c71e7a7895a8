/// Rows with a name, right-aligned numbers and a bar, which fill the width of the terminal.
struct TextTable {
  private static let indent = 2
  private static let numberWidth = 12
  private static let percentWidth = 9
  private static let barWidth = 10

  private let columns: Int
  private let titles: [String]
  private let style: TextStyle
  /// The heading of percentages; nil if the table shows none.
  private let percentTitle: String?
  private var rows: [String] = []

  init(columns: Int, titles: [String], percentTitle: String? = nil, style: TextStyle) {
    self.percentTitle = percentTitle
    self.columns = columns
    self.titles = titles
    self.style = style
  }

  /// Adds a row; a share, 0–1, is drawn as a bar and, if the table shows percentages, written as one.
  mutating func add(_ name: String, _ numbers: [String], share: Double? = nil) {
    let cells = numbers.map { Self.right($0, Self.numberWidth) }.joined()
    let percent = percentTitle == nil ? "" : share.map(NumberText.percent) ?? ""
    let bar = share.map { style.bar(Self.bar($0)) } ?? ""
    let line =
      String(repeating: " ", count: Self.indent) + TerminalText.fitted(TerminalText.printable(name), columns: nameWidth)
      + cells
    let tail = Self.right(percent, Self.percentWidth) + (bar.isEmpty ? "" : " " + bar)
    rows.append(line + (percent.isEmpty && bar.isEmpty ? "" : tail))
  }

  /// Adds a row with a sparkline instead of the bar, or with as much of its end as fits.
  mutating func add(_ name: String, _ numbers: [String], sparkline: String) {
    add(name, numbers)
    var shown = String(sparkline.suffix(Self.percentWidth + Self.barWidth))
    while shown.last == " " { shown.removeLast() }
    if !shown.isEmpty { rows[rows.count - 1] += " " + style.bar(shown) }
  }

  /// The title line and the rows.
  var text: String {
    let title = TerminalText.fitted(titles[0], columns: nameWidth + Self.indent)
    let heads = titles.dropFirst().map { Self.right($0, Self.numberWidth) }.joined()
    let share = percentTitle.map { Self.right($0, Self.percentWidth) } ?? ""
    return ([style.strong(title) + style.faint(heads + share)] + rows).map { $0 + "\n" }.joined()
  }

  private var nameWidth: Int {
    let fixed = Self.indent + Self.numberWidth * (titles.count - 1) + Self.percentWidth + 1 + Self.barWidth
    return max(12, columns - fixed)
  }

  static func right(_ text: String, _ columns: Int) -> String {
    String(repeating: " ", count: max(0, columns - TerminalText.width(text))) + text
  }

  /// Returns a bar in eighths of a column.
  private static func bar(_ share: Double) -> String {
    let eighths = Int((min(1, max(0, share)) * Double(barWidth * 8)).rounded())
    let full = String(repeating: "█", count: eighths / 8)
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return full + parts[eighths % 8]
  }
}
