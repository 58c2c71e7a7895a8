import ByteScanning
import Collecting

/// The compiled rules of a site, for one thread.
public struct LineFilter {
  private enum Test {
    case glob(Glob)
    case expression(Expression)
    case network(AddressSet)
  }

  private struct Condition {
    var field: LineRule.Field
    var isInverted: Bool
    var test: Test
  }

  private let include: [[Condition]]
  private let exclude: [[Condition]]
  private let pageviews: [[Condition]]
  private var path: [UInt8] = []
  private var status: [UInt8] = []
  private var address = ClientAddress()

  /// Compiles rules; nil if there are none.
  ///
  /// - Throws: ``RuleMistake`` if memory runs out.
  public init?(_ rules: LineRules) throws(RuleMistake) {
    guard !rules.isEmpty else { return nil }
    include = try Self.compiled(rules.include)
    exclude = try Self.compiled(rules.exclude)
    pageviews = try Self.compiled(rules.pageviews)
  }

  private static func compiled(_ rules: [LineRule]) throws(RuleMistake) -> [[Condition]] {
    var compiled: [[Condition]] = []
    for rule in rules {
      var conditions: [Condition] = []
      for condition in rule.conditions {
        let test: Test
        switch condition.pattern {
        case .glob(let glob): test = .glob(glob)
        case .network(let network): test = .network(AddressSet([network]))
        case .expression(let text):
          test = .expression(try Expression(text, ignoresCase: condition.field.ignoresCase))
        }
        conditions.append(Condition(field: condition.field, isInverted: condition.isInverted, test: test))
      }
      compiled.append(conditions)
    }
    return compiled
  }

  /// Whether a line is excluded.
  public mutating func excludes(_ bytes: Span<UInt8>, _ line: LineFields) -> Bool {
    if anyFits(exclude, bytes, line) { return true }
    return !include.isEmpty && !anyFits(include, bytes, line)
  }

  /// Whether a line is a page view whatever its extension, method and status are.
  public mutating func isPageview(_ bytes: Span<UInt8>, _ line: LineFields) -> Bool {
    anyFits(pageviews, bytes, line)
  }

  private mutating func anyFits(_ rules: [[Condition]], _ bytes: Span<UInt8>, _ line: LineFields) -> Bool {
    for rule in rules where fits(rule, bytes, line) { return true }
    return false
  }

  private mutating func fits(_ rule: [Condition], _ bytes: Span<UInt8>, _ line: LineFields) -> Bool {
    for condition in rule where fits(condition, bytes, line) == condition.isInverted { return false }
    return true
  }

  private mutating func fits(_ condition: Condition, _ bytes: Span<UInt8>, _ line: LineFields) -> Bool {
    switch condition.field {
    case .path:
      path.removeAll(keepingCapacity: true)
      let raw = RequestTarget.parts(of: bytes, line.target).path
      if Pathname.append(bytes, raw, to: &path) { return Self.fits(condition.test, path.span, 0..<path.count) }
      return Self.fits(condition.test, bytes, raw)
    case .host: return Self.fits(condition.test, bytes, RequestTarget.hostWithoutPort(bytes, line.host))
    case .status:
      writeStatus(line.status)
      return Self.fits(condition.test, status.span, 0..<status.count)
    case .method: return Self.fits(condition.test, bytes, line.method)
    case .agent: return Self.fits(condition.test, bytes, line.agent)
    case .address:
      guard case .network(let network) = condition.test else {
        return Self.fits(condition.test, bytes, line.address)
      }
      address.read(bytes, line.address)
      return network.contains(address)
    }
  }

  private static func fits(_ test: Test, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    switch test {
    case .glob(let glob): glob.matches(bytes, range)
    case .expression(let expression): expression.matches(bytes, range)
    case .network: false
    }
  }

  private mutating func writeStatus(_ number: Int) {
    status.removeAll(keepingCapacity: true)
    guard number >= 0 else { return }
    status.append(UInt8(truncatingIfNeeded: 0x30 + number / 100 % 10))
    status.append(UInt8(truncatingIfNeeded: 0x30 + number / 10 % 10))
    status.append(UInt8(truncatingIfNeeded: 0x30 + number % 10))
  }
}
