import Glibc

/// Interprets the paths of inputs. ``LogFinder`` finds the files of an argument.
public enum InputPath {
  /// Standard input.
  public static let standardInput = "-"

  /// Returns the total size of files on disk, to show progress; nil if one of them has no size.
  public static func totalBytes(of files: [String]) -> Int? {
    var total = 0
    for file in files {
      guard let facts = FileFacts(path: file) else { return nil }
      total += Int(facts.size)
    }
    return total
  }

  /// Whether a path is a named pipe, such as those of the shell's `<(…)`. Pipes can be read; devices and sockets
  /// cannot.
  static func isPipe(_ path: String) -> Bool {
    var facts = stat()
    return unsafe stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFIFO
  }

  /// Returns the paths that match a pattern, in natural order.
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
}
