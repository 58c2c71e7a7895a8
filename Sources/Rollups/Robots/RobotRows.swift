import ByteScanning
import Hits

/// The requests of a day's robots, added up by the values of each dimension, in no particular order.
///
/// Everything is added up by number; a text is only made for each row, and none for rows of pages, of which a day of a large
/// site has as many as of people's.
public struct RobotRows {
  /// What a robot asked for and got.
  public struct Page: Sendable {
    /// The number of the robot's name and class: ``RobotRows/withRobot(_:_:)``.
    public var robot: UInt32
    /// The number of the pathname, as it was added; nil for the pages that a day does not keep.
    public var page: UInt32?
    /// What is there.
    public var thing: FetchedThing
    /// How it was answered.
    public var answer: AnswerKind
    /// The requests.
    public var sum: RobotRequests
  }

  /// A robot, as numbers of words.
  private struct Robot: Hashable {
    var name: UInt32
    var owner: UInt32
    var kind: UInt32
    var identity: UInt32
  }

  private let rollup: RobotRollup
  private var words = SymbolTable()
  /// The number of the text for the rest.
  private let other: UInt32
  /// The robots by their numbers, with ``other`` for those that are not kept.
  private var robots: [Robot] = []
  /// The name of each robot, kept or not.
  private var names: [UInt32] = []
  /// The distinct robots, and the distinct names and classes.
  private var groups = Groups<Robot>([])
  private var pageGroups = Groups<SIMD2<UInt32>>([])
  /// The pages that are kept, by name and page; nil if all are.
  private var keptPages: Set<UInt64>?
  /// The text of the current row.
  private var text: [UInt8] = []
  private var isFirstPart = true

  /// Thing and answer, each after a separator, by their raw values.
  private static let endings = FetchedThing.allCases.map { thing in
    AnswerKind.allCases.map { answer in
      [HitBatch.separator] + Array(thing.name.utf8) + [HitBatch.separator] + Array(answer.name.utf8)
    }
  }

  /// - Parameter other: the text for the rest.
  init(_ rollup: RobotRollup, other: String) {
    self.rollup = rollup
    self.other = words.intern(other)
    let noOwner = words.intern("")
    var parts = JoinedParts()
    for number in 0..<UInt32(rollup.robots.count) {
      rollup.robots.withBytes(of: number) { text in
        parts.split(text)
        robots.append(
          Robot(
            name: parts.intern(0, of: text, in: &words), owner: parts.intern(1, of: text, in: &words),
            kind: parts.intern(2, of: text, in: &words), identity: parts.intern(3, of: text, in: &words)))
      }
    }
    names = robots.map(\.name)
    keepNames(noOwner: noOwner)
    groups = Groups(robots)
    pageGroups = Groups(robots.map { SIMD2($0.name, $0.kind) })
    keptPages = mostAsked(RobotRollup.pagesPerDay, by: key(ofPageIn:)) { [words, pages = rollup.pages] key in
      // The separator comes before all that names contain, so a name comes before those that begin with it.
      var text = Self.text(UInt32(key >> 32), of: words)
      text.append(HitBatch.separator)
      pages.withBytes(of: UInt32(truncatingIfNeeded: key)) { ByteCopy.append($0, 0..<$0.count, to: &text) }
      return text
    }
  }

  /// Replaces the names of robots beyond those that a day keeps.
  private mutating func keepNames(noOwner: UInt32) {
    let kept = mostAsked(RobotRollup.robotsPerDay, by: { UInt64(names[Int($0.robot)]) }) { [words] name in
      Self.text(UInt32(name), of: words)
    }
    guard let kept else { return }
    for index in robots.indices where !kept.contains(UInt64(robots[index].name)) {
      robots[index].name = other
      robots[index].owner = noOwner
    }
  }

  /// The name and the page of an entry.
  private func key(ofPageIn entry: RobotRollup.Entry) -> UInt64 {
    UInt64(names[Int(entry.robot)]) << 32 | UInt64(entry.page)
  }

