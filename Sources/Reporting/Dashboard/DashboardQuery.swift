import Hits
import Rollups
import StatsStore

/// The query of a dashboard address, which chooses the report: parsed and written.
public struct DashboardQuery: Equatable, Sendable {
  /// The periods that the page offers, by what people see and what the address has.
  static let presets: [(title: String, period: String)] = [
    ("Today", "today"), ("Yesterday", "yesterday"), ("7 days", "7d"), ("30 days", standardPeriod),
    ("90 days", "90d"), ("365 days", "365d"), ("This month", "this-month"), ("Last month", "last-month"),
    ("All time", allDays),
  ]

  /// The period of an address that names none.
  static let standardPeriod = "30d"
  /// The name of all days with data.
  static let allDays = "all"

  /// The site, by its host; nil for all.
  public var site: String?
  /// The name of the period (``NamedPeriod``), or ``allDays``, unless ``since`` or ``until`` is set.
  public var period = Self.standardPeriod
  /// The first day, in days since 1970-01-01.
  public var since: Int32?
  /// The last day.
  public var until: Int32?
  /// The filter for visits.
  public var filter = VisitFilter.all
  /// The only robot to show; nil for all.
  public var robot: String?
  /// The period to compare with.
  public var compared: ComparedPeriod?

  /// Creates a query for thirty days of all sites.
  public init() {}

  /// Parses the parameters of an address; unknown names are ignored.
  ///
  /// - Throws: ``DashboardRefusal``, ``FilterRefusal``.
  public init(_ parameters: [(name: String, value: String)]) throws {
    var filters: [String] = []
    for (name, value) in parameters where !value.isEmpty {
      switch name {
      case "site": site = value
      case "period": period = try Self.period(value)
      case "since": since = try Self.day(value)
      case "until": until = try Self.day(value)
      case "filter": filters.append(value)
      case "compare" where value != "none": compared = try Self.value(value, of: name)
      default: break
      }
    }
    (robot, filter) = try ReportFilter.parse(filters)
    if let since, let until, since > until { throw DashboardRefusal(description: "since is later than until") }
  }

  private static func value<Value: RawRepresentable & CaseIterable>(
    _ text: String, of name: String
  ) throws -> Value where Value.RawValue == String {
    guard let value = Value(rawValue: text) else {
      let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw DashboardRefusal(description: "\(name) must be one of \(names)")
    }
    return value
  }

  private static func period(_ text: String) throws -> String {
    guard text == allDays || NamedPeriod(text) != nil else {
      throw DashboardRefusal(description: "period must be \(allDays), or \(NamedPeriod.forms)")
    }
    return text
  }

  private static func day(_ text: String) throws -> Int32 {
    guard let day = DayName.day(named: text) else {
      throw DashboardRefusal(description: "dates must look like 2026-11-02")
    }
    return day
  }

  /// Whether the query gives dates instead of a period.
  var hasDates: Bool { since != nil || until != nil }

  /// The options for the report builder.
  var options: ReportOptions {
    var options = ReportOptions()
    options.site = site
    if hasDates {
      options.days = AskedDays(since: since.map { .fixed($0...$0) }, until: until.map { .fixed($0...$0) })
    } else {
      let named = NamedPeriod(period)
      options.days = AskedDays(since: named, until: named)
    }
    options.limit = 100
    options.filter = filter
    options.robot = robot
    options.compared = compared
    return options
  }

  /// The parameters of the query in a fixed order, without those that have their default value.
  var parameters: [(name: String, value: String)] {
    var parameters: [(String, String)] = []
    if let site { parameters.append(("site", site)) }
    if !hasDates, period != Self.standardPeriod { parameters.append(("period", period)) }
    if let since { parameters.append(("since", DayName.name(since))) }
    if let until { parameters.append(("until", DayName.name(until))) }
    for term in filter.terms { parameters.append(("filter", term.dimension.name + "=" + term.value)) }
    if let robot { parameters.append(("filter", "robot=" + robot)) }
    if let compared { parameters.append(("compare", compared.rawValue)) }
    return parameters
  }

  /// The address with the parameters.
  var address: String {
    let query = parameters.map { Self.encoded($0.name) + "=" + Self.encoded($0.value) }.joined(separator: "&")
    return query.isEmpty ? "/" : "/?" + query
  }

  /// Percent-encodes all but the unreserved characters of RFC 3986, section 2.3.
  private static func encoded(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default: encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return encoded
  }
}

/// The reason why the dashboard cannot show what an address asks for.
public struct DashboardRefusal: Error, Equatable, CustomStringConvertible {
  /// What is wrong and what to do.
  public let description: String
}
