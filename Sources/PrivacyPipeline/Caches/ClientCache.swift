import ByteScanning
import Hits

// Why it is built this way: nearly every line of a log needs this lookup, and a cache miss in the processor costs
// more than all the computation. So a client is identified by a keyed hash of address and agent. Its entry is at
// the slot that the hash selects, takes half a cache line, and is prefetched for several clients at a time. Clients
// are forgotten soon.

/// A cache of the visitors behind addresses and agents, keyed by these as they are logged.
///
/// Most lines of a log load assets, and only the fact that a visitor loaded some is kept. So these lines must cost
/// one lookup and nothing more. A page view finds everything that depends on address and agent in the same entry.
/// Two clients share a 64-bit hash as rarely as two visitors share an id. The cache lives in memory only and ends
/// with the pipeline.
struct ClientCache {
  private static let limit = 16_384
  private static let fewest = 1_024

  /// The kind of a client.
  enum Kind: UInt8 {
    /// Address and agent have not been judged yet.
    case new
    /// A visitor.
    case person
    /// A robot, by its agent.
    case robot
    /// A robot, by its address.
    case robotsAddress
  }

  /// What the cache stores of a client.
  struct Entry {
    /// The keyed hash of site, day, address and agent; 0 in an empty slot.
    fileprivate var key: UInt64 = 0
    /// ``index`` in the lower 24 bits, ``kind`` in the next 2, ``traits`` in the others.
    private var indexAndKind: UInt32 = 0
    /// The batch in which ``index`` is valid.
    var batch: UInt32 = 0
    /// For a person, the number of browser, system and device in the texts of agents. For a robot, the number of its
    /// text in those of robots.
    var client: UInt32 = 0
    /// The number of the place in the texts of places; ``noPlace`` until it is looked up, and for robots.
    var place = Entry.noPlace
    /// The visitor, if the client is a person.
    var visitor = VisitorID(rawValue: 0)

    static let noPlace = UInt32.max

    /// The index of the visitor in ``HitBatch/noted``. A chunk has fewer than 2²⁴ of them.
    var index: UInt32 {
      get { indexAndKind & 0xFF_FFFF }
      set { indexAndKind = indexAndKind & 0xFF00_0000 | newValue & 0xFF_FFFF }
    }

    var kind: Kind {
      get { Kind(rawValue: UInt8(truncatingIfNeeded: indexAndKind >> 24) & 3) ?? .new }
      set { indexAndKind = indexAndKind & ~0x300_0000 | UInt32(newValue.rawValue) << 24 }
    }

    /// What its address and user agent tell of every hit of the day, if the client is a person.
    var traits: HitTraits {
      get { HitTraits(rawValue: UInt8(truncatingIfNeeded: indexAndKind >> 26)) }
      set { indexAndKind = indexAndKind & 0x3FF_FFFF | UInt32(newValue.rawValue) << 26 }
    }

    /// Whether the client is a robot.
    var isRobot: Bool { kind == .robot || kind == .robotsAddress }

    /// The robot, if the client is one.
    var robot: JudgedRobot {
      get {
        let reader = place == Self.noPlace ? nil : FeedReader(id: visitor.rawValue, subscribers: place)
        return JudgedRobot(text: client, outcome: kind == .robot ? .botUserAgent : .botAddress, reader: reader)
      }
      set {
        kind = newValue.outcome == .botUserAgent ? .robot : .robotsAddress
        client = newValue.text
        visitor = VisitorID(rawValue: newValue.reader?.id ?? 0)
        place = newValue.reader.map { min($0.subscribers, Self.noPlace - 1) } ?? Self.noPlace
      }
    }
  }

  let hasher: ClientHasher
  /// Each client is at the slot that the first bits of its key select, or at the next empty one.
  private var entries = [Entry](repeating: Entry(), count: ClientCache.fewest)
  /// The number of low bits of a key that do not select the slot.
  private var shift: UInt64 = 54
  private var count = 0
  /// Site and day of the last lookup.
  private var place: UInt64 = 0
  /// What ``expect(_:)`` has read, stored so that the reads are not optimised away.
  private var fetched: UInt64 = 0

  /// Creates an empty cache.
  init(hasher: ClientHasher = ClientHasher()) {
    self.hasher = hasher
  }

  /// Whether the cache has reached its limit, which the clients of one batch may exceed.
  var isFull: Bool { count >= Self.limit }

  /// Removes all clients.
  mutating func removeAll() {
    for number in entries.indices { entries[number] = Entry() }
    count = 0
  }

  /// Returns the number of a client, which is valid until the next call. A client that was not seen before gets a
  /// new entry that is not judged.
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

  /// Prefetches the entries of some clients, for lookups on the same site and day as the last one. The program then
  /// waits for memory once and not for each client. Changes nothing.
  mutating func expect(_ clients: Span<ClientHash>) {
    var sum: UInt64 = 0
    for index in clients.indices {
      sum &+= entries[Int(truncatingIfNeeded: hasher.key(of: clients[index], onDay: place) >> shift)].key
    }
    fetched = sum
  }

  /// Returns the slot of a key, or the empty slot where it belongs.
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
