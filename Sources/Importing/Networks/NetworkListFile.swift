import Collecting
import Foundation

/// A list of networks in a form in which such lists are published: lines of text, JSON, or a line of JSON for each.
///
/// Any mistake refuses the whole list, because a partly read list seems to work but does not.
struct NetworkListFile {
  /// The networks of the file.
  private(set) var ranges: [AddressRange] = []
  /// The numbers of the autonomous systems of the file.
  private(set) var systems: Set<UInt32> = []
  private let path: String
  private let takesSystems: Bool

  /// Reads a file.
  ///
  /// - Parameter takesSystems: whether the list may name autonomous systems.
  /// - Throws: ``ImportFailure/failed(_:)`` with the line of a mistake and what is wrong there.
  init(path: String, takesSystems: Bool = false) throws {
    self.path = path
    self.takesSystems = takesSystems
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ImportFailure.failed("\(path): cannot be read; name another list")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw ImportFailure.failed("\(path): not a UTF-8 text; give a list with one network per line")
    }
    try add(text)
    guard !ranges.isEmpty || !systems.isEmpty else {
      throw ImportFailure.failed("\(path): contains no network; omit the list, or write one CIDR per line")
    }
  }

  /// Adds what a text names. Its first character tells the form: lists have no header that says what they are.
  private mutating func add(_ text: String) throws {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    switch text.first(where: { !$0.isWhitespace }) {
    case "{": try NetworkRecord.areLines(lines) ? addRecords(lines) : addDocument(text, lines)
    case "<": try addDocument(PublishedNetworks.object(inPage: text), lines)
    default: try addLines(lines)
    }
  }

  private mutating func addLines(_ lines: [Substring]) throws {
    var isFirst = true
    for (index, line) in lines.enumerated() {
      let line = NetworkListLine(line)
      guard !line.isEmpty else { continue }
      defer { isFirst = false }
      if isFirst, line.isHeader { continue }
      try add(line: index + 1) { () throws(AddressRange.Failure) in try line.entry() }
    }
  }

  private mutating func addRecords(_ lines: [Substring]) throws {
    for (index, line) in lines.enumerated() where line.contains(where: { !$0.isWhitespace }) {
      guard let record = NetworkRecord(line) else {
        throw ImportFailure.failed("\(path):\(index + 1): not a line of JSON with a cidr or an asn; download it again")
      }
      for entry in record.entries {
        try add(line: index + 1) { () throws(AddressRange.Failure) in try NetworkListLine(entry).entry() }
      }
    }
  }

  private mutating func addDocument(_ text: String, _ lines: [Substring]) throws {
    let entries: [String]
    do throws(PublishedNetworks.Mistake) { entries = try PublishedNetworks.networks(in: text) } catch {
      throw ImportFailure.failed("\(path): \(error)")
    }
    for entry in entries {
      // A document has no lines of its own: the first line with the text is where the mistake is.
      try add(line: (lines.firstIndex { $0.contains("\"\(entry)\"") } ?? 0) + 1) { () throws(AddressRange.Failure) in
        .network(try AddressRange(entry))
      }
    }
  }

  /// Adds an entry; the line is computed only for a mistake.
  private mutating func add(
    line: @autoclosure () -> Int, _ entry: () throws(AddressRange.Failure) -> NetworkListLine.Entry
  ) throws {
    do throws(AddressRange.Failure) {
      switch try entry() {
      case .network(let range): ranges.append(range)
      case .system(let number) where takesSystems: systems.insert(number)
      case .system: throw AddressRange.Failure.notAnAddress
      }
    } catch {
      let more = error == .notAnAddress && takesSystems ? ", nor an autonomous system such as AS64496" : ""
      throw ImportFailure.failed("\(path):\(line()): \(error)\(more)")
    }
  }
}
