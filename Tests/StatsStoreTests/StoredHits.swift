import ByteScanning
import Hits
import TestSupport

@testable import StatsStore

/// A page view or event as texts, before it is added to a batch.
struct TextHit: Sendable {
  var visitor: UInt64 = 1
  var day: Int32 = 20_766
  var second: Int32 = 0
  var kind = HitKind.pageview
  var page = "/"
  var client = ["Firefox", "145", "Linux", "", "desktop"]
  var place = ["DE", "DE/Bavaria", "DE/Bavaria/Munich", "AS64496 Example"]
  var acquisition = ["Direct / None", "Direct", "", "", "", "", "", ""]
  var event = ["buy", "colour", "blue"]
  var traits: HitTraits = []

  static func random(using generator: inout some RandomNumberGenerator) -> TextHit {
    func one<Value>(_ values: [Value]) -> Value { values[Int.random(in: values.indices, using: &generator)] }
    let visitor = UInt64.random(in: 1...40, using: &generator)
    return TextHit(
      // Neighbours by number are not neighbours by bytes.
      visitor: visitor &* 0x9E37_79B9_7F4A_7C15, day: one([20_766, 20_767]),
      // Many hits in one second, whose order depends on their texts.
      second: Int32.random(in: 0..<40, using: &generator) * 900,
      kind: one([.pageview, .pageview, .pageview, .event, .notFound, .eventOfPageview]),
      page: one(["/", "/a", "/b", "/caf%C3%A9"]),
      // Attributes of a visitor depend on the visitor.
      client: [["Firefox", "145", "Linux", "", "desktop"], ["Chrome", "142", "Windows", "10", "desktop"]][
        Int(visitor % 2)],
      place: [
        ["DE", "DE/Bavaria", "DE/Bavaria/Munich", "AS64496 Example"], ["", "", "", ""], ["FR", "", "", "AS64497"],
      ][Int(visitor % 3)],
      acquisition: one([
        ["Direct / None", "Direct", "", "", "", "", "", ""],
        ["Google", "Organic Search", "google.com", "", "", "", "", ""],
        ["News", "Email", "", "News", "email", "a b", "", "é"],
      ]), event: one([["buy", "colour", "blue"], ["buy"], ["sign up", "plan", "small", "colour", "red"]]),
      traits: one([[], .noReferrer, .ownReferrer, [.notModified, .ownReferrer]]))
  }
}

extension HitSlice {
  /// Makes a batch of these hits of a site.
  init(_ hits: [TextHit], site: UInt32) {
    var batch = HitBatch()
    for (line, hit) in hits.enumerated() {
      batch.hits.append(
        Hit(
          visitor: VisitorID(rawValue: hit.visitor), site: site, day: hit.day, second: hit.second, kind: hit.kind,
          page: batch.pages.intern(hit.page), client: batch.clients.intern(Self.joined(hit.client)),
          place: batch.places.intern(Self.joined(hit.place)),
          acquisition: batch.acquisitions.intern(Self.joined(hit.acquisition)),
          event: hit.kind.isEvent ? batch.events.intern(Self.joined(hit.event)) : 0, traits: hit.traits))
      batch.lines.append(Int32(line))
    }
    self.init(batch: batch, indices: Array(hits.indices))
  }

  private static func joined(_ parts: [String]) -> String {
    parts.joined(separator: "\u{1F}")
  }
}

extension ImportPart {
  /// Makes an import of these hits, each a page view in the books.
  init(_ hits: [TextHit], site: UInt32, import id: Int64, file: Int64? = nil) {
    self.init(importID: id, file: file, name: "a.log", format: "combined", now: 1_800_000_000)
    lines = hits.count
    for hit in hits { outcomes[OutcomeKey(site: site, day: hit.day, outcome: .pageview), default: 0] += 1 }
    self.hits = [HitSlice(hits, site: site)]
  }
}

/// A database in a new folder, with one site.
struct TestStore {
  let folder: TemporaryFolder
  let store: StatsStore
  let site: UInt32

  init() throws {
    folder = try TemporaryFolder()
    store = try StatsStore(path: folder.path("stats.db"), mode: .write(wait: 0))
    site = try store.site(host: "example.com", timeZone: nil, byImport: false, now: 0).id
  }

  /// Imports these hits, each part as an import of its own, without recounting the days.
  func add(_ parts: [[TextHit]]) throws {
    for part in parts {
      let id = try store.beginImport(version: "test", site: nil, now: 0)
      _ = try store.commit(ImportPart(part, site: site, import: id))
    }
  }

  /// Returns all statistics as text.
  func dump() throws -> String {
    var text = ""
    try store.dump { text += $0 }
    return text
  }
}
