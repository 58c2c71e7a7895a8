import Foundation
import Testing

/// No address and no user agent is on the disk: neither after an import nor after one that was killed.
@Suite struct PrivacyOnDiskTests {
  private static let names = ["vhost-0.log", "vhost-1.log.gz", "vhost-2.log", "combined-0.log", "combined-1"]

  /// Ways to kill an import.
  enum Death: String, CaseIterable {
    /// While it waits for a pipe that is no longer written, with the previous files committed but still in the WAL.
    case betweenFiles
    /// At arbitrary moments. Nothing may leak at any of them, and the remaining lines must be counted afterwards.
    case anywhere
  }

  private static let readFlags = """
    flags=(); while IFS= read -r word; do flags+=("$word"); done < ../../log/flags.txt

    """

  private static let betweenFiles = """
    mkfifo late; ln -s ../../log/vhost-* .
    "$FOOTFALL" import vhost-* late "${flags[@]}" --db stats.db --rejects rejects.txt --workers 2 > stdout 2> stderr & importer=$!
    exec 3> late; gzip -dc < vhost-1.log.gz | head -n 40 >&3
    until [ "$(stat -c %s stats.db-wal 2> /dev/null || echo 0)" -gt 200000 ]; do sleep 0.05; kill -0 $importer; done
    kill -KILL $importer; wait $importer || true; rm late
    ls stats.db stats.db-wal stats.db-shm stats.db.lock stats.db.vault/ledger.key
    """

  private static let anywhere = """
    ln -s ../../log/vhost-* .
    for delay in 0.05 0.1 0.2 0.4 0.8 1.6; do
      "$FOOTFALL" import vhost-* "${flags[@]}" --db stats.db --rejects rejects.txt > stdout 2> stderr & importer=$!
      sleep $delay; kill -KILL $importer || true; wait $importer || true
    done
    """

  @Test(arguments: Death.allCases) func killedImportsLeaveNothingAndAreResumed(_ death: Death) async throws {
    let log = try await RandomLog(seed: 5, visitors: 1_500)
    let logs = Self.names.map { log.folder.appendingPathComponent($0).path }
    let folders = [try log.scratch.subfolder("one/db"), try log.scratch.subfolder("two/db")]
    for folder in folders {
      try await log.addSites(folder.appendingPathComponent("stats.db"))
      try await log.scratch.bash(
        Self.readFlags + (death == .betweenFiles ? Self.betweenFiles : Self.anywhere), in: folder)
      try await log.scratch.bash("rm vhost-*", in: folder)
    }
    let killed = try await LeakSearch(for: logs, in: folders, with: log.scratch)
    #expect(killed.leaks == [])
    if death == .betweenFiles { #expect(killed.pages >= 5) }

    let database = folders[0].appendingPathComponent("stats.db")
    _ = try await log.import(database)
    #expect(try await log.difference(database) == [])
    let finished = try await LeakSearch(for: logs, in: folders, with: log.scratch)
    #expect(finished.leaks == [])
    #expect(finished.pages >= 5)
  }

  /// The search works: it finds its texts all over the log itself, even a compressed one.
  @Test func searchFindsWhatIsThere() async throws {
    let log = try await RandomLog(seed: 6, visitors: 50)
    let place = try log.scratch.subfolder("place")
    var data = try Data(contentsOf: log.folder.appendingPathComponent("combined-0.log"))
    for number in UInt8.min...UInt8.max { data += [192, 0, 2, number, 198, 51, 100, number, 203, 0, 113, number] }
    try data.write(to: place.appendingPathComponent("leaking"))
    let logs = Self.names.map { log.folder.appendingPathComponent($0).path }
    let found = try await LeakSearch(for: logs, in: [place], with: log.scratch)
    #expect(found.leaks.map(\.kind).sorted() == ["address", "agent", "packed"])
    #expect(found.pages > 0)
  }
}
