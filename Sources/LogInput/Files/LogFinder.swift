import Glibc

/// Finds the files that a command's arguments refer to, and the logs among the files of folders.
///
/// What a file looks like is cached until the file changes, so that folders can be searched again and again.
public final class LogFinder {
  /// How much of a file is examined, in bytes after decompression.
  public static let firstBytes = 64 * 1_024
  /// How many levels of folders are searched.
  private static let mostDepth = 16

  private let content: (Span<UInt8>) -> LogContent
  /// The facts of files when they were examined, and whether they are logs.
  private var seen: [String: (facts: FileFacts, isLog: Bool)] = [:]

  /// Creates a finder.
  ///
  /// - Parameter content: classifies a file by its first ``firstBytes`` bytes, or by all of them if there are fewer.
  public init(content: @escaping (Span<UInt8>) -> LogContent) {
    self.content = content
  }

  /// Returns the files that an argument refers to, or throws the reason if there are none.
  ///
  /// A folder refers to the files in it and below that are named like logs (``LogName``) or look like access logs,
  /// whatever their names. Files that are named like access logs are not examined. Error logs and hidden files are
  /// skipped, and so are empty files unless they are named like logs. A pattern is expanded if the shell has not
  /// done so.
  public func files(of argument: String) throws(InputError) -> InputFiles {
    if argument == InputPath.standardInput { return InputFiles(files: [argument]) }
    if argument.contains(where: { "*?[".contains($0) }), (try? FileFacts.kind(argument)) == nil {
      let found = InputPath.paths(matching: argument)
      guard !found.isEmpty else { throw .nothingMatches(argument) }
      var files = InputFiles()
      for path in found { files.add(try self.files(of: path)) }
      return files
    }
    switch try FileFacts.kind(argument) {
    case .file: return InputFiles(files: [argument])
    case .other:
      guard InputPath.isPipe(argument) else { throw .noRegularFile(argument) }
      return InputFiles(files: [argument])
    case .folder:
      var (logs, others): ([String], [String]) = ([], [])
      search(argument, above: [], &logs, &others)
      guard !logs.isEmpty else { throw .folderWithoutLogs(argument) }
      return InputFiles(
        files: logs.sorted(by: NaturalOrder.isBefore),
        skipped: others.isEmpty ? [] : [InputFiles.Skipped(others, of: argument)])
    }
  }

  /// Sorts the files of a folder and below into logs and others.
  ///
  /// - Parameter above: the folders that contain it, so that a folder that contains itself is not searched again.
  private func search(_ folder: String, above: [FolderID], _ logs: inout [String], _ others: inout [String]) {
    guard let id = FolderID(path: folder), !above.contains(id), above.count < Self.mostDepth,
      let directory = unsafe opendir(folder)
    else { return }
    defer { unsafe closedir(directory) }
    while let entry = unsafe readdir(directory) {
      // Safe because the entry holds a NUL-terminated text until the next call.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      switch try? FileFacts.kind(path) {
      case .folder: search(path, above: above + [id], &logs, &others)
      case .file: if isLog(path, name) { logs.append(path) } else { others.append(path) }
      default: continue
      }
    }
  }

  private func isLog(_ path: String, _ name: String) -> Bool {
    if LogName.isAccessLog(name) { return true }
    guard let facts = FileFacts(path: path) else { return false }
    // A log stays a log as it grows. An empty file has shown nothing yet.
    if let known = seen[path],
      known.facts == facts || known.isLog && known.facts.size > 0 && known.facts.isSameFile(as: facts)
    {
      return known.isLog
    }
    let isLog = looksLikeLog(path, isCalledLog: LogName.isLog(name), facts)
    seen[path] = (facts, isLog)
    return isLog
  }

  /// Whether a file is a log. A file that cannot be read counts as one if it is named like one, so that reading it
  /// reports the reason.
  private func looksLikeLog(_ path: String, isCalledLog: Bool, _ facts: FileFacts) -> Bool {
    guard facts.size > 0, let source = try? ByteSource(path: path) else { return isCalledLog }
    var bytes = [UInt8](repeating: 0, count: Self.firstBytes)
    var count = 0
    while count < bytes.count {
      let got = source.read(into: &bytes, at: count)
      if got == 0 { break }
      count += got
    }
    return switch content(bytes.span.extracting(first: count)) {
    case .accessLog: true
    case .errorLog: false
    case .other: isCalledLog
    }
  }
}

/// The identity of a folder.
private struct FolderID: Equatable {
  private let device: dev_t
  private let inode: ino_t

  /// Identifies the folder at a path; nil if there is none.
  init?(path: String) {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return nil }
    (device, inode) = (facts.st_dev, facts.st_ino)
  }
}
