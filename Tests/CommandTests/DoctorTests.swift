import Foundation
import TestSupport
import Testing

/// What `footfall doctor` says of files that its user may not read or write. The superuser may read everything, so these
/// tests then become another user.
@Suite struct DoctorTests {
  private static let setup = """
    cp "$FOOTFALL" ./footfall; chmod 755 . footfall
    as_user() { if [ "$(id -u)" = 0 ]; then setpriv --reuid=65534 --regid=65534 --clear-groups "$@"; else "$@"; fi; }
    mkdir data logs
    cp "$FIXTURES/formats/combined.log" logs/access.log
    printf 'db = "data/stats.db"\\n[import]\\nsite = "example.com"\\nlogs = ["logs/access.log*"]\\n' > footfall.toml
    if [ "$(id -u)" = 0 ]; then chown 65534:65534 data logs; fi
    as_user ./footfall import --quiet
    doctor() { as_user ./footfall doctor "$@" | { grep -E "$check" || true; }; }

    """

  private func run(_ lines: String) async throws -> ChildProcess.Result {
    let workshop = try Workshop()
    let result = try await workshop.bash(
      "export FOOTFALL='\(BuiltFootfall.binary.path)' FIXTURES='\(CommandRunner.fixtures.path)'\n" + Self.setup + lines)
    return result
  }

  @Test func logsThatMayNotBeReadAreProblems() async throws {
    let result = try await run(
      """
      check=' logs '
      chmod 000 logs/access.log
      doctor
      chmod 640 logs/access.log
      if [ "$(id -u)" = 0 ]; then chgrp adm logs/access.log; doctor; else echo 'usermod -aG adm'; fi
      chmod 755 logs/access.log
      chmod 000 logs; if [ "$(id -u)" = 0 ]; then chown 0:0 logs; fi
      doctor
      """)
    #expect(result.errors.isEmpty, "\(result.errors)")
    let lines = result.output.split(separator: "\n")
    try #require(lines.count == 3, "\(result.output)")
    #expect(lines[0].hasPrefix("problem  logs") && lines[0].contains("access.log: no permission to read"))
    #expect(lines[0].contains("only its owner may read it"))
    #expect(lines[1].contains("usermod -aG adm"))
    #expect(lines[2].contains("logs: no permission to list it"))
  }

  @Test func aFolderThatMayNotBeWrittenIsAProblem() async throws {
    let result = try await run("check=' disk '; chmod 555 data; doctor; chmod 755 data")
    #expect(result.output.contains("problem  disk") && result.output.contains("no permission to write"))
  }

  @Test(.enabled(if: geteuid() == 0, "needs the superuser")) func anotherUserThanTheOwnerIsWarned() async throws {
    let result = try await run(
      """
      check=' (user|vault|disk) '
      { ./footfall doctor || true; } | grep -E "$check"
      chown -R 0:0 data/stats.db.vault
      { ./footfall doctor || true; } | grep -E ' vault '
      mkdir small; mount -t tmpfs -o size=2m none small
      { ./footfall doctor --config none --db small/stats.db || true; } | grep -E ' disk ' | sed 's/[0-9.]* MB/N MB/'
      umount small
      """)
    let lines = result.output.split(separator: "\n")
    try #require(lines.count == 5, "\(result.output)\(result.errors)")
    #expect(lines[0].hasPrefix("warning  user") && lines[0].contains("runuser -u"))
    #expect(lines[1].hasPrefix("ok       disk") && lines[2].hasPrefix("ok       vault"))
    #expect(lines[3].hasPrefix("problem  vault") && lines[3].contains("another user than the database"))
    #expect(lines[4].hasPrefix("problem  disk") && lines[4].contains("N MB free"))
  }
}
