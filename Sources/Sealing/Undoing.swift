import Hits
import SaltVault
import StatsStore

/// Undoes an import, as if it had never happened.
public struct Undoing {
  private let store: StatsStore
  private let sealing: Sealing
  /// The import.
  public let record: ImportRecord
  /// What undoing the import deletes.
  public let effect: UndoEffect

  /// Determines what undoing an import would delete, without deleting anything yet.
  ///
  /// - Throws: ``Refusal`` if there is no such import or it can no longer be undone.
  public init(_ id: Int64, _ store: StatsStore, _ vault: SaltVault) throws {
    self.store = store
    sealing = Sealing(store, vault)
    try sealing.finish()
    try store.rebuildDirtyDays()
    guard let record = try store.importRecord(id) else {
      throw Refusal.usage("no import \(id); see footfall imports")
    }
    if let day = record.rebuiltDay {
      throw Refusal.failed(
        "import \(id) cannot be undone: it rebuilt \(DayName.name(day)) and replaced what was there; rebuild the day again from other files"
      )
    }
    if let name = record.mergedFrom {
      throw Refusal.failed(
        "import \(id) cannot be undone: it added sealed days from \(name); footfall prune deletes the statistics of the days before a date"
      )
    }
    self.record = record
    effect = try store.effectOfUndoing(id)
    let sealed = effect.days.filter(\.isSealed)
    if let first = sealed.first {
      let days = sealed.count == 1 ? "\(DayName.name(first.day)) is" : "\(sealed.count) of its days are"
      throw Refusal.failed(
        "import \(id) cannot be undone: \(days) sealed, so its lines can no longer be distinguished from others; footfall rebuild replaces a day from its logs"
      )
    }
  }

  /// Undoes the import and recounts its days.
  public func run() throws {
    try store.undo(record.id)
    try store.rebuildDirtyDays()
    try sealing.finish()
  }
}
