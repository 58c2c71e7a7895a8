import Hits
import Rollups
import Sessions

// The condition of counts as columns of a part: the rule if somebody loads parts of pages, the rule if people do, and the
// client and the habit of the cohort, and `parts` for people who show that a page has parts. A hyphen means none.
extension PartialDay.Condition {
  /// The number of columns.
  static let columnCount = 5

  /// The columns.
  var columns: [String] {
    [
      ifSomebodyLoads?.name ?? "-", ifPeopleLoad?.name ?? "-", cohort.map { String($0.client) } ?? "-",
      cohort.map { String($0.habit.number) } ?? "-", showsParts ? "parts" : "-",
    ]
  }

  /// Reads columns; nil if they are malformed.
  ///
  /// - Parameter clients: the number of each client, by its number in the part.
  init?(_ columns: some Collection<String>, clients: [Int: Int]) {
    let columns = Array(columns)
    guard columns.count == Self.columnCount, let somebody = Self.rule(columns[0]), let people = Self.rule(columns[1])
    else { return nil }
    self.init(ifSomebodyLoads: somebody, ifPeopleLoad: people)
    guard columns[4] == "parts" || columns[4] == "-" else { return nil }
    showsParts = columns[4] == "parts"
    if columns[2] == "-", columns[3] == "-" { return }
    guard let client = Int(columns[2]).flatMap({ clients[$0] }), let habit = Int(columns[3]),
      Habit.all.indices.contains(habit)
    else { return nil }
    cohort = Cohort(client: client, habit: Habit.all[habit])
  }

  /// Returns the rule of a column; nil if it is malformed.
  private static func rule(_ text: String) -> BehaviourRule?? {
    if text == "-" { return .some(nil) }
    return BehaviourRule.allCases.first { $0.name == text }.map { .some($0) }
  }
}
