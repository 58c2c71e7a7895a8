import Foundation
import Hits
import ImportSupport
import Importing
import PageNames
import Redaction
import SaltVault
import Sealing
import StatsStore
import TestSupport
import Testing

/// Texts that were stored before there was a rule for them disappear, from sealed days and from open ones.
@Suite struct RedactingTests {
  private static var renaming: Renaming {
    Renaming(
      page: { _, text in text.hasPrefix("/of/") ? "/of/:name" : text }, pastPage: { $1 },
      source: { _, text in value(text) },
      referrer: { _, text in text }, value: { _, text in value(text) })
  }

  private static func value(_ text: String) -> String { text.contains("SECRET") ? ":name" : text }

  /// Lines of a day with a secret in each path, campaign and event, among many others.
  private static func lines(day: Int, seed: UInt64) -> [String] {
    var chance = SeededGenerator(seed: seed)
    return Scratch.lines(day: day, count: 3_000, seed: seed).map { line in
      let number = Int.random(in: 0..<1_000_000, using: &chance)
      let length = Int.random(in: 0..<120, using: &chance)
      let tail = "\(number)" + String(repeating: "x", count: length)
      return switch number % 4 {
      case 0: line.replacing(/\/page\/\d+/, with: "/of/SECRET\(tail)")
      case 1: line.replacing(/\/page\/\d+/, with: "/page/\(tail)?utm_source=SECRET\(tail)&utm_campaign=\(number)SECRET")
      case 2: line.replacing(/\/page\/\d+/, with: "/page/\(tail).zip?name=SECRET\(number % 900)")
      default: line.replacing(/\/page\/\d+/, with: "/page/\(tail)")
      }
    }
  }

  /// A folder into which lines are imported as they were before there was redaction.
  private static func scratch() throws -> Scratch {
    let scratch = try Scratch()
    var texts = NamingTexts()
    texts.redaction = .off
    scratch.naming = try SiteNaming(texts, sites: [:])
    return scratch
  }

  private static let events = ["*.zip 200 -> Download {name: $query.name}"]

  private static func redact(_ scratch: Scratch) throws -> RenamedTexts {
    let redacting = try Redacting(renaming, try scratch.store(), try scratch.vault())
    let expected = try redacting.effect()
    let (effect, isSwept) = try redacting.run()
    #expect(effect == expected && isSwept)
    #expect(try scratch.bytesOnDisk().range(of: Data("SECRET".utf8)) == nil, "while the database is open")
    return effect
  }

  private static func isOnDisk(_ scratch: Scratch) throws -> Bool {
    try scratch.bytesOnDisk().range(of: Data("SECRET".utf8)) != nil
  }

  @Test(arguments: [true, false]) func noByteOfAnOldTextIsLeft(_ isSealed: Bool) throws {
    let scratch = try Self.scratch()
    for day in 1...3 {
      try scratch.importLines(
        Self.lines(day: day, seed: UInt64(day)), as: "\(day).log", events: Self.events, delay: .max / 2)
    }
    if isSealed {
      try scratch.withSealing { sealing, _ throws in
        _ = try sealing.seal(.fixed(19_968...19_968), andEarlier: true, site: nil, now: 1_800_000_000)
      }
    }
    #expect(try Self.isOnDisk(scratch))
    let effect = try Self.redact(scratch)
    #expect(effect.sites.map { [$0.sealedDays, $0.openDays] } == [isSealed ? [2, 1] : [0, 3]])
    let dimensions = effect.sites[0].values.map(\.dimension)
    #expect(
      dimensions == [
        "page", "entry_page", "exit_page", "source", "utm_source", "utm_campaign", "event_property", "utm",
      ])
    #expect(try !Self.isOnDisk(scratch))
    #expect(try Redacting(Self.renaming, try scratch.store(), try scratch.vault()).effect().isEmpty)
    // Known lines are still known.
    let again = try scratch.importLines(Self.lines(day: 3, seed: 3), as: "again.log", events: Self.events)
    #expect(again.outcomes[.alreadyImported] == 3_000)
  }

  /// A reader keeps the old state in the journal; the next command removes it.
  @Test func aReaderDelaysTheRemoval() throws {
    let scratch = try Self.scratch()
    try scratch.importLines(Self.lines(day: 1, seed: 1), events: Self.events)
    let reader = try StatsStore(path: scratch.database, mode: .read)
    try reader.withTables(site: nil, days: 0...100_000) { tables in
      // The first question opens the snapshot.
      _ = try tables.columns(of: "days")
      try tables.forEachRow(of: "days") { _ in }
      let redacting = try Redacting(Self.renaming, try scratch.store(), try scratch.vault())
      #expect(try !redacting.run().isSwept)
      #expect(try Self.isOnDisk(scratch))
    }
    #expect(try scratch.withSealing { sealing, _ throws in try sealing.finish() })
    #expect(try !Self.isOnDisk(scratch))
  }
}
