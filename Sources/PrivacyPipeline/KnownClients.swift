import ByteScanning
import Hits

// Why it is built so: nearly every line of a log passes here, and each place of memory that is not at hand costs more
// than all the reckoning. So a keyed hash stands for address and agent; slots are small; entries are half a line of the
// processor's and lie in the order in which the clients came, those that are there now side by side; and clients are
// forgotten soon.

/// The visitors behind the address and agent of lines, by these as they were logged.
///
/// Most lines of a log load parts of pages, and that somebody did is all that is noted of them, so they must cost a look-up
/// and nothing more; a page view finds in the same place all that hangs on address and agent. That two clients share a
/// hash of 64 bits is as rare as that two visitors share a number. Lives in memory only and ends with the pipeline.
struct KnownClients {
  private static let limit = 16_384

  /// Who is behind a client.
  enum Kind: Equatable {
    /// Address and agent were not judged yet.
    case new
    /// A visitor.
    case person
    /// A robot by its agent.
    case robot(BotClass)
    /// A robot by its address.
    case robotsAddress
  }

  /// What is kept of a client.
  struct Entry {
    /// Who, where it is a person.
    var visitor = VisitorID(rawValue: 0)
    /// The low half of the keyed hash of site, day, address and agent; its slot has the high one.
    fileprivate let key: UInt32
    /// The number of browser, system and device among the texts of agents, where it is a person.
    var client: UInt32 = 0
    /// The number of the place among the texts of places; ``noPlace`` until it was looked up.
    var place = Entry.noPlace
    /// The batch that ``index`` holds for.
    var batch: UInt32 = 0
    /// The visitor's place among the batch's noted ones.
    var index: UInt32 = 0
    /// Who is behind it.
    var kind = Kind.new

    static let noPlace = UInt32.max
  }

  private let secret = SecretHash()
  private var entries: [Entry] = []
  /// High half: that of the key, of which the first bits tell the slot. Low half: number + 1; 0 is an empty slot.
  private var slots = [UInt64](repeating: 0, count: 1_024)
  /// How many bits of a key do not tell the slot.
  private var shift: UInt64 = 54

  /// Whether the clients have grown to their bound; those of one batch may go beyond it.
  var isFull: Bool { entries.count >= Self.limit }

  /// Forgets all clients.
  mutating func removeAll() {
    entries.removeAll(keepingCapacity: true)
    for slot in slots.indices { slots[slot] = 0 }
  }

  /// The number of a client, new and not judged where it was not met before.
  mutating func number(
    site: Int, day: Int32, _ bytes: Span<UInt8>, address: Range<Int>, agent: Range<Int>
  ) -> Int {
    let place = UInt64(truncatingIfNeeded: site) << 32 | UInt64(UInt32(bitPattern: day))
    let key = secret.hash(place, bytes, address, agent)
    if entries.count * 2 >= slots.count { grow() }
    let low = UInt32(truncatingIfNeeded: key)
    let high = key >> 32
    let mask = slots.count &- 1
    var slot = Int(truncatingIfNeeded: key >> shift)
    while true {
      let filled = slots[slot]
      if filled == 0 { break }
      if filled >> 32 == high {
        let number = Int(UInt32(truncatingIfNeeded: filled)) &- 1
        if entries[number].key == low { return number }
      }
      slot = (slot &+ 1) & mask
    }
    entries.append(Entry(key: low))
    slots[slot] = high << 32 | UInt64(entries.count)
    return entries.count - 1
  }

  private mutating func grow() {
    let old = slots
    slots = [UInt64](repeating: 0, count: old.count * 2)
    shift -= 1
    for filled in old where filled != 0 {
      var slot = Int(truncatingIfNeeded: filled >> shift)
      while slots[slot] != 0 { slot = (slot &+ 1) & (slots.count &- 1) }
      slots[slot] = filled
    }
  }

  subscript(number: Int) -> Entry {
    _read { yield entries[number] }
    _modify { yield &entries[number] }
  }
}
