import Foundation

/// What a search for addresses and agents of logs in the files of folders has found.
struct LeakSearch: Equatable {
  /// A kind of text and the file it is in.
  struct Leak: Hashable {
    var kind: String
    var file: String
  }

  /// Addresses, as text or packed, and agents; nothing of the texts themselves.
  private(set) var leaks: Set<Leak> = []
  /// How many pages of the logs were found: that many prove that what is stored is found.
  private(set) var pages = 0

  /// Searches every byte of every file below the folders for what clients are called in the logs.
  init(for logs: [String], in folders: [URL], with scratch: Scratch) async throws {
    let report = try await scratch.script("leaks.py", logs + ["--"] + folders.map(\.path))
    for line in report.split(separator: "\n") {
      let words = line.split(separator: "\t").map(String.init)
      guard words.count == 3 else { continue }
      if words[0] == "page" { pages += 1 } else { leaks.insert(Leak(kind: words[0], file: words[2])) }
    }
  }
}
