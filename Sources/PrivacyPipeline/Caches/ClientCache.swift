import ByteScanning
import Hits

// Why it is built so: nearly every line of a log passes here, and each place of memory that is not at hand costs more
// than all the reckoning. So a keyed hash stands for address and agent; what is known of a client lies where its hash
// leads, in half a line of the processor's, which is fetched for several at a time; and clients are forgotten soon.

/// The visitors behind the address and agent of lines, by these as they were logged.
///
/// Most lines of a log load parts of pages, and that somebody did is all that is noted of them, so they must cost a look-up
/// and nothing more; a page view finds in the same place all that hangs on address and agent. That two clients share a
/// hash of 64 bits is as rare as that two visitors share a number. Lives in memory only and ends with the pipeline.
struct ClientCache {
  private static let limit = 16_384
  private static let fewest = 1_024

  /// Who is behind a client.
  enum Kind: UInt8 {
    /// Address and agent were not judged yet.
    case new
    /// A visitor.
    case person
    /// A robot by its agent.
    case robot
    /// A robot by its address.
    case robotsAddress
  }

  /// What is kept of a client.
  struct Entry {
    /// The keyed hash of site, day, address and agent; 0 where there is no client.
    fileprivate var key: UInt64 = 0
    /// ``index`` in the lower 24 bits, ``kind`` in the others.
    private var indexAndKind: UInt32 = 0
    /// The batch that ``index`` holds for.
    var batch: UInt32 = 0
    /// The number of browser, system and device among the texts of agents, where it is a person.
    var client: UInt32 = 0
    /// The number of the place among the texts of places; ``noPlace`` until it was looked up.
    var place = Entry.noPlace
    /// Who, where it is a person.
    var visitor = VisitorID(rawValue: 0)

    static let noPlace = UInt32.max

    /// The visitor's place among the batch's noted ones, of which a chunk has fewer than 2²⁴.
    var index: UInt32 {
      get { indexAndKind & 0xFF_FFFF }
      set { indexAndKind = indexAndKind & 0xFF00_0000 | newValue & 0xFF_FFFF }
    }

    /// Who is behind it.
    var kind: Kind {
      get { Kind(rawValue: UInt8(truncatingIfNeeded: indexAndKind >> 24)) ?? .new }
      set { indexAndKind = index | UInt32(newValue.rawValue) << 24 }
    }

    /// What kind of robot it is, where it is one by its agent.
    var robot: BotClass { BotClass.allCases[Int(client)] }

    /// Makes it a robot by its agent.
    mutating func makeRobot(_ robot: BotClass) {
      kind = .robot
      client = UInt32(BotClass.allCases.firstIndex(of: robot) ?? 0)
    }
  }

  let hasher: ClientHasher
  /// Each client lies at the place that the first bits of its key tell, or at the next empty one.
  private var entries = [Entry](repeating: Entry(), count: ClientCache.fewest)
  /// How many bits of a key do not tell the place.
  private var shift: UInt64 = 54
  private var count = 0
  /// Site and day of the client last asked for.
  private var place: UInt64 = 0
  /// What ``expect(_:)`` has read, kept so that it is read.
  private var fetched: UInt64 = 0

  /// Knows no clients yet.
  init(hasher: ClientHasher = ClientHasher()) {
    self.hasher = hasher
  }

  /// Whether the clients have grown to their bound; those of one batch may go beyond it.
  var isFull: Bool { count >= Self.limit }

  /// Forgets all clients.
  mutating func removeAll() {
    for number in entries.indices { entries[number] = Entry() }
    count = 0
  }

  /// The number of a client, new and not judged where it was not met before; it holds until the next one is asked for.
  mutating func number(of client: ClientHash, site: Int, day: Int32) -> Int {
    place = UInt64(truncatingIfNeeded: site) << 32 | UInt64(UInt32(bitPattern: day))
    let key = hasher.key(of: client, onDay: place)
    if count * 2 >= entries.count { grow() }
    let number = self.number(of: key)
    if entries[number].key == 0 {
      entries[number].key = key
      count += 1
    }
    return number
  }

  /// Fetches what is kept of some clients, if they are asked for on the same site and day as the one before: memory is waited
  /// for once and not for each of them. Changes nothing.
  mutating func expect(_ clients: Span<ClientHash>) {
    var sum: UInt64 = 0
    for index in clients.indices {
      sum &+= entries[Int(truncatingIfNeeded: hasher.key(of: clients[index], onDay: place) >> shift)].key
    }
    fetched = sum
  }

  /// The place of a key, or the empty one where it would be.
  private func number(of key: UInt64) -> Int {
    let mask = entries.count &- 1
    var number = Int(truncatingIfNeeded: key >> shift)
    while entries[number].key != key, entries[number].key != 0 { number = (number &+ 1) & mask }
    return number
  }

  private mutating func grow() {
    let old = entries
    entries = [Entry](repeating: Entry(), count: old.count * 2)
    shift -= 1
    for entry in old where entry.key != 0 { entries[number(of: entry.key)] = entry }
  }

  subscript(number: Int) -> Entry {
    _read { yield entries[number] }
    _modify { yield &entries[number] }
  }
}
