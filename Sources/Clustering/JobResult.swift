import Hits
import Ledger
import Rollups
import Sealing
import Sessions

/// All parts of a job, combined.
struct JobResult {
  /// A day of a site.
  struct Place: Hashable {
    var host: String
    var day: Int32
  }

  /// The statistics of each day.
  private(set) var days: [Place: PartialDay] = [:]
  /// The number of each client of a day, by its text.
  private var clients: [Place: [String: Int]] = [:]
  /// The text of the settings by which each day was counted.
  private(set) var rules: [Place: String] = [:]
  /// The robots of each day.
  private(set) var robots: [Place: RobotRollup] = [:]
  /// The lines of the books, by run.
  private(set) var books: [String: [ManifestRow]] = [:]
  private var received = StreamSum()

  /// A day in the part being read.
  private struct PartDay {
    let place: Place
    /// The number of each client, by its number in the part.
    var clients: [Int: Int] = [:]
  }

  /// A line of the books.
  struct ManifestRow {
    var number: Int
    var kind: RunManifest.Kind
    var columns: [String]
  }

  /// Reads parts.
  ///
  /// - Throws: ``Refusal`` if one of them is malformed, or parts of the job are missing.
  init(_ paths: [String]) throws {
    for path in paths { try read(path) }
    try check()
  }

  private mutating func read(_ path: String) throws {
    var day: PartDay?
    try PartReader(path: path).forEachRow { row, number in
      let isRead: Bool
      switch row[0] {
      case "day":
        day = readDay(row)
        isRead = day != nil
      case "client": isRead = readClient(row, &day)
      case "share": isRead = day.map { readShare(row, $0) } ?? false
      case "agg": isRead = day.map { readCounts(row, $0) } ?? false
      case "!": isRead = readBook(row)
      case "received":
        let sum = StreamSum.read(row.dropFirst())
        received += sum ?? StreamSum()
        isRead = sum != nil
      default: isRead = day.map { readCell(row, $0) } ?? false
      }
      guard isRead else { throw LineInput(path: path).refusal(line: number, "the line is malformed; reduce it again") }
    }
  }

  private mutating func readDay(_ row: [String]) -> PartDay? {
    guard row.count == 5, let day = DayName.day(named: row[2]), let loadingParts = Int(row[4]) else { return nil }
    let place = Place(host: row[1], day: day)
    guard rules[place] == nil || rules[place] == row[3] else { return nil }
    rules[place] = row[3]
    days[place, default: PartialDay()].facts.add(loadingParts: loadingParts)
    return PartDay(place: place)
  }

  private mutating func readClient(_ row: [String], _ day: inout PartDay?) -> Bool {
    guard row.count == 3, let number = Int(row[1]), let place = day?.place else { return false }
    let known = clients[place, default: [:]]
    let client = known[row[2]] ?? known.count
    clients[place, default: [:]][row[2]] = client
    day?.clients[number] = client
    return true
  }

  private mutating func readShare(_ row: [String], _ day: PartDay) -> Bool {
    let numbers = row.dropFirst().compactMap { Int($0) }
    guard row.count == 6, numbers.count == 5, let client = day.clients[numbers[0]],
      Habit.all.indices.contains(numbers[1])
    else { return false }
    days[day.place]?.facts.add(
      client: client, habit: Habit.all[numbers[1]],
      DayFacts.Share(visitors: numbers[2], loading: numbers[3], doubtful: numbers[4]))
    return true
  }

  private mutating func readCounts(_ row: [String], _ day: PartDay) -> Bool {
    let (condition, rest) = Self.condition(row, day)
    let numbers = rest.dropFirst(2).compactMap { Int64($0) }
    guard let condition, rest.count == 8, numbers.count == 6,
      let dimension = Dimension.stored.first(where: { $0.name == rest[0] })
    else { return false }
    var counts = Counts()
    (counts.pageviews, counts.visitors, counts.visits) = (numbers[0], numbers[1], numbers[2])
    (counts.bounces, counts.seconds, counts.seenLoading) = (numbers[3], numbers[4], numbers[5])
    days[day.place]?.add(counts, to: .init(dimension: dimension, text: rest[1]), on: condition)
    return true
  }

