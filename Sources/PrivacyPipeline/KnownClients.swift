import ByteScanning
import Hits

// Why it is built so: nearly every line of a log passes here, and each place of memory that is not at hand costs more
// than all the reckoning. So a keyed hash stands for address and agent; slots are small; entries lie in the order in which
// the clients came, those that are there now side by side; and clients are forgotten soon.

/// The visitors behind the address and agent of lines, by these as they were logged.
///
/// Most lines of a log load parts of pages, and that somebody did is all that is noted of them, so they must cost a look-up
/// and nothing more; a page view finds in the same place all that hangs on address and agent. That two clients share a
/// hash of 64 bits is as rare as that two visitors share a number. Lives in memory only and ends with the worker.
struct KnownClients {
  private static let limit = 16_384

  /// What is kept of a client.
  struct Entry {
    /// The keyed hash of site, day, address and agent.
    fileprivate let key: UInt64
    /// Who, once address and agent are judged and where they are no robot's.
    var visitor: VisitorID?
    /// Whether address and agent were made into a visitor, or were found to be a robot's.
    var isJudged = false
    /// How the client's requests end, where they do so because it is a robot's.
    var robot: Outcome?
    /// The batch that ``index`` holds for.
    var batch: UInt32 = 0
    /// The visitor's place among the batch's noted ones.
    var index: UInt32 = 0
    /// The batch that ``client`` and ``place`` hold for.
    var symbolsBatch: UInt32 = 0
    /// The symbol of browser, system and device in the batch.
    var client: UInt32 = 0
    /// The symbol of the place in the batch.
    var place: UInt32 = 0
    /// The index of the agent among the known agents.
    var agent: UInt32 = 0
    /// The index of the pair of address and agent among the known visitors.
    var known: UInt32 = 0
  }

  private let secret = SecretHash()
  private var entries: [Entry] = []
  /// High half: upper bits of the key, of which the first ones tell the slot. Low half: number + 1; 0 is an empty slot.
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
    let tag = key & 0xFFFF_FFFF_0000_0000
    var slot = Int(truncatingIfNeeded: key >> shift)
    while slots[slot] != 0 {
      if slots[slot] & 0xFFFF_FFFF_0000_0000 == tag {
        let number = Int(UInt32(truncatingIfNeeded: slots[slot])) - 1
        if entries[number].key == key { return number }
      }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    entries.append(Entry(key: key))
    slots[slot] = tag | UInt64(entries.count)
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

extension KnownClients.Entry {
  /// Puts what is known of a client into the draft of its request.
  func put(into draft: inout Draft) {
    if let visitor { draft.visitor = visitor }
    draft.client = client
    draft.place = place
  }
}
