import ByteScanning
import Collecting
import LineRules
import Redaction

/// Gives the pages of a site their names, for one thread.
///
/// A name that was given once stays as it is when it is named again. The order: normalise the path (``Pathname``), merge
/// slashes, fold case, keep parameters of the query, merge index name and last slash, apply the operator's rules, redact.
public struct PageNamer {
  /// How it names.
  public let naming: PageNaming
  /// What redacts the other texts of the site: referrers, campaigns, events.
  public let redactor: Redactor
  private let rules: [CompiledRule]
  private var query: [UInt8] = []

  /// Compiles settings.
  public init(_ naming: PageNaming) {
    self.naming = naming
    redactor = Redactor(naming.redaction)
    rules = naming.rules.map { CompiledRule($0) }
  }

  /// Whether names depend on queries.
  public var readsQueries: Bool { !naming.keptQueries.isEmpty }

  /// Appends the name of the page with this path and query; what is no absolute path is named `/`.
  @discardableResult
  public mutating func append(
    _ path: Span<UInt8>, query parameters: Span<UInt8>, to out: inout [UInt8]
  ) -> NameChanges {
    var changes = NameChanges()
    let start = out.count
    if !Pathname.append(path, 0..<path.count, to: &out) { out.append(Byte.slash) }
    changes.slashes = SlashMerging.merge(&out, from: start)
    if naming.letterCase == .fold { changes.letterCase = Self.fold(&out, from: start) }
    query.removeAll(keepingCapacity: true)
    takeQuery(parameters, of: out, from: start)
    // An index page with a parameter that is kept is a page of its own: /index.php?title=Main_Page.
    if naming.indexes == .merge, query.isEmpty {
      changes.index = IndexNames.dropLast(&out, from: start)
      if changes.index { takeQuery(parameters, of: out, from: start) }
    }
    if naming.slashes == .merge, SlashMerging.dropLast(&out, from: start), !changes.index { changes.slashes = true }
    changes.rule = applyRules(&out, from: start)
    if changes.rule != nil { tidy(&out, from: start) }
    changes.keepsQuery = !query.isEmpty
    out += query
    changes.redacted = redactor.redactPath(&out, from: start)
    Pathname.truncate(&out, from: start)
    return changes
  }

  /// Returns the name of a page that was stored: a path, perhaps with parameters that were kept.
  public mutating func name(ofStored page: String) -> String {
    let bytes = Array(page.utf8)
    guard bytes.first == Byte.slash else { return page }
    let parts = RequestTarget.parts(of: bytes.span, 0..<bytes.count)
    var name: [UInt8] = []
    append(bytes.span.extracting(parts.path), query: bytes.span.extracting(parts.query), to: &name)
    return String(decoding: name, as: UTF8.self)
  }

  private mutating func takeQuery(_ parameters: Span<UInt8>, of out: [UInt8], from start: Int) {
    guard !parameters.isEmpty, readsQueries else { return }
    let end = out.count > start + 1 && out.last == Byte.slash ? out.count - 1 : out.count
    guard let kept = naming.keptQueries.first(where: { $0.fits(out.span, start..<end) }) else { return }
    kept.append(parameters, to: &query)
  }

  /// Makes ASCII letters small, except those of escapes. Returns whether there were capitals.
  private static func fold(_ path: inout [UInt8], from start: Int) -> Bool {
    var hasChanged = false
    var index = start
    while index < path.count {
      let byte = path[index]
      if byte == Byte.percent {
        index += 3
        continue
      }
      let lower = Byte.lower(byte)
      if lower != byte {
        path[index] = lower
        hasChanged = true
      }
      index += 1
    }
    return hasChanged
  }

  /// Gives what a rule made the form of all names.
  private func tidy(_ path: inout [UInt8], from start: Int) {
    if path.count == start || path[start] != Byte.slash { path.insert(Byte.slash, at: start) }
    _ = SlashMerging.merge(&path, from: start)
    if naming.letterCase == .fold { _ = Self.fold(&path, from: start) }
    if naming.indexes == .merge, query.isEmpty { _ = IndexNames.dropLast(&path, from: start) }
    if naming.slashes == .merge { _ = SlashMerging.dropLast(&path, from: start) }
  }

  /// Applies the first rule that matches, and returns its index.
  private func applyRules(_ path: inout [UInt8], from start: Int) -> Int? {
    for (index, rule) in rules.enumerated() {
      guard let name = rule.name(of: path.span.extracting(start..<path.count)) else { continue }
      path.replaceSubrange(start..., with: name)
      return index
    }
    return nil
  }
}

/// A rule, compiled for one thread.
struct CompiledRule {
  private enum Test {
    case segments(SegmentPattern)
    case expression(Expression?)
  }

  private let test: Test
  private let replacement: [PathRule.Piece]

  init(_ rule: PathRule) {
    replacement = rule.replacement
    switch rule.pattern {
    case .segments(let pattern): test = .segments(pattern)
    // It has been compiled before, so it fails only if memory runs out.
    case .expression(let text): test = .expression(try? Expression(text, ignoresCase: false))
    }
  }

  /// Returns the new name of a path; nil if the rule does not match.
  func name(of path: Span<UInt8>) -> [UInt8]? {
    let captures: [Range<Int>]
    switch test {
    case .segments(let pattern): captures = pattern.captures(path)
    case .expression(let expression): captures = expression?.captures(path, 0..<path.count) ?? []
    }
    guard let match = captures.first else { return nil }
    var name: [UInt8] = []
    ByteCopy.append(path, 0..<match.lowerBound, to: &name)
    for piece in replacement {
      switch piece {
      case .text(let text): name += text
      case .capture(let number): ByteCopy.append(path, captures[number], to: &name)
      }
    }
    ByteCopy.append(path, match.upperBound..<path.count, to: &name)
    return name
  }
}
