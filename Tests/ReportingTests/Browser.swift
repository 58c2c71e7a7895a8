import Foundation
import TestSupport

/// Headless Chromium.
enum Browser {
  /// The result of opening a page.
  struct Seen {
    /// The document after its script has run, serialized.
    var document: String
    /// All requests that were made, from the browser's log.
    var network: String
    /// The console messages of the page and the browser.
    var messages: String
  }

  private static let program = "/usr/bin/chromium"

  static var isThere: Bool { FileManager.default.isExecutableFile(atPath: program) }

  /// Opens a document from a file and waits until it has settled.
  static func open(_ html: String) async throws -> Seen {
    let folder = try TemporaryFolder()
    try folder.write(Array(html.utf8), to: "page.html")
    let work = URL(fileURLWithPath: folder.path)
    let result = try await ChildProcess.run(
      program,
      [
        // The tests may run as root, where Chromium has no sandbox. External names must not be resolved.
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=" + folder.path("profile"), "--enable-logging=stderr",
        "--log-net-log=" + folder.path("net.json"), "--virtual-time-budget=3000", "--dump-dom",
        "file://" + folder.path("page.html"),
      ], in: work, environment: BuiltFootfall.environment(home: work))
    let network = try String(contentsOfFile: folder.path("net.json"), encoding: .utf8)
    // The log of requests begins with the command line.
    return Seen(document: result.output, network: network, messages: result.errors)
  }
}
