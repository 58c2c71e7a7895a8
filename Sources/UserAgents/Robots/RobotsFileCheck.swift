/// Finds the requests of robots for pages that a robots.txt disallows.
///
/// The file is taken as if it had been the same on all days. Robots are taken by the names that they claim.
public struct RobotsFileCheck: Sendable {
  /// A robot, by its name and its class.
  public struct Fetcher: Hashable, Sendable {
    /// The name.
    public var robot: String
    /// The name of its class.
    public var kind: String
  }

  /// A robot's requests for a disallowed page on one day.
  public struct Finding: Equatable, Sendable {
    /// The day, in days since 1970-01-01.
    public var day: Int32
    /// Who fetched.
    public var fetcher: Fetcher
    /// The pathname.
    public var page: String
    /// The number of requests.
    public var requests: Int64
    /// The number of the line in the file that disallows the page.
    public var line: Int
  }

  /// The requests of a robot on all days.
  public struct Sum: Equatable, Sendable {
    /// Who fetched.
    public var fetcher: Fetcher
    /// The number of requests for disallowed pages.
    public var disallowed: Int64
    /// The number of all requests that were checked.
    public var requests: Int64
  }

  private struct Place: Hashable {
    var fetcher: Fetcher
    var page: String
  }

  /// The first and the last day with requests; nil if there are none.
  public private(set) var days: ClosedRange<Int32>?
  /// The number of requests that were checked.
  public private(set) var checked: Int64 = 0
  /// The number of requests that could not be checked: the robot has no name, or the day did not keep the page.
  public private(set) var unchecked: Int64 = 0
  /// The findings with most requests, in order; complete after ``finish()``.
  public private(set) var findings: [Finding] = []
  /// The number of all findings.
  public private(set) var allFindings = 0

  private let file: RobotsFile
  private let limit: Int
  private var groups: [String: RobotsFile.Group] = [:]
  private var sums: [Fetcher: Sum] = [:]
  /// The findings of the current day.
  private var today: [Place: Finding] = [:]

  /// Creates a check that keeps this number of findings.
  public init(_ file: RobotsFile, limit: Int) {
    self.file = file
    self.limit = limit
  }

  /// Adds requests. Days must be in order.
  public mutating func add(day: Int32, robot: String, kind: String, page: String, requests: Int64) {
    if let known = days, known.upperBound < day { endDay() }
    days = (days?.lowerBound ?? day)...day
    // What stands for several, or for none, is in brackets.
    guard !robot.hasPrefix("("), page.hasPrefix("/") else {
      unchecked += requests
      return
    }
    checked += requests
    let fetcher = Fetcher(robot: robot, kind: kind)
    var sum = sums[fetcher] ?? Sum(fetcher: fetcher, disallowed: 0, requests: 0)
    sum.requests += requests
    if let line = group(of: robot).prohibition(ofPage: page) {
      sum.disallowed += requests
      let place = Place(fetcher: fetcher, page: page)
      today[place, default: Finding(day: day, fetcher: fetcher, page: page, requests: 0, line: line)].requests +=
        requests
    }
    sums[fetcher] = sum
  }

  /// Completes the findings.
  public mutating func finish() {
    endDay()
    keepMost()
  }

  /// The robots that fetched disallowed pages, those with most requests for them first.
  public var offenders: [Sum] {
    sums.values.filter { $0.disallowed > 0 }.sorted { left, right in
      left.disallowed != right.disallowed
        ? left.disallowed > right.disallowed : Self.isOrdered(left.fetcher, before: right.fetcher)
    }
  }

  private mutating func group(of robot: String) -> RobotsFile.Group {
    if let known = groups[robot] { return known }
    let group = file.group(of: robot)
    groups[robot] = group
    return group
  }

  private mutating func endDay() {
    findings += today.values
    allFindings += today.count
    today.removeAll(keepingCapacity: true)
    if findings.count > 2 * limit { keepMost() }
  }

  private mutating func keepMost() {
    findings.sort { left, right in
      if left.requests != right.requests { return left.requests > right.requests }
      if left.day != right.day { return left.day < right.day }
      if left.fetcher != right.fetcher { return Self.isOrdered(left.fetcher, before: right.fetcher) }
      return left.page.utf8.lexicographicallyPrecedes(right.page.utf8)
    }
    findings.removeLast(max(0, findings.count - limit))
  }

  private static func isOrdered(_ left: Fetcher, before right: Fetcher) -> Bool {
    let (one, other) = (left.robot.utf8, right.robot.utf8)
    return one.elementsEqual(other)
      ? left.kind.utf8.lexicographicallyPrecedes(right.kind.utf8) : one.lexicographicallyPrecedes(other)
  }
}
