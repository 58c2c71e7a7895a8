import Hits
import StatsStore

/// A calendar as a table: a row per day with a cell per hour or, for a longer period, a row per month with a cell per
/// day. Each cell shows its number of lines as text and as a tint.
struct CoverageCalendar {
  /// The maximum number of days, over all sites, that are shown hour by hour.
  private static let mostDaysByHour = 310

  let coverage: Coverage
  /// The number of sites on the page.
  let sites: Int

  /// A cell: an hour, or a day.
  private struct Cell {
    var title: String
    var lines: Int
    var isMissing: Bool
    var isPruned: Bool
  }

  private var isByHour: Bool { coverage.days.count <= 31 && coverage.days.count * sites <= Self.mostDaysByHour }

  var html: HTML {
    .element("section", [.class("panel")]) {
      HTML.element("h3") { title }
      HTML.element("div", [.class("scroll"), HTMLAttribute("tabindex", "0")]) {
        HTML.element("table", [.class("calendar"), .label(title)]) {
          HTML.element("thead") { head }
          HTML.element("tbody") { isByHour ? days : months }
        }
      }
      legend
    }
  }

  private var title: String { isByHour ? "Lines by hour" : "Lines by day" }

  private var head: HTML {
    .element("tr") {
      column(isByHour ? "Day" : "Month", nil)
      (isByHour ? Array(0...23) : Array(1...31)).map { column("\($0)", nil) }
      ["lines", "deduplicated", "late"].map { column($0, "sum") }
    }
  }

  private func column(_ name: String, _ kind: String?) -> HTML {
    .element("th", [HTMLAttribute("scope", "col")] + (kind.map { [.class($0)] } ?? [])) { name }
  }

  private var days: HTML {
    let most = coverage.days.flatMap(\.hours).compactMap { $0 }.max() ?? 0
    return .joined(
      coverage.days.map { day in
        let name = StepName.long(DayName.name(day.day))
        let cells = day.hours.indices.map { hour in
          day.hours[hour].map { lines in
            Cell(
              title: "\(name), \(hour):00", lines: lines, isMissing: day.missingHours.contains(hour),
              isPruned: day.state == .pruned)
          }
        }
        return row(name, cells, most: most, of: [day])
      })
  }

  private var months: HTML {
    let most = coverage.days.map(\.lines).max() ?? 0
    let months = Dictionary(grouping: coverage.days) { String(DayName.name($0.day).prefix(7)) }
    return .joined(
      months.sorted { $0.key < $1.key }.map { month, days in
        var cells = [Cell?](repeating: nil, count: 31)
        for day in days {
          cells[DayName.civil(day.day).day - 1] = Cell(
            title: StepName.long(DayName.name(day.day)), lines: day.lines, isMissing: !day.missingHours.isEmpty,
            isPruned: day.state == .pruned)
        }
        return row(StepName.short(month), cells, most: most, of: days)
      })
  }

  private func row(_ name: String, _ cells: [Cell?], most: Int, of days: [Coverage.Day]) -> HTML {
    .element("tr") {
      HTML.element("th", [HTMLAttribute("scope", "row")]) { name }
      cells.map { cell in cell.map { html(of: $0, most: most) } ?? HTML.element("td", [.class("none")]) }
      [\Coverage.Day.lines, \.known, \.late].map { measure in
        HTML.element("td", [.class("sum")]) { NumberText.grouped(days.reduce(0) { $0 + $1[keyPath: measure] }) }
      }
    }
  }

  private func html(of cell: Cell, most: Int) -> HTML {
    if cell.isPruned { return square("pruned", "pruned", "–", cell) }
    if cell.isMissing {
      return square("gap", "lines missing", cell.lines == 0 ? "!" : "! " + NumberText.compact(cell.lines), cell)
    }
    guard cell.lines > 0 else { return square("zero", "no lines", "·", cell) }
    let lines = cell.lines == 1 ? "1 line" : NumberText.grouped(cell.lines) + " lines"
    return square(Tint.name(of: Int64(cell.lines), most: Int64(most)), lines, NumberText.compact(cell.lines), cell)
  }

  private func square(_ kind: String, _ meaning: String, _ text: String, _ cell: Cell) -> HTML {
    .element("td", [.class(kind), HTMLAttribute("title", "\(cell.title): \(meaning)")]) { text }
  }

  private var legend: HTML {
    .element("p", [.class("note")]) {
      "The stronger the colour, the more lines. ! lines missing, · no lines, – pruned"
        + (isByHour ? ", empty: hour skipped by the clock." : ".")
    }
  }
}
