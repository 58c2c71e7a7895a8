import Dispatch
import Foundation
import GRDB
import Rollups
import Synchronization

/// What a day's hits come to, before it is written.
struct CountedDay: Sendable {
  let rollup: DayRollup
  let texts: DayTexts
  /// The runs that were read.
  let runs: RunExtent
}

/// Which runs a day has: it changes with each one that is added.
struct RunExtent: Equatable, Sendable {
  private let last: Int64?
  private let pieces: Int

  init(site: UInt32, day: Int32, _ db: Database) throws {
    let row = try Row.fetchOne(
      db, sql: "SELECT max(run) AS last, count(*) AS pieces FROM run WHERE site = ? AND day = ?",
      arguments: [Int64(site), day])
    last = row?["last"]
    pieces = row?["pieces"] ?? 0
  }
}

/// Counts several days at a time, each by a thread with a connection of its own, before any of them is written.
///
/// Nearly all of a day's cost is reading and adding up its hits. Memory is bounded: a day of very many hits is left to whoever
/// writes.
struct DayCounters {
  /// A dirty day with the number of its hits.
  struct Day {
    let rebuild: DayRebuild
    let hits: Int
  }

  /// So many hits are counted at a time at most: they take some 25 bytes each, and up to 500 where each is of another page.
  static let mostHits = 400_000
  /// With fewer hits in all, opening connections takes as long as it saves.
  static let fewestHits = 100_000
  private static let mostThreads = 8
  /// So many days wait to be written at most.
  private static let mostDays = 64

  private let readers: [DatabaseQueue]
  private let mostHits: Int

  /// - Returns: nil where one thread is as good.
  init?(
    for days: [Day], path: String, cores: Int = ProcessInfo.processInfo.activeProcessorCount,
    fewestHits: Int = Self.fewestHits, mostHits: Int = Self.mostHits
  ) {
    let threads = min(cores, days.count, Self.mostThreads)
    self.mostHits = mostHits
    guard threads > 1, days.reduce(0, { $0 + $1.hits }) >= fewestHits,
      let readers = try? (0..<threads).map({ _ in try StatsStore(path: path, mode: .read).queue })
    else { return nil }
    self.readers = readers
  }

  /// Counts the first of some days.
  ///
  /// - Parameter dictionary: has texts at hand.
  /// - Returns: those that could be counted, by their place; whoever writes counts the others and is told what is wrong.
  func count(_ days: ArraySlice<Day>, _ dictionary: TextDictionary) -> [Int: CountedDay] {
    var hits = 0
    let first = days.prefix(Self.mostDays).prefix { day in
      hits += day.hits
      return hits <= mostHits
    }
    guard first.count > 1 else { return [:] }
    let counted = Mutex<[Int: CountedDay]>([:])
    DispatchQueue.concurrentPerform(iterations: readers.count) { thread in
      for place in stride(from: first.startIndex + thread, to: first.endIndex, by: readers.count) {
        let day = try? readers[thread].read { try days[place].rebuild.counted(dictionary, $0) }
        counted.withLock { $0[place] = day }
      }
    }
    return counted.withLock { $0 }
  }
}
