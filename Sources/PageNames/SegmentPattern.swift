import ByteScanning
import Collecting
import LineRules

/// A pattern for the start of a path, segment by segment: `/shop/*/p/*`.
struct SegmentPattern: Sendable, Equatable {
  private enum Segment: Sendable, Equatable {
    /// The texts around the stars; a single one if there is no star.
    case parts([[UInt8]])
    /// `**`: any number of segments.
    case any
  }

  /// The most stars in a pattern: `$1` to `$9`.
  private static let mostStars = 9
  /// The most `**`: each one multiplies the ways in which a path may match.
  private static let mostAny = 2

  private let segments: [Segment]
  /// The text of the first segments that have no star, up to the first that has one: most paths differ there.
  private let prefix: [UInt8]
  /// The number of stars, `**` included.
  let stars: Int
  /// The pattern, normalised like a path.
  let bytes: [UInt8]

  /// Parses a pattern. A slash at the end means nothing.
  ///
  /// - Throws: ``RuleMistake`` if no path can match it.
  init(_ text: String, rule: String) throws(RuleMistake) {
    guard text.hasPrefix("/") else {
      throw RuleMistake("'\(rule)' can match nothing: paths begin with a slash, as in '/user/* -> /user/:name'")
    }
    if text.contains("?") || text.contains("#") {
      throw RuleMistake(
        "'\(rule)' can match nothing: paths have no query and no fragment; to keep a parameter, use --keep-query")
    }
    if text.contains("//") {
      throw RuleMistake("'\(rule)' can match nothing: several slashes in a row become one before rules apply")
    }
    let written = Array(text.utf8)
    var bytes: [UInt8] = []
    let isPath = Pathname.append(written.span, 0..<written.count, to: &bytes)
    let slashes = { (text: [UInt8]) in text.count { $0 == Byte.slash } }
    guard isPath, slashes(bytes) == slashes(written) else {
      throw RuleMistake("'\(rule)' can match nothing: write the path without '.' and '..'")
    }
    if bytes.count > 1, bytes.last == Byte.slash { bytes.removeLast() }
    self.bytes = bytes
    segments = bytes.dropFirst().split(separator: Byte.slash, omittingEmptySubsequences: false).map {
      $0.elementsEqual("**".utf8) ? .any : .parts(Self.parts($0))
    }
    stars = segments.reduce(0) { count, segment in
      switch segment {
      case .any: count + 1
      case .parts(let parts): count + parts.count - 1
      }
    }
    guard stars <= Self.mostStars, segments.count(where: { $0 == .any }) <= Self.mostAny else {
      throw RuleMistake("'\(rule)' has too many stars; use at most \(Self.mostStars), and ** at most twice")
    }
    guard segments.last != .any else {
      throw RuleMistake("'\(rule)': omit '/**' at the end; what follows in the path stays in any case")
    }
    let plain = bytes.firstIndex(of: Byte.asterisk) ?? bytes.endIndex
    prefix = Array(bytes[..<plain])
  }

  private static func parts(_ segment: ArraySlice<UInt8>) -> [[UInt8]] {
    segment.split(separator: Byte.asterisk, omittingEmptySubsequences: false).map { Array($0) }
  }

  /// Returns the place of what matched at the start of a path, and then of what each star matched; empty if the path does
  /// not match.
  func captures(_ path: Span<UInt8>) -> [Range<Int>] {
    guard path.count >= prefix.count else { return [] }
    for index in prefix.indices where path[index] != prefix[index] { return [] }
    var captures: [Range<Int>] = [0..<0]
    guard let end = match(segments[...], path, from: 0, &captures) else { return [] }
    captures[0] = 0..<end
    return captures
  }

  /// Returns where the match of these segments ends, which begin at a slash; nil if they do not match.
  private func match(
    _ segments: ArraySlice<Segment>, _ path: Span<UInt8>, from start: Int, _ captures: inout [Range<Int>]
  ) -> Int? {
    guard let segment = segments.first else { return start }
    guard start < path.count, path[start] == Byte.slash else { return nil }
    let known = captures.count
    switch segment {
    case .parts(let parts):
      let end = Self.end(of: start + 1, in: path)
      guard Self.match(parts, path, start + 1..<end, &captures) else { return nil }
      return match(segments.dropFirst(), path, from: end, &captures)
    case .any:
      var end = start
      while true {
        captures.append(min(start + 1, end)..<end)
        if let last = match(segments.dropFirst(), path, from: end, &captures) { return last }
        captures.removeSubrange(known...)
        guard end < path.count else { return nil }
        end = Self.end(of: end + 1, in: path)
      }
    }
  }

  private static func end(of segment: Int, in path: Span<UInt8>) -> Int {
    ByteSearch.firstIndex(of: Byte.slash, in: path, from: segment, to: path.count)
  }

  /// Whether all of a segment matches texts with stars between them. Each star takes one byte at least, and as few as
  /// possible; the last one takes the rest.
  private static func match(
    _ parts: [[UInt8]], _ path: Span<UInt8>, _ range: Range<Int>, _ captures: inout [Range<Int>]
  ) -> Bool {
    guard ByteSearch.matches(parts[0], in: path, at: range.lowerBound, before: range.upperBound) else { return false }
    var start = range.lowerBound + parts[0].count
    guard parts.count > 1 else { return start == range.upperBound }
    let known = captures.count
    for (number, part) in parts.enumerated().dropFirst() {
      let isLast = number == parts.count - 1
      var end = isLast ? max(start + 1, range.upperBound - part.count) : start + 1
      while end <= range.upperBound, !ByteSearch.matches(part, in: path, at: end, before: range.upperBound) {
        end += 1
      }
      guard end > start, end + part.count <= range.upperBound else {
        captures.removeSubrange(known...)
        return false
      }
      captures.append(start..<end)
      start = end + part.count
    }
    return true
  }

  /// Returns a path that the pattern matches, with a text for each star.
  func sample(_ star: (Int) -> String) -> [UInt8] {
    var sample: [UInt8] = []
    var number = 0
    for segment in segments {
      sample.append(Byte.slash)
      switch segment {
      case .any:
        number += 1
        sample += Array(star(number).utf8)
      case .parts(let parts):
        sample += parts[0]
        for part in parts.dropFirst() {
          number += 1
          sample += Array(star(number).utf8) + part
        }
      }
    }
    return sample
  }
}
