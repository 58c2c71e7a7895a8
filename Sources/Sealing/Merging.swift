import Foundation
import Hits
import SaltVault
import StatsStore

/// Brings the sealed days of another database into one. docs/exactly-once.md says what the ledger knows afterwards.
public struct Merging {
  private let store: StatsStore
  private let sealing: Sealing
  private let other: StatsStore
  private let name: String
  /// What it brings.
  public let effect: MergeEffect

  /// Finds out whether two databases fit together; changes nothing of either.
  ///
  /// - Parameters:
  ///   - name: the path of the other database.
  ///   - store: the database that takes the days, opened for writing.
  /// - Throws: ``Refusal`` where they do not fit together; `StoreError` where the other one cannot be read.
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

  /// Brings the days in.
  ///
  /// - Parameters:
  ///   - version: the version of the program.
  ///   - now: Unix seconds.
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
