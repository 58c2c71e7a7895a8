import Hits
import StatsStore

/// What another program counted, in JSON.
struct PastJSON: Encodable {
  struct Step: Encodable {
    var start: String
    var numbers: [String: Int64]
  }

  struct List: Encodable {
    struct Row: Encodable {
      var value: String
      var numbers: [String: Int64]
    }

    var values: Int
    var rows: [Row]
  }

  var origin: String
  var since: String
  var until: String
  var interval: String
  var totals: [String: Int64]
  var trend: [Step]
  var lists: [String: List]
  var cut_lists: [String: [String: Int64]]

  init(_ series: PastReport.Series) {
    origin = series.origin.rawValue
    since = DayName.name(series.days.lowerBound)
    until = DayName.name(series.days.upperBound)
    interval = series.interval.rawValue
    totals = series.totals
    trend = series.steps.map { Step(start: $0.label, numbers: $0.numbers) }
    cut_lists = Dictionary(uniqueKeysWithValues: series.cutLists.map { ($0.value, $0.numbers) })
    lists = Dictionary(
      uniqueKeysWithValues: series.lists.map { list in
        (
          list.dimension,
          List(values: list.values, rows: list.rows.map { List.Row(value: $0.value, numbers: $0.numbers) })
        )
      })
  }
}
