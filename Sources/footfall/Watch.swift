import Foundation
import Reporting

/// Shows a report again whenever the statistics have changed.
enum Watch {
  /// How often the database is asked, in seconds. Asking costs a read of its first page.
  private static let pause = 1.0

  /// Shows the report, and again after each change, until the process is ended. A terminal is cleared before.
  static func run(_ builder: ReportBuilder, report: () throws -> String) throws -> Never {
    var shown: Int?
    while true {
      let version = try builder.version()
      if version != shown {
        shown = version
        // Home and erase, ECMA-48; what was scrolled away stays.
        Messages.output((Messages.stdoutIsTerminal ? "\u{1B}[H\u{1B}[2J" : "") + (try report()))
      }
      Thread.sleep(forTimeInterval: pause)
    }
  }
}