  private static func text(_ symbol: UInt32, of table: SymbolTable) -> [UInt8] {
    table.withBytes(of: symbol) { ByteCopy.bytes($0, 0..<$0.count) }
  }

  /// Returns the keys with most requests, of equal ones those whose text comes first; nil if there are no more than
  /// `cap`.
  private func mostAsked(
    _ cap: Int, by key: (RobotRollup.Entry) -> UInt64, text: @escaping (UInt64) -> [UInt8]
  ) -> Set<UInt64>? {
    guard rollup.entries.count > cap else { return nil }
    var sums = RequestSums()
    for entry in rollup.entries { sums.add(entry.sum, to: key(entry)) }
    guard sums.entries.count > cap else { return nil }
    let ranked = sums.entries.lazy.map { key, sum in
      (value: NamedKey(key: key, text: text(key)), counts: Counts(requests: sum))
    }
    let rest = NamedKey(key: .max, text: [])
    return Set(ValueCap.apply(cap, to: ranked, other: rest).map(\.value.key).filter { $0 != rest.key })
  }
}

// The rows of each dimension.
extension RobotRows {
  /// Takes a row.
  public typealias Body = (_ dimension: Dimension, _ value: Span<UInt8>, _ counts: Counts) throws -> Void

  /// Calls `body` with the rows of each dimension whose values are texts: all but ``Dimension/robotPage``.
  public mutating func forEachText(_ body: Body) rethrows {
    try forEachRobot(body)
    try forEachFeed(body)
  }

  /// Rows by name, operator, class, identity, thing and answer; and by class, which have no bytes.
  private mutating func forEachRobot(_ body: Body) rethrows {
    var sums = RequestSums()
    for entry in rollup.entries {
      sums.add(entry.sum, to: UInt64(groups.numbers[Int(entry.robot)]) << 16 | Self.ending(of: entry))
    }
    var kinds: [UInt32: Int64] = [:]
    for (key, sum) in sums.entries {
      let robot = groups.values[Int(key >> 16)]
      kinds[robot.kind, default: 0] += sum.count
      begin()
      for word in [robot.name, robot.owner, robot.kind, robot.identity] { append(word: word) }
      append(ending: key)
      try body(.robot, text.span, Counts(requests: sum))
    }
    for (kind, count) in kinds {
      begin()
      append(word: kind)
      try body(.robotClass, text.span, Counts(requests: RobotRequests(count: count, bytes: 0)))
    }
  }

  /// Calls `body` with the rows by name, class, page, thing and answer.
  public func forEachPage(_ body: (Page) throws -> Void) rethrows {
    // The page that takes the rest has a number that no page has.
    let rest = UInt64(UInt32.max)
    var sums = RequestSums()
    for entry in rollup.entries {
      let isKept =
        robots[Int(entry.robot)].name == names[Int(entry.robot)]
        && keptPages?.contains(key(ofPageIn: entry)) ?? true
      let page = isKept ? UInt64(entry.page) : rest
      sums.add(entry.sum, to: UInt64(pageGroups.numbers[Int(entry.robot)]) << 40 | page << 8 | Self.ending(of: entry))
    }
    for (key, sum) in sums.entries {
      let page = key >> 8 & 0xFFFF_FFFF
      guard let thing = FetchedThing(rawValue: UInt8(key >> 4 & 0xF)),
        let answer = AnswerKind(rawValue: UInt8(key & 0xF))
      else { continue }
      try body(
        Page(
          robot: UInt32(key >> 40), page: page == rest ? nil : UInt32(page), thing: thing, answer: answer, sum: sum))
    }
  }

  /// Calls `body` with the name and the class of the robot of a page, joined.
  public mutating func withRobot<Value>(_ number: UInt32, _ body: (Span<UInt8>) throws -> Value) rethrows -> Value {
    let group = pageGroups.values[Int(number)]
    begin()
    append(word: group[0])
    append(word: group[1])
    return try body(text.span)
  }

