import ByteScanning
import Hits

/// The visitors behind the address and agent of lines, by these as they were logged.
///
/// For lines that are no requests to be counted: most lines of a log load parts of pages, and that somebody did is all that
/// is noted of them, so they must cost a look-up and nothing more. Lives in memory only and ends with the worker.
struct KnownClients {
  private static let limit = 65_536

  /// What is kept of a client.
  struct Entry {
    /// Whether address and agent were made into a visitor, or were found to be a robot's.
    var isJudged = false
    /// Who; nil for robots.
    var visitor: VisitorID?
    /// The batch that ``index`` holds for.
    var batch: UInt32 = 0
    /// The visitor's place among the batch's noted ones.
    var index: UInt32 = 0
  }

  private var keys = PairTable()
  private var entries: [Entry] = []

  /// Forgets all clients where they have grown to their bound.
  mutating func startBatch() {
    guard entries.count >= Self.limit else { return }
    keys.removeAll()
    entries.removeAll(keepingCapacity: true)
  }

  /// The number of a client, new and not judged where it was not met before.
  mutating func number(
    site: Int, day: Int32, _ bytes: Span<UInt8>, address: Range<Int>, agent: Range<Int>
  ) -> Int {
    let key = UInt64(truncatingIfNeeded: site) << 32 | UInt64(UInt32(bitPattern: day))
    let number = keys.intern(key, bytes, address, agent)
    if number == entries.count { entries.append(Entry()) }
    return number
  }

  subscript(number: Int) -> Entry {
    get { entries[number] }
    _modify { yield &entries[number] }
  }
}
