/// The files that an argument refers to.
public struct InputFiles: Equatable, Sendable {
  /// Files of a folder that are skipped because they do not look like access logs.
  public struct Skipped: Equatable, Sendable {
    /// The most files that are listed by name.
    static let mostNames = 5

    /// The folder, as given.
    public var folder: String
    /// The number of files skipped in the folder and below.
    public var count: Int
    /// The first of these files in natural order, as paths below the folder.
    public var names: [String]

    /// Describes skipped files of a folder, in any order.
    init(_ files: [String], of folder: String) {
      self.folder = folder
      count = files.count
      let prefix = folder.hasSuffix("/") ? folder.count : folder.count + 1
      names = files.sorted(by: NaturalOrder.isBefore).prefix(Self.mostNames).map { String($0.dropFirst(prefix)) }
    }
  }

  /// The files to read, those of each folder and pattern in natural order (`.2` before `.10`).
  public var files: [String] = []
  /// The files skipped in the folders among them.
  public var skipped: [Skipped] = []

  /// Adds other files.
  mutating func add(_ other: InputFiles) {
    files += other.files
    skipped += other.skipped
  }
}
