import Dispatch
import Foundation
import GRDB
import Rollups
import Synchronization

/// The counted hits of a day, before they are written.
struct CountedDay: Sendable {
  let sums: DaySums
  /// The runs that were read.
  let runs: RunExtent
}

/// Identifies the runs of a day. It changes with each run that is added.
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

/// Counts days ahead of the writer, several at a time, each on a thread with its own connection.
///
/// Most of the cost of a day is reading and summing up its hits. Memory is bounded: days that may need too much of
/// it are left to the writer.
struct DayCounters {
  /// A dirty day with the number of its hits.
  struct Day {
    let rebuild: DayRebuild
    let hits: Int
    /// The maximum number of texts it may use: those of the dictionary.
    let texts: Int

    /// The maximum memory for counting it, as measured: some 25 bytes for a hit, and some 500 for a text with the
    /// overhead of malloc.
    var bytes: Int { hits * 25 + min(hits, texts) * 500 }
  }

  /// The maximum memory used for counting at a time, in bytes.
  static let mostBytes = 150_000_000
  /// With fewer hits in total, opening connections takes as long as it saves.
  static let fewestHits = 100_000
  private static let mostThreads = 8
  /// The maximum number of days that wait to be written.
  private static let mostDays = 256

  private let readers: [DatabaseQueue]
  private let mostBytes: Int

  /// - Returns: nil if one thread is as fast.
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

  /// Starts to count the first of these days.
  ///
  /// - Parameter dictionary: the cached texts.
  /// - Returns: nil if the writer should count the first day itself.
  func start(_ days: ArraySlice<Day>, _ dictionary: TextDictionary) -> DaysAhead? {
    var bytes = 0
    let first = days.prefix(Self.mostDays).prefix { day in
      bytes += day.bytes
      return bytes <= mostBytes
    }
    return first.count > 1 ? DaysAhead(first, dictionary, readers) : nil
  }
}

/// Days that are being counted while earlier ones are written.
final class DaysAhead: Sendable {
  /// The indices of the days.
  let places: Range<Int>
  private let counted = Mutex<[Int: CountedDay]>([:])
  /// The index of the next day to count.
  private let next: Atomic<Int>
  /// Signalled when a day is done, by the day's offset from the first.
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

  /// Waits for a day and returns it. May be called once for each day.
  ///
  /// - Returns: nil if it is not one of these days or could not be counted. The writer then counts it and gets the
  ///   error.
  func take(_ place: Int) -> CountedDay? {
    guard places.contains(place) else { return nil }
    done[place - places.lowerBound].wait()
    return counted.withLock { $0.removeValue(forKey: place) }
  }

  /// Abandons the days that were not requested, and waits until no thread is counting.
  func giveUp() {
    next.store(places.upperBound, ordering: .relaxed)
    threads.wait()
  }
}
