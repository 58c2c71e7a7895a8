import ByteScanning
import Hits

/// Robots whose operator and purpose are known: `Resources/robots.tsv`.
///
/// The directory names robots that rules have found. It is looked up once for each user agent, by the words in it.
public struct RobotDirectory: Sendable {
  /// Rules for the robots of language models. Other robots in the directory are found by other rules.
  static let rules: [AgentRule] = standard.entries.filter { $0.robot.kind.isOfAI }.map { entry in
    AgentRule(
      meaning: .bot(entry.robot.kind), pattern: PlainText.pattern(startingWord: entry.text), ignoresCase: true)
  }

  private struct Entry: Sendable {
    var text: [UInt8]
    var robot: Robot
  }

  /// The directory of this version.
  public static let standard = RobotDirectory(PackageResources.robots_tsv)

  private var entries: [Entry] = []
  /// The entries by the word that their text starts with.
  private var byWord: [[UInt8]: [Int]] = [:]
  private var byName: [String: Int] = [:]

  /// Reads lines; those that are not entries are left out. A test makes sure that there are none.
  init(_ bytes: [UInt8]) {
    // Splits bytes, since a `String` would be split into what readers see as characters.
    for line in bytes.split(separator: Byte.newline) {
      guard let (text, robot) = Self.entry(line) else { continue }
      let word = Array(text.prefix(while: Self.isOfWord))
      byWord[word, default: []].append(entries.count)
      let name = robot.name.lowercased()
      if byName[name] == nil { byName[name] = entries.count }
      entries.append(Entry(text: text, robot: robot))
    }
  }

  /// Returns the text, in lower case, and the robot of a line; nil for a comment, or if the line is not an entry.
  static func entry(_ line: ArraySlice<UInt8>) -> (text: [UInt8], robot: Robot)? {
    guard line.first != Byte.numberSign else { return nil }
    let columns = line.split(separator: Byte.tab, omittingEmptySubsequences: false)
    guard columns.count == 5, !columns[0].isEmpty, !columns[1].isEmpty, !columns[4].isEmpty,
      let kind = BotClass(rawValue: String(decoding: columns[3], as: UTF8.self))
    else { return nil }
    let robot = Robot(
      name: String(decoding: columns[1], as: UTF8.self), operator: String(decoding: columns[2], as: UTF8.self),
      kind: kind)
    return (columns[0].map(Byte.lower), robot)
  }

  /// Returns the robot with a name, in upper or lower case; nil if it is not in the directory.
  public func robot(named name: String) -> Robot? {
    byName[name.lowercased()].map { entries[$0].robot }
  }

  /// Returns the robot that an agent, in lower case, names; of several, the first one in the directory.
  func robot(in lower: [UInt8]) -> Robot? {
    var best = entries.count
    var start = 0
    while start < lower.count {
      guard Self.isOfWord(lower[start]) else {
        start += 1
        continue
      }
      let end = lower[start...].firstIndex { !Self.isOfWord($0) } ?? lower.count
      for entry in byWord[Array(lower[start..<end])] ?? [] where entry < best {
        if lower[start...].starts(with: entries[entry].text) { best = entry }
      }
      start = end
    }
    return best < entries.count ? entries[best].robot : nil
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte >= 0x80
  }
}
