import Foundation
import Reporting

/// Shows a report again whenever the statistics have changed.
enum Watch {
  /// Clears a terminal: home and erase, ECMA-48. What was scrolled away stays.
  static let clear = "\u{1B}[H\u{1B}[2J"

  /// How often the database is asked, in seconds. Asking costs a read of its first page.
  private static let pause = 1.0

  /// Shows the report, and again after each change, until the process is ended.
  static func run(_ builder: ReportBuilder, show: () throws -> Void) throws -> Never {
    var shown: Int?
    while true {
      let version = try builder.version()
      if version != shown {
        shown = version
        try show()
      }
      Thread.sleep(forTimeInterval: pause)
    }
  }
}
