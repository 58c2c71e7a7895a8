import Foundation

/// Facts about a real log, counted by other means: a row of corpora/FACTS.md.
public struct LogFacts: Sendable {
  /// The path of the file below corpora.
  public var name: String
  /// The number of all lines.
  public var lines: Int
  /// The number of lines that do not match FACTS.md's own strict expression.
  public var unfitting: Int
  /// How many of the matching lines are GETs, nil if the row does not say.
  public var gets: Int?

  /// The absolute path.
  public var path: String { SharedData.path("corpora/" + name) }

  /// All rows; empty if there is no shared folder.
  public static let all: [LogFacts] = {
    let text = (try? String(contentsOfFile: SharedData.path("corpora/FACTS.md"), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap(LogFacts.init)
  }()

  private init?(row: Substring) {
    let cells = row.split(separator: "|", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    guard cells.count > 9, let lines = Int(cells[2]), let fitting = Int(cells[3]) else { return nil }
    name = cells[1]
    self.lines = lines
    unfitting = lines - fitting
    let gets = cells.first { $0.hasPrefix("GET:") || $0.contains(" GET:") }
    self.gets = gets.flatMap { cell in
      cell.split(separator: " ").first { $0.hasPrefix("GET:") }.flatMap { Int($0.dropFirst(4)) }
    }
  }
}
