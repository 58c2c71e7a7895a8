import Foundation
import TestSupport

/// Headless Chromium.
enum Browser {
  /// What a page became.
  struct Seen {
    /// The document after its script has run, written out again.
    var document: String
    /// All requests that were made, as the browser logs them.
    var network: String
    /// What the page and the browser said on the console.
    var messages: String
  }

  private static let program = "/usr/bin/chromium"

  static var isThere: Bool { FileManager.default.isExecutableFile(atPath: program) }

  /// Opens a document from a file and waits until it has done what it does by itself.
  static func open(_ html: String) async throws -> Seen {
    let folder = try TemporaryFolder()
    try folder.write(Array(html.utf8), to: "page.html")
    let work = URL(fileURLWithPath: folder.path)
    let result = try await ChildProcess.run(
      program,
      [
        // The tests may run as root, where Chromium has no sandbox; no name is to be resolved outside.
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=" + folder.path("profile"), "--enable-logging=stderr",
        "--log-net-log=" + folder.path("net.json"), "--virtual-time-budget=3000", "--dump-dom",
        "file://" + folder.path("page.html"),
      ], in: work, environment: BuiltFootfall.surroundings(home: work))
    let network = try String(contentsOfFile: folder.path("net.json"), encoding: .utf8)
    // The log of requests begins with the command line.
    return Seen(document: result.output, network: network, messages: result.errors)
  }
}
