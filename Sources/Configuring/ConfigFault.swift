/// An error in a configuration file, and its place.
public struct ConfigFault: Error, Equatable, Sendable, CustomStringConvertible {
  /// The path of the file, as given.
  public var file: String
  /// The line and column, from 1; nil for the file as a whole.
  public var place: ConfigPlace?
  /// What is wrong and what to do.
  public var reason: String

  /// Creates a fault.
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

/// All errors in a configuration file.
public struct ConfigFaults: Error, Equatable, CustomStringConvertible {
  /// The errors, in the order of the file.
  public var faults: [ConfigFault]

  /// Creates a list of faults.
  public init(_ faults: [ConfigFault]) {
    self.faults = faults
  }

  /// One line for each error.
  public var description: String { faults.map(\.description).joined(separator: "\n") }
}

/// A line and a column of a text, from 1.
public struct ConfigPlace: Equatable, Sendable, Comparable {
  /// The line.
  public var line: Int
  /// The column, in characters.
  public var column: Int

  /// Creates a place.
  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Compares places by their order in the text.
  public static func < (left: ConfigPlace, right: ConfigPlace) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}
