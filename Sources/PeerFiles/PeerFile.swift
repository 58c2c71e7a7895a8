public import Hits

/// What was read from a file of another program.
public struct PeerFile: Sendable {
  /// Its periods, in order.
  public var parts: [PastPart]
  /// What the file does not tell, or what its numbers mean, for the user; without values of the file.
  public var remarks: [String]

  /// Creates a file.
  public init(parts: [PastPart], remarks: [String] = []) {
    self.parts = parts
    self.remarks = remarks
  }
}

/// Why a file of another program cannot be read. Nothing of it is used. Never contains values of the file, except numbers
/// and dates of periods.
public struct PeerFileError: Error, Equatable, CustomStringConvertible {
  /// The line, from 1; nil if the file as a whole is at fault.
  public var line: Int?
  /// What is wrong, why, and what to do.
  public var reason: String

  /// Creates an error.
  public init(line: Int? = nil, _ reason: String) {
    self.line = line
    self.reason = reason
  }

  /// Line, reason and remedy.
  public var description: String { (line.map { "line \($0): " } ?? "") + reason }
}
