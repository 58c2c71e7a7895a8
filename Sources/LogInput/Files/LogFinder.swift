import Glibc

/// Turns the arguments of a command into the files they mean, and tells the logs among the files of folders.
///
/// What was seen in a file is remembered until the file changes, so that folders can be searched again and again.
public final class LogFinder {
  /// How much of a file is looked at, in bytes as they are once unpacked.
  public static let firstBytes = 64 * 1_024
  /// How many folders deep is searched.
  private static let mostDepth = 16

  private let content: (Span<UInt8>) -> LogContent
  /// What files were when they were looked at, and whether they are logs.
  private var seen: [String: (facts: FileFacts, isLog: Bool)] = [:]

  /// - Parameter content: tells what the first bytes of a file look like: ``firstBytes`` of them, or all there are.
  public init(content: @escaping (Span<UInt8>) -> LogContent) {
    self.content = content
  }

  /// The files that an argument means, or why it means none.
  ///
  /// A folder means the files in it and below that are called like logs (``LogName``) or look like access logs, whatever
  /// they are called. Those that are called access logs are not looked into. Logs of errors and hidden files are left out,
  /// and so is what holds nothing, unless it is called like a log. A pattern is expanded where the shell has not done it.
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
        leftOut: others.isEmpty ? [] : [InputFiles.LeftOut(others, of: argument)])
    }
  }

  /// Parts the files of a folder and below into logs and others.
  ///
  /// - Parameter above: the folders it lies in, so that one that holds itself is not searched again.
  private func search(_ folder: String, above: [FolderID], _ logs: inout [String], _ others: inout [String]) {
    guard let id = FolderID(path: folder), !above.contains(id), above.count < Self.mostDepth,
      let directory = unsafe opendir(folder)
    else { return }
    defer { unsafe closedir(directory) }
    while let entry = unsafe readdir(directory) {
      // Safe because the entry holds a text that ends in NUL until the next call.
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
    // A log stays one as it grows; of one that was empty nothing was seen.
    if let known = seen[path],
      known.facts == facts || known.isLog && known.facts.size > 0 && known.facts.isSameFile(as: facts)
    {
      return known.isLog
    }
    let isLog = looksLikeLog(path, isCalledLog: LogName.isLog(name), facts)
    seen[path] = (facts, isLog)
    return isLog
  }

  /// Whether a file is a log. What cannot be read is one if it is called so: then whoever reads it is told why.
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

/// What tells a folder from all others.
private struct FolderID: Equatable {
  private let device: dev_t
  private let inode: ino_t

  /// Of the folder that a path leads to; nil where there is none.
  init?(path: String) {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0 else { return nil }
    (device, inode) = (facts.st_dev, facts.st_ino)
  }
}
