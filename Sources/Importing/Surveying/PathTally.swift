import AccessLog
import ByteScanning
import Collecting
import Hits
import LineRules
import PageNames
import PrivacyPipeline
import Redaction

/// Counts requests for pages by path, and by the name that the page gets. Paths as logged are only in memory.
struct PathTally {
  /// A page, and what it is made of.
  private struct Page {
    var paths = 0
    var requests = 0
    var examples: [String] = []
  }

  /// A path as logged, normalised and without query.
  private struct Path {
    var page: Int
    var causes: [Int]
  }

  private static let examplesOfPage = 3

  private let naming: SiteNaming
  private let site: String?
  private var namers: [String: PageNamer] = [:]
  private let redactor = Redactor(.standard)
  private var survey = PathSurvey()
  private var paths: [String: Path] = [:]
  private var pages: [String: Int] = [:]
  private var totals: [Page] = []
  private var names: [String] = []
  private var causes: [String: Int] = [:]
  private var effects: [PathSurvey.Effect] = []
  /// For each cause, the pages that it leads to.
  private var pagesOfCause: [Set<Int>] = []
  private var queries = QueryTally()

  /// - Parameter site: the host whose settings apply to all lines; nil if the host of each line decides.
  init(_ naming: SiteNaming, site: String?) {
    self.naming = naming
    self.site = site
  }

  /// Adds a line that matches its format.
  mutating func add(_ line: LogLine, _ bytes: Span<UInt8>, isPage: Bool) {
    survey.lines += 1
    guard isPage else { return }
    survey.requests += 1
    var target: [UInt8] = []
    line.appendURL(bytes, to: &target)
    let parts = RequestTarget.parts(of: target.span, 0..<target.count)
    let host = site ?? HostName.canonical(bytes, line.host)
    var path: [UInt8] = []
    if !Pathname.append(target.span, parts.path, to: &path) { path.append(Byte.slash) }
    let settings = naming[host]
    let query = settings.keptQueries.isEmpty ? 0..<0 : parts.query
    let key = host + " " + String(decoding: path, as: UTF8.self) + "?" + String(decoding: target[query], as: UTF8.self)
    if paths[key] == nil {
      guard paths.count < PathSurvey.mostPaths else {
        survey.requestsNotExamined += 1
        return
      }
      paths[key] = name(path, target.span.extracting(query), host, settings)
    }
    guard let found = paths[key] else { return }
    totals[found.page].requests += 1
    for cause in found.causes { effects[cause].requests += 1 }
    queries.add(page: found.page, target.span, parts.query)
  }

  private mutating func name(
    _ path: [UInt8], _ query: Span<UInt8>, _ host: String, _ settings: PageNaming
  ) -> Path {
    var namer = namers[host] ?? PageNamer(settings)
    var bytes: [UInt8] = []
    let changes = namer.append(path.span, query: query, to: &bytes)
    namers[host] = namer
    let name = String(decoding: bytes, as: UTF8.self)
    let page = pages[host + " " + name] ?? totals.count
    if page == totals.count {
      pages[host + " " + name] = page
      names.append(name)
      totals.append(Page())
    }
    totals[page].paths += 1
    if totals[page].examples.count < Self.examplesOfPage {
      let example = redactor.path(String(decoding: path, as: UTF8.self))
      if !totals[page].examples.contains(example) { totals[page].examples.append(example) }
    }
    return Path(page: page, causes: changes.causes(in: settings).map { note($0, page) })
  }

  /// Counts a path and its page for a cause, and returns the cause's number.
  private mutating func note(_ cause: String, _ page: Int) -> Int {
    let number = causes[cause] ?? effects.count
    if number == effects.count {
      causes[cause] = number
      effects.append(PathSurvey.Effect(cause: cause))
      pagesOfCause.append([])
    }
    effects[number].paths += 1
    pagesOfCause[number].insert(page)
    return number
  }

  /// Returns what was counted.
  func result() -> PathSurvey {
    var survey = survey
    survey.paths = paths.count
    survey.pages = totals.count
    survey.effects = effects.indices.map { index in
      var effect = effects[index]
      effect.pages = pagesOfCause[index].count
      return effect
    }.sorted { ($1.paths, $0.cause) < ($0.paths, $1.cause) }
    survey.groups = totals.indices.filter { totals[$0].paths > 1 }.map { index in
      PathSurvey.Group(
        page: names[index], paths: totals[index].paths, requests: totals[index].requests,
        examples: totals[index].examples)
    }.sorted { ($1.paths, $1.requests, $0.page) < ($0.paths, $0.requests, $1.page) }
    let counted = totals.indices.map { (name: names[$0], requests: totals[$0].requests) }
    let found = PathProposals(counted).proposals + TwinProposals(counted).proposals + queries.proposals(names)
    survey.proposals =
      found
      .sorted { ($1.before, $0.value) < ($0.before, $1.value) }
    return survey
  }
}
