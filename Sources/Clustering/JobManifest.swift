import ByteScanning
import Hits
import Ledger
import Sealing
import StatsStore

/// The content of the books of all runs of a job, with the site ids of a database.
struct JobManifest {
  /// What must be the same in all runs.
  struct Head: Equatable {
    var ledger: String
    var job: String
    var rules: String
  }

  /// What was the same in all runs.
  private(set) var head = Head(ledger: "", job: "", rules: "")
  /// The files in order of their names.
  private(set) var files: [JobFile] = []
  private let sites: [String: UInt32]

  /// Reads books.
  ///
  /// - Parameter sites: the ids of sites by their hosts.
  /// - Throws: ``Refusal`` if they belong to different jobs, or name a site that does not exist.
  init(_ books: [String: [JobResult.ManifestRow]], sites: [String: UInt32]) throws {
    self.sites = sites
    for run in books.keys.sorted() {
      var current: JobFile?
      for row in books[run] ?? [] {
        if row.kind == .file || row.kind == .end, let file = current { files.append(file) }
        guard try read(row, &current) else {
          throw Refusal.failed("the books of a run of footfall map are malformed; run the job again")
        }
      }
    }
    files.sort { $0.name < $1.name }
  }

  private mutating func read(_ row: JobResult.ManifestRow, _ file: inout JobFile?) throws -> Bool {
    let columns = row.columns
    switch row.kind {
    case .begin: return try readHead(columns)
    case .file:
      guard columns.count == 2 else { return false }
      file = JobFile(name: columns[0], format: columns[1])
    case .outcome:
      guard columns.count == 4, let outcome = Outcome(name: columns[2]), let lines = Int(columns[3]) else {
        return false
      }
      let day = columns[1].isEmpty ? OutcomeKey.noDay : DayName.day(named: columns[1])
      guard let day else { return false }
      file?.outcomes[OutcomeKey(site: try site(columns[0]), day: day, outcome: outcome)] = lines
    case .robot, .feed: break  // JobResult has added them up.
    case .hours:
      guard columns.count == 4, let day = DayName.day(named: columns[1]), let hour = Int(columns[2]),
        let lines = Int(columns[3])
      else { return false }
      file?.hours[JobFile.Hour(site: try site(columns[0]), day: day, hour: hour)] = lines
    case .block:
      guard let block = Self.block(columns) else { return false }
      file?.blocks.append(block)
    case .end: break
    }
    return true
  }

  private mutating func readHead(_ columns: [String]) throws -> Bool {
    guard columns.count == 5 else { return false }
    guard columns[0] == StreamVersion.tag else {
      throw Refusal.failed("some lines were mapped by another version of footfall; use one version for the whole job")
    }
    let head = Head(ledger: columns[3], job: columns[2], rules: columns[4])
    if self.head.job.isEmpty { self.head = head }
    guard self.head.job == head.job, self.head.ledger == head.ledger else {
      throw Refusal.failed(
        "the parts belong to different jobs, whose visitors cannot be compared; merge one job after the other")
    }
    guard self.head.rules == head.rules else {
      throw Refusal.failed(
        "mappers used different user agent rules; give all of them the same rules (make setup, --data) and run the job again"
      )
    }
    return true
  }

  private static func block(_ columns: [String]) -> BlockName? {
    guard columns.count == 6, let id = HexDigits.bytes(columns[0]).flatMap({ BlockID(bytes: $0) }),
      let lines = Int(columns[1])
    else { return nil }
    let days = DayName.day(named: columns[4]).flatMap { first in DayName.day(named: columns[5]).map { (first, $0) } }
    if let days, days.0 > days.1 { return nil }
    return BlockName(
      id: id, lines: lines, isComplete: columns[2] == "complete", isStrong: columns[3] == "strong",
      days: days.map { $0.0...$0.1 })
  }

  private func site(_ host: String) throws -> UInt32 {
    if host.isEmpty { return 0 }
    guard let id = sites[host] else {
      throw Refusal.failed("the database has no site \(host); the job key was made for another database")
    }
    return id
  }
}
