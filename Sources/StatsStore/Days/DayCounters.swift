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
      db.cachedStatement(sql: "SELECT max(run) AS last, count(*) AS pieces FROM run WHERE site = ? AND day = ?"),
      arguments: [Int64(site), day])
    last = row?["last"]
    pieces = row?["pieces"] ?? 0
  }
}

/// Counts days ahead of whoever writes them, several at a time, each by a thread with a connection of its own.
///
/// Most of a day's cost is reading and adding up its hits. Memory is bounded: days that may take much are left to whoever
/// writes.
struct DayCounters {
  /// A dirty day with the number of its hits.
  struct Day {
    let rebuild: DayRebuild
    let hits: Int
    /// How many texts it may name at most: those of the dictionary.
    let texts: Int

    /// How much memory counting it takes at most, as measured: a hit some 25 bytes, a text some 500 with what malloc keeps of it.
    var bytes: Int { hits * 25 + min(hits, texts) * 500 }
  }

  /// How many bytes counting takes at a time.
  static let mostBytes = 150_000_000
  /// With fewer hits in all, opening connections takes as long as it saves.
  static let fewestHits = 100_000
  private static let mostThreads = 8
  /// So many days wait to be written at most.
  private static let mostDays = 64

  private let readers: [DatabaseQueue]
  private let mostBytes: Int

  /// - Returns: nil where one thread is as good.
  init?(
    for days: [Day], path: String, cores: Int = ProcessInfo.processInfo.activeProcessorCount,
    fewestHits: Int = Self.fewestHits, mostBytes: Int = Self.mostBytes
  ) {
    let threads = min(cores, days.count, Self.mostThreads)
    self.mostBytes = mostBytes
    guard threads > 1, days.reduce(0, { $0 + $1.hits }) >= fewestHits,
      let readers = try? (0..<threads).map({ _ in try StatsStore.reader(path: path) })
    else { return nil }
    self.readers = readers
  }

  /// Starts to count the first of some days.
  ///
  /// - Parameter dictionary: has texts at hand.
  /// - Returns: nil where whoever writes had better count the first day itself.
  func start(_ days: ArraySlice<Day>, _ dictionary: TextDictionary) -> DaysAhead? {
    var bytes = 0
    let first = days.prefix(Self.mostDays).prefix { day in
      bytes += day.bytes
      return bytes <= mostBytes
    }
    return first.count > 1 ? DaysAhead(first, dictionary, readers) : nil
  }
}

/// Some days that are being counted, while those in front of them are written.
final class DaysAhead: Sendable {
  /// The places of the days.
  let places: Range<Int>
  private let counted = Mutex<[Int: CountedDay]>([:])
  /// The place of the day to be counted next.
  private let next: Atomic<Int>
  /// Signalled when a day is done, by the day's place from the first.
  private let done: [DispatchSemaphore]
  private let threads = DispatchGroup()

  fileprivate init(_ days: ArraySlice<DayCounters.Day>, _ dictionary: TextDictionary, _ readers: [DatabaseQueue]) {
    places = days.indices
    next = Atomic(places.lowerBound)
    done = days.map { _ in DispatchSemaphore(value: 0) }
    for reader in readers {
      DispatchQueue.global().async(group: threads) { [self] in
        while true {
          let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
          guard place < places.upperBound else { return }
          let day = try? reader.read { try days[place].rebuild.counted(dictionary, $0) }
          counted.withLock { $0[place] = day }
          done[place - places.lowerBound].signal()
        }
      }
    }
  }

  /// Waits for a day and hands it over; to be asked for once.
  ///
  /// - Returns: nil where it is none of these or could not be counted; whoever writes counts it and is told what is wrong.
  func take(_ place: Int) -> CountedDay? {
    guard places.contains(place) else { return nil }
    done[place - places.lowerBound].wait()
    return counted.withLock { $0.removeValue(forKey: place) }
  }

  /// Lets the days be that nobody has asked for, and waits until no thread works on one.
  func giveUp() {
    next.store(places.upperBound, ordering: .relaxed)
    threads.wait()
  }
}
