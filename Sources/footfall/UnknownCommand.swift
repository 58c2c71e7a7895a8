import ArgumentParser

/// Tells of a mistyped command what was meant.
enum UnknownCommand {
  /// What to say where the first argument is no command; nil where it is one, or a flag.
  static func advice(for arguments: [String]) -> String? {
    let names = Footfall.configuration.subcommands.compactMap { $0.configuration.commandName } + ["help"]
    guard arguments.count > 1, !arguments[1].hasPrefix("-"), !names.contains(arguments[1]) else { return nil }
    let nearest = names.min { distance($0, arguments[1]) < distance($1, arguments[1]) }
    let meant = nearest.flatMap { distance($0, arguments[1]) <= 2 ? "; did you mean \($0)?" : nil }
    return "no command '\(arguments[1])'" + (meant ?? "; see footfall --help")
  }

  /// How many letters are to be changed, added or removed to make one text of the other (Levenshtein).
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
