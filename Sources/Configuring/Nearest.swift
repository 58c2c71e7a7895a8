/// Finds the name that a mistyped one was meant to be.
public enum Nearest {
  /// Returns the name with the smallest edit distance; nil if all are more than two edits away.
  public static func name(to text: String, among names: some Sequence<String>) -> String? {
    let nearest = names.map { (name: $0, distance: distance($0, text)) }.min {
      ($0.distance, $0.name) < ($1.distance, $1.name)
    }
    return nearest.flatMap { $0.distance <= 2 ? $0.name : nil }
  }

  /// Returns the number of letters to change, add or remove to turn one text into the other (Levenshtein).
  private static func distance(_ left: String, _ right: String) -> Int {
    var row = Array(0...right.count)
    for (index, letter) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for (column, other) in right.enumerated() {
        let replaced = diagonal + (letter == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(replaced, row[column] + 1, row[column + 1] + 1)
      }
    }
    return row[right.count]
  }
}
