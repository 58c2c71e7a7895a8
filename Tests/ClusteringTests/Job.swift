import Clustering
import Foundation
import ImportSupport
import Importing
import StatsStore
import TestSupport

/// A job over the logs of a scratch folder, run step by step in this process.
struct Job {
  let scratch: Scratch
  let key: JobKey

  /// Makes a job over the sites of the scratch's database.
  init(ofSitesIn scratch: Scratch) throws {
    self.scratch = scratch
    key = try JobKey(newFor: scratch.database, site: nil, timeZone: nil, definitions: [], wait: 0)
  }

  /// Makes a job that counts all lines for one site.
  init(_ scratch: Scratch, site: String = "example.com") throws {
    self.scratch = scratch
    key = try JobKey(
      newFor: scratch.database, site: site, timeZone: "Europe/Berlin", definitions: [], wait: 0)
  }

  /// Returns what `map` writes for some files, line by line.
  func map(_ paths: [String], key other: JobKey? = nil) throws -> [String] {
    var bytes = Data()
    let mapping = try Mapping(scratch.options(paths, site: nil), key: other ?? key, name: nil)
    try mapping.run(to: LineOutput { bytes += $0 }, onProblem: { _ in })
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Returns what `reduce` writes for some lines.
  func reduce(_ lines: [String]) throws -> Data {
    let path = try scratch.write(lines, to: "sorted-\(UUID().uuidString)")
    var part = Data()
    try Reducing(path).run(to: LineOutput { part += $0 })
    return part
  }

  /// Distributes lines over several lists, sorted by their bytes. The lines of a visitor's day stay together.
  static func shuffled(_ lines: [String], into reducers: Int) -> [[String]] {
    var lists = [[String]](repeating: [], count: reducers)
    for line in lines.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let key = line.split(separator: "\t", omittingEmptySubsequences: false).prefix(3).joined().utf8
      lists[key.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % reducers].append(line)
    }
    return lists
  }

  /// Returns the parts of a whole job, as files.
  func parts(of files: [[String]], reducers: Int) throws -> [String] {
    let lines = try files.flatMap { try map($0) }
    return try Self.shuffled(lines, into: reducers).map { try write(try reduce($0)) }
  }

  /// Writes a part to a file and returns its path.
  func write(_ part: Data) throws -> String {
    let path = scratch.folder + "/part-" + UUID().uuidString
    try part.write(to: URL(fileURLWithPath: path))
    return path
  }

  /// Merges parts.
  func merge(_ parts: [String], replaces: Bool = false, files: Int? = nil, now: Int64 = 1_800_000_000) throws {
    let merging = try JobMerging(
      parts, into: scratch.database, replaces: replaces, expectedFiles: files, wait: 0, version: "test", now: now)
    _ = try merging.run(now: now)
  }
}
