import Glibc

/// Turns the arguments of a command into the files they mean.
public enum InputPath {
  /// Standard input.
  public static let standardInput = "-"

  /// The files that an argument means, in natural order (`.2` before `.10`), or why it means none.
  ///
  /// A folder means the files in it and below that look like logs: `*.log`, `*access*`, `*.log.1`, `*.log-20260901`, each
  /// also with `.gz`, `.bz2`, `.xz` and `.zst`; hidden files are left out. A pattern is expanded where the shell has not done it.
  public static func files(of argument: String) throws(InputError) -> [String] {
    if argument == standardInput { return [argument] }
    if argument.contains(where: { "*?[".contains($0) }), (try? FileFacts.kind(argument)) == nil {
      let found = paths(matching: argument)
      guard !found.isEmpty else { throw .nothingMatches(argument) }
      var files: [String] = []
      for path in found { files += try self.files(of: path) }
      return files
    }
    switch try FileFacts.kind(argument) {
    case .file: return [argument]
    case .other: return try isReadableStream(argument)
    case .folder:
      let files = logs(below: argument, depth: 0).sorted(by: NaturalOrder.isBefore)
      guard !files.isEmpty else { throw .folderWithoutLogs(argument) }
      return files
    }
  }

  /// The bytes of files on disk, for telling progress; nil where one of them has no size.
  public static func totalBytes(of files: [String]) -> Int? {
    var total = 0
    for file in files {
      guard let facts = FileFacts(path: file) else { return nil }
      total += Int(facts.size)
    }
    return total
  }

  /// Named pipes can be read, such as those of the shell's `<(…)`; devices and sockets cannot.
  private static func isReadableStream(_ path: String) throws(InputError) -> [String] {
    var facts = stat()
    guard unsafe stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFIFO else {
      throw .noRegularFile(path)
    }
    return [path]
  }

  /// The paths that fit a pattern, in natural order.
  public static func paths(matching pattern: String) -> [String] {
    var found = unsafe glob_t()
    defer { unsafe globfree(&found) }
    guard unsafe glob(pattern, 0, nil, &found) == 0 else { return [] }
    // Safe because glob filled in gl_pathc texts that live until globfree.
    let paths = unsafe (0..<Int(found.gl_pathc)).compactMap { index in
      unsafe found.gl_pathv[index].map { unsafe String(cString: $0) }
    }
    return paths.sorted(by: NaturalOrder.isBefore)
  }

  private static func logs(below folder: String, depth: Int) -> [String] {
    guard depth < 16, let directory = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(directory) }
    var files: [String] = []
    while let entry = unsafe readdir(directory) {
      // Safe because the entry holds a text that ends in NUL until the next call.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      guard !name.hasPrefix(".") else { continue }
      let path = folder.hasSuffix("/") ? folder + name : folder + "/" + name
      switch try? FileFacts.kind(path) {
      case .folder: files += logs(below: path, depth: depth + 1)
      case .file where LogName.isLog(name): files.append(path)
      default: continue
      }
    }
    return files
  }
}