  private mutating func readCell(_ row: [String], _ day: PartDay) -> Bool {
    guard let cube = Cube.allCases.first(where: { $0.name == row[0] }) else { return false }
    let (condition, rest) = Self.condition(row, day)
    let texts = cube.dimensions.count
    let numbers = rest.dropFirst(texts).compactMap { Int64($0) }
    guard let condition, rest.count == texts + cube.numbers.count, numbers.count == cube.numbers.count else {
      return false
    }
    days[day.place]?.add(numbers, to: cube, Array(rest[..<texts]), on: condition)
    return true
  }

  /// Returns the condition of a row, and the columns behind it.
  private static func condition(_ row: [String], _ day: PartDay) -> (PartialDay.Condition?, [String]) {
    let columns = row.dropFirst().prefix(PartialDay.Condition.columnCount)
    return (
      PartialDay.Condition(columns, clients: day.clients), Array(row.dropFirst(1 + PartialDay.Condition.columnCount))
    )
  }

  private mutating func readBook(_ row: [String]) -> Bool {
    guard row.count >= 5, let number = Int(row[3]), let kind = RunManifest.Kind(rawValue: row[4]) else { return false }
    let columns = Array(row.dropFirst(5))
    // There may be many of these, and nothing else is asked of them.
    let isRobots = kind == .robot || kind == .feed
    if isRobots, !readRobot(kind, columns) { return false }
    books[row[1], default: []].append(ManifestRow(number: number, kind: kind, columns: isRobots ? [] : columns))
    return true
  }

  private mutating func readRobot(_ kind: RunManifest.Kind, _ columns: [String]) -> Bool {
    guard columns.count == (kind == .robot ? 11 : 10), let day = DayName.day(named: columns[1]) else { return false }
    let place = Place(host: columns[0], day: day)
    return Self.add(kind, columns, to: &robots[place, default: RobotRollup()])
  }

  private static func add(_ kind: RunManifest.Kind, _ columns: [String], to rollup: inout RobotRollup) -> Bool {
    let text = Array(HitBatch.joined(columns[2..<6]).utf8)
    let robot = rollup.number(ofRobot: text.span)
    let page = Array(columns[6].utf8)
    let number = rollup.number(ofPage: page.span)
    guard kind == .robot else {
      guard let reader = UInt64(columns[7], radix: 16), let requests = Int64(columns[8]),
        let subscribers = UInt32(columns[9])
      else { return false }
      rollup.add(robot: robot, feed: number, reader: reader, requests: requests, subscribers: subscribers)
      return true
    }
    guard let thing = UInt8(columns[7]).flatMap(FetchedThing.init), let requests = Int64(columns[9]),
      let answer = UInt8(columns[8]).flatMap(AnswerKind.init), let bytes = Int64(columns[10])
    else { return false }
    rollup.add(robot: robot, page: number, thing: thing, answer: answer, .init(count: requests, bytes: bytes))
    return true
  }

  /// Refuses a job if lines were lost or duplicated between mappers and reducers.
  private mutating func check() throws {
    var told = StreamSum()
    for (run, rows) in books {
      let sorted = rows.sorted { $0.number < $1.number }
      guard sorted.first?.kind == .begin, sorted.last?.kind == .end,
        let sum = sorted.last.flatMap({ StreamSum.read($0.columns) }), sorted.map(\.number) == Array(0..<sorted.count)
      else {
        throw Refusal.failed(
          "a run of footfall map is incomplete: it was stopped midway, or some of its lines are missing or duplicated; run the job again, and give each part once"
        )
      }
      told += sum
      books[run] = sorted
    }
    guard told == received else {
      throw Refusal.failed(
        "the mappers wrote \(told.lines) lines, but the reducers read \(received.lines)\(told.lines == received.lines ? " other ones" : ""); give all parts of the job, each once"
      )
    }
    guard !books.isEmpty else { throw Refusal.failed("no file was mapped in these parts") }
  }
}
