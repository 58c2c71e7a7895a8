import Foundation
import TestSupport
import Testing

/// In folders, logs are recognised by their contents.
@Suite struct FolderTests {
  private static let formats = CommandRunner.fixtures.appendingPathComponent("formats").path

  /// Logs of all formats, under meaningless names.
  @Test func logsAreFoundWhateverTheyAreCalled() async throws {
    let workshop = try Workshop()
    try await workshop.bash(
      "mkdir logs; n=0; for log in \(Self.formats)/*.log; do n=$((n + 1)); cp $log logs/file$n; done")
    // Some of the logs share lines, so a short one may be sampled as a rearranged copy of others.
    let found = try await workshop.importing(workshop.path("logs"), ["--overlap", "new"])
    #expect(found.code == 0, "\(found.errors)")
    try await workshop.bash("cat logs/file* > all && ls logs/file* > names")
    let names = try String(contentsOfFile: workshop.path("names"), encoding: .utf8).split(separator: "\n")
    #expect(names.count > 15)
    #expect(found.files == names.count)
  }

  /// Files in server folders that are not access logs are skipped and named.
  @Test func otherFilesAreSkipped() async throws {
    let workshop = try Workshop()
    try await workshop.bash(
      """
      mkdir -p logs/below
      cp \(Self.formats)/combined.log logs/site-Nov-2024
      gzip -c \(Self.formats)/common.log > logs/below/example.com-ssl_log.4
      printf '%s\\n' '2024/10/10 13:55:36 [error] 1234#1234: *1 open() failed, client: 192.0.2.1, request: "GET /x HTTP/1.1"' \\
        | tee logs/error.log > logs/example.com.log
      printf '%s\\n' '[Wed Oct 11 14:32:52.123456 2023] [core:error] [pid 35708:tid 4] [client 192.0.2.1:1] no file' \\
        | tee logs/error_log > logs/ssl.log
      printf '%s\\n' '2024-10-10 10:00:00 status installed base-files:amd64 12.4' > logs/dpkg
      printf '%s\\n' '{"level":"info","time":"2024-10-10T10:00:00Z","msg":"started"}' > logs/application
      printf 'date,visitors\\n2024-10-10,12\\n' > logs/table.csv
      head -c 100000 /dev/zero > logs/zeros
      cp "$(command -v ls)" logs/program
      : > logs/empty; : > logs/access.log; : > logs/.hidden
      tar -cf logs/logs.tar logs/site-Nov-2024
      """)
    for database in ["outside.db", "logs/inside.db", "logs/inside.db"] {
      let result = try await workshop.footfall("import", "logs", "--site", "example.com", "--db", database)
      #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
      for file in ["site-Nov-2024", "below/example.com-ssl_log.4", "access.log"] {
        #expect(result.output.contains("logs/\(file) ") || result.output.contains("logs/\(file)\n"), "\(result.output)")
      }
      let names =
        "like access logs: application, dpkg, empty, error.log, error_log, …; to import one anyway, name the file itself\n"
      let head =
        database == "outside.db" ? "\nlogs: skipped 11 files that do not look " : " files that do not look "
      #expect(result.output.contains(head + names), "\(result.output)")
    }
    let alone = try await workshop.footfall(
      "import", "logs/e*", "logs/below", "--site", "example.com")
    #expect(alone.code == 2, "a glob names its files, whatever they contain")
  }

  /// With a format of the operator, its logs are found as well; `collect` finds files of requests.
  @Test func logsOfAnAskedFormatAreFound() async throws {
    let workshop = try Workshop()
    try await workshop.bash(
      """
      mkdir logs && printf '%s\\n' '192.0.2.1|1731232800|/page|200' > logs/own && echo nothing > logs/other
      printf '%s\\n' '{"tracking_id":"gx_ABCDEFGHIJKL","url":"https://example.com/","pathname":"/"}' > logs/requests
      """)
    let own = try await workshop.importing(
      workshop.path("logs"), ["--format", "$remote_addr|$msec|$request_uri|$status"])
    #expect(own.code == 0 && own.lines == 1, "\(own.errors)")
    let requests = try await workshop.footfall("collect", workshop.path("logs"), "--json", "--config", "none")
    #expect(try ImportBooks(requests).files == 1, "\(requests.errors)")
  }

  /// If many files are not logs, a few are named and all are counted.
  @Test func filesOfALargeFolderAreCounted() async throws {
    let workshop = try Workshop()
    try await workshop.bash(
      """
      mkdir logs && cp \(Self.formats)/combined.log logs/one
      seq -f 'Nov 10 10:00:00 host program[%g]: started, and stopped again' 1 2000 > text
      for n in $(seq 60); do ln text logs/text$n; done
      """)
    let result = try await workshop.footfall("import", "logs", "--site", "example.com")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("logs: skipped 60 files that do not look "), "\(result.output)")
  }
}
