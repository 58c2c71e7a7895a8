import Hits
import SaltVault
import StatsStore

/// Takes an import back, as if it had never been.
public struct Undoing {
  private let store: StatsStore
  private let sealing: Sealing
  /// The import.
  public let record: ImportRecord
  /// What goes with it.
  public let effect: UndoEffect

  /// Finds out what undoing an import would change, and changes nothing yet.
  ///
  /// - Throws: ``Refusal`` where there is no such import or it can no longer be taken out.
  public init(_ id: Int64, _ store: StatsStore, _ vault: SaltVault) throws {
    self.store = store
    sealing = Sealing(store, vault)
    try sealing.finish()
    try store.rebuildDirtyDays()
    guard let record = try store.importRecord(id) else {
      throw Refusal.usage("no import \(id); footfall imports lists them")
    }
    if let day = record.rebuiltDay {
      throw Refusal.failed(
        "import \(id) rebuilt \(DayName.name(day)), which replaced what was there; rebuild the day again from other files"
      )
    }
    if let name = record.mergedFrom {
      throw Refusal.failed(
        "import \(id) brought sealed days of \(name), and sealed days stay; footfall prune removes those before a date")
    }
    self.record = record
    effect = try store.effectOfUndoing(id)
    let sealed = effect.days.filter(\.isSealed)
    if let first = sealed.first {
      let days = sealed.count == 1 ? "\(DayName.name(first.day)) is" : "\(sealed.count) of its days are"
      throw Refusal.failed(
        "import \(id) cannot be undone: \(days) sealed, so its lines cannot be told from others any more; footfall rebuild replaces a day from its logs"
      )
    }
  }

  /// Undoes the import and counts its days anew.
  public func run() throws {
    try store.undo(record.id)
    try store.rebuildDirtyDays()
    try sealing.finish()
  }
}
