import Foundation

/// The addresses and user agents of logs that a search of folders has found.
struct LeakSearch: Equatable {
  /// A kind of text and the file that contains it.
  struct Leak: Hashable {
    var kind: String
    var file: String
  }

  /// The leaks: addresses, as text or packed, and user agents. It does not contain the texts themselves.
  private(set) var leaks: Set<Leak> = []
  /// How many pages of the logs were found; they prove that the search finds stored text.
  private(set) var pages = 0

  /// Searches every byte of every file in the folders for the addresses and user agents of the logs.
  init(for logs: [String], in folders: [URL], with scratch: Scratch) async throws {
    let report = try await scratch.script("leaks.py", logs + ["--"] + folders.map(\.path))
    for line in report.split(separator: "\n") {
      let words = line.split(separator: "\t").map(String.init)
      guard words.count == 3 else { continue }
      if words[0] == "page" { pages += 1 } else { leaks.insert(Leak(kind: words[0], file: words[2])) }
    }
  }
}
