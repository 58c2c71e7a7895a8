import Rollups
import StatsStore

/// How many visitors are proven to have a browser, as people read it.
enum LoadingText {
  /// Returns `of 3,060 visitors, 60 were seen loading parts of pages`; nil where this says nothing: where no day shows that
  /// people load parts, or where some days were counted by rules that did not ask.
  static func line(_ report: Report) -> String? {
    guard report.quality.loadingDays > 0, report.total.visitors > 0, let seen = report.total.seenLoading else {
      return nil
    }
    let visitors = NumberText.grouped(report.total.visitors)
    return "of \(visitors) visitors, \(NumberText.grouped(seen)) were seen loading parts of pages"
  }
}