  /// Calls `body` with the value of ``Dimension/robotPage`` of a page.
  mutating func withText(of row: Page, _ body: (Span<UInt8>) throws -> Void) rethrows {
    withRobot(row.robot) { _ in }
    if let page = row.page { append(page: page) } else { append(word: other) }
    append(ending: UInt64(row.thing.rawValue) << 4 | UInt64(row.answer.rawValue))
    try body(text.span)
  }

  /// Rows by feed and name.
  private mutating func forEachFeed(_ body: Body) rethrows {
    // One name may come with several operators or identities, and is the same reader.
    let readers = rollup.feeds.sorted {
      (names[Int($0.robot)], $0.page, $0.reader) < (names[Int($1.robot)], $1.page, $1.reader)
    }
    var sums: [UInt64: Counts] = [:]
    var index = 0
    while index < readers.count {
      let first = readers[index]
      var (requests, subscribers) = (Int64(0), UInt32(0))
      while index < readers.count, readers[index].reader == first.reader, readers[index].page == first.page,
        names[Int(readers[index].robot)] == names[Int(first.robot)]
      {
        requests += readers[index].requests
        subscribers = max(subscribers, readers[index].subscribers)
        index += 1
      }
      sums[UInt64(first.page) << 32 | UInt64(robots[Int(first.robot)].name), default: Counts()] += Counts(
        requests: RobotRequests(count: requests, bytes: 0), readers: subscribers == 0 ? 1 : Int64(subscribers))
    }
    for (key, counts) in sums.sorted(by: { $0.key < $1.key }) {
      begin()
      append(page: UInt32(key >> 32))
      append(word: UInt32(truncatingIfNeeded: key))
      try body(.feed, text.span, counts)
    }
  }
}

// The text of a row: parts joined as everywhere in a `HitBatch`.
extension RobotRows {
  private mutating func begin() {
    text.removeAll(keepingCapacity: true)
    isFirstPart = true
  }

  private mutating func separate() {
    if !isFirstPart { text.append(HitBatch.separator) }
    isFirstPart = false
  }

  private mutating func append(word: UInt32) {
    separate()
    words.withBytes(of: word) { ByteCopy.append($0, 0..<$0.count, to: &text) }
  }

  private mutating func append(page: UInt32) {
    separate()
    rollup.pages.withBytes(of: page) { ByteCopy.append($0, 0..<$0.count, to: &text) }
  }

  /// Thing and answer as the lowest byte of a key.
  private static func ending(of entry: RobotRollup.Entry) -> UInt64 {
    UInt64(entry.thing.rawValue) << 4 | UInt64(entry.answer.rawValue)
  }

  private mutating func append(ending key: UInt64) {
    let ending = Self.endings[Int(key >> 4 & 0xF)][Int(key & 0xF)]
    ByteCopy.append(ending.span, 0..<ending.count, to: &text)
  }
}

/// Sums by key, in the order in which the keys first came.
private struct RequestSums {
  private(set) var entries: [(key: UInt64, sum: RobotRequests)] = []
  private var places = HashTable()

  mutating func add(_ sum: RobotRequests, to key: UInt64) {
    let place = places.number(ofKey: key)
    if place == entries.count { entries.append((key, sum)) } else { entries[place].sum += sum }
  }
}

/// Numbers for distinct values, from 0 in order of first appearance.
private struct Groups<Value: Hashable> {
  /// The distinct values.
  private(set) var values: [Value] = []
  /// The number of each value that was given.
  private(set) var numbers: [UInt32] = []

  init(_ given: [Value]) {
    var known: [Value: UInt32] = [:]
    for value in given {
      let number = known[value] ?? UInt32(values.count)
      if known.updateValue(number, forKey: value) == nil { values.append(value) }
      numbers.append(number)
    }
  }
}

/// A key that is ordered by its text.
private struct NamedKey: Comparable, Sendable {
  let key: UInt64
  let text: [UInt8]

  static func < (left: Self, right: Self) -> Bool { left.text.lexicographicallyPrecedes(right.text) }
  static func == (left: Self, right: Self) -> Bool { left.key == right.key }
}
