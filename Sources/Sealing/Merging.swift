import Foundation
import Hits
import SaltVault
import StatsStore

/// Merges the sealed days of another database into this one. docs/exactly-once.md describes what the ledger knows
/// afterwards.
public struct Merging {
  private let store: StatsStore
  private let sealing: Sealing
  private let other: StatsStore
  private let name: String
  /// What the merge adds.
  public let effect: MergeEffect

  /// Checks whether two databases can be merged, without merging them yet.
  ///
  /// - Parameters:
  ///   - name: the path of the other database.
  ///   - store: the database that receives the days, opened for writing.
  /// - Throws: ``Refusal`` if they cannot be merged; `StoreError` if the other database cannot be read.
  public init(_ name: String, into store: StatsStore, _ vault: SaltVault) throws {
    self.name = name
    self.store = store
    sealing = Sealing(store, vault)
    guard Self.place(of: name) != Self.place(of: store.path) else {
      throw Refusal.usage("\(name): a database cannot be merged with itself")
    }
    other = try StatsStore(path: name, mode: .read)
    try sealing.finish()
    try store.rebuildDirtyDays()
    effect = try Self.refusing(name) { [other] in try store.effectOfMerging(other) }
  }

  /// Merges the days.
  ///
  /// - Parameters:
  ///   - version: the version of the program.
  ///   - now: the current time in Unix seconds.
  public func run(version: String, now: Int64) throws -> MergeEffect {
    let effect = try Self.refusing(name) { try store.merge(other, as: name, version: version, now: now) }
    try store.sumUpMonths()
    return effect
  }

  private static func refusing<Value>(_ name: String, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let conflict as MergeConflict {
      throw Refusal.failed("\(name): \(conflict)")
    }
  }

  private static func place(of path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }
}
