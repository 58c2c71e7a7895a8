/// The files that an argument means.
public struct InputFiles: Equatable, Sendable {
  /// Files of a folder that are left out, because they do not look like access logs.
  public struct LeftOut: Equatable, Sendable {
    /// How many of them are named.
    static let mostNames = 5

    /// The folder, as given.
    public var folder: String
    /// How many files of it and below are left out.
    public var count: Int
    /// The first ones in natural order, as paths below the folder.
    public var names: [String]

    /// Leaves out files of a folder, in any order.
    init(_ files: [String], of folder: String) {
      self.folder = folder
      count = files.count
      let prefix = folder.hasSuffix("/") ? folder.count : folder.count + 1
      names = files.sorted(by: NaturalOrder.isBefore).prefix(Self.mostNames).map { String($0.dropFirst(prefix)) }
    }
  }

  /// The files to read, those of each folder and pattern in natural order (`.2` before `.10`).
  public var files: [String] = []
  /// What is left out of the folders among them.
  public var leftOut: [LeftOut] = []

  /// Adds others.
  mutating func add(_ other: InputFiles) {
    files += other.files
    leftOut += other.leftOut
  }
}
