import Foundation
import Reporting

/// Shows a report again whenever the statistics have changed.
enum Watch {
  /// Clears a terminal: cursor home and erase (ECMA-48). The scrollback stays.
  static let clear = "\u{1B}[H\u{1B}[2J"

  /// The pause between two checks of the database, in seconds. A check reads the first page of the file.
  private static let pause = 1.0

  /// Shows the report, and again after each change, until the process ends.
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
