import ByteScanning
import Hits
import StatsStore

/// Writes hits and signals as lines of the stream from mappers to reducers. docs/scale-out.md describes them.
struct HitLines {
  /// The text that all lines of one day of one site share.
  private struct DayText {
    /// Site and day with their tabs.
    var head: [UInt8]
    /// The hour on the site's clock of each quarter of an hour since the start of the day.
    var hours: [Int]
    /// Version and rules.
    var tail: [UInt8]
  }

  private struct Key: Equatable {
    var site: UInt32
    var day: Int32
  }

  private static let secondDigits = 6
  /// Marks a line of signals, in the column of the second; sorts before all digits.
  static let signals: UInt8 = 0x2D

  private let sites: [SiteProfile]
  private var key = Key(site: 0, day: 0)
  private var text = DayText(head: [], hours: [], tail: [])

  /// Creates lines of sites whose ids are their positions, from 1.
  init(_ sites: [SiteProfile]) {
    self.sites = sites
  }

  /// Writes the hits and signals of a batch.
  mutating func write(_ slice: HitSlice, to output: LineOutput, _ sum: inout StreamSum) throws {
    for index in slice.indices {
      let hit = slice.batch.hits[index]
      find(Key(site: hit.site, day: hit.day))
      output.append { append(hit, slice.batch, to: &$0) }
      try output.endLine { sum.add($0, $1) }
    }
    var sums = [Signals](repeating: Signals(), count: slice.batch.noted.count)
    for note in slice.notes { sums[Int(note.visitor)].add(note.signal) }
    for (noted, signals) in zip(slice.batch.noted, sums) where !signals.isEmpty {
      find(Key(site: noted.site, day: noted.day))
      output.append { append(signals, of: noted.visitor, to: &$0) }
      try output.endLine { sum.add($0, $1) }
    }
  }

  private func append(_ hit: Hit, _ batch: HitBatch, to line: inout [UInt8]) {
    line += text.head
    HexDigits.append(hit.visitor.rawValue, to: &line)
    line.append(Byte.tab)
    let second = Swift.max(0, Int(hit.second))
    Self.append(second, digits: Self.secondDigits, to: &line)
    line.append(Byte.tab)
    line.append(0x30 + hit.kind.rawValue)
    line.append(Byte.tab)
    Self.append(Int(hit.traits.rawValue), digits: 2, to: &line)
    Self.append(hit.page, batch.pages, to: &line)
    Self.append(hit.acquisition, batch.acquisitions, to: &line)
    Self.append(hit.event, batch.events, to: &line)
    Self.append(hit.client, batch.clients, to: &line)
    Self.append(hit.place, batch.places, to: &line)
    line.append(Byte.tab)
    Self.append(text.hours[min(second / 900, text.hours.count - 1)], digits: 2, to: &line)
    line += text.tail
  }

  private func append(_ signals: Signals, of visitor: VisitorID, to line: inout [UInt8]) {
    line += text.head
    HexDigits.append(visitor.rawValue, to: &line)
    line += [Byte.tab, Self.signals, Byte.tab]
    Self.append(Int(signals.bits), digits: 2, to: &line)
    line.append(Byte.tab)
    Self.append(Int(signals.refusals), digits: 1, to: &line)
    line += text.tail
  }

  /// Appends a text as the database would store it: invalid UTF-8 is replaced.
  private static func append(_ symbol: UInt32, _ table: borrowing SymbolTable, to line: inout [UInt8]) {
    line.append(Byte.tab)
    let start = line.count
    table.withBytes(of: symbol) { ByteCopy.append($0, 0..<$0.count, to: &line) }
    guard line[start...].contains(where: { $0 >= 0x80 }) else { return }
    let text = String(decoding: line[start...], as: UTF8.self)
    line.replaceSubrange(start..., with: text.utf8)
  }

  private static func append(_ number: Int, digits: Int, to line: inout [UInt8]) {
    let text = String(number).utf8
    for _ in 0..<max(0, digits - text.count) { line.append(0x30) }
    line += text
  }

  private mutating func find(_ key: Key) {
    guard key != self.key else { return }
    self.key = key
    let site = sites[Int(key.site) - 1]
    text = DayText(
      head: Array("\(site.host)\t\(DayName.name(key.day))\t".utf8),
      hours: site.calendar.hoursOfQuarters(ofDay: key.day),
      tail: Array("\t\(StreamVersion.tag):\(site.rules.text)".utf8))
  }
}
