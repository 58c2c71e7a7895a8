/// What is wrong with a configuration file, and where.
public struct ConfigFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file as it was named.
  public var file: String
  /// Line and column, from 1; nil where the file as a whole is meant.
  public var place: ConfigPlace?
  /// What is wrong and what to do.
  public var reason: String

  /// Bundles what is wrong.
  public init(file: String, place: ConfigPlace?, reason: String) {
    self.file = file
    self.place = place
    self.reason = reason
  }

  /// `file:line:column: reason`.
  public var description: String {
    file + (place.map { ":\($0.line):\($0.column)" } ?? "") + ": " + reason
  }
}

/// All that is wrong with a configuration file.
public struct ConfigFaults: Error, Equatable, CustomStringConvertible {
  /// What is wrong, in the order of the file.
  public var faults: [ConfigFault]

  /// Bundles faults.
  public init(_ faults: [ConfigFault]) {
    self.faults = faults
  }

  /// A line for each.
  public var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// A line and a column of a text, from 1.
public struct ConfigPlace: Equatable, Sendable, Comparable {
  /// The line.
  public var line: Int
  /// The column, in characters.
  public var column: Int

  /// A place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// In order of the text.
  public static func < (left: ConfigPlace, right: ConfigPlace) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
