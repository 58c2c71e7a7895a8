import SaltVault
import StatsStore

/// Names the texts anew that are stored already, so that rules for names hold for the past, too.
public struct Redacting {
  /// The message for when ``run()`` could not remove all traces.
  public static let heldUp =
    "another process is reading the database, so old texts remain in its journal; the next command removes them"

  private let store: StatsStore
  private let sealing: Sealing
  private let renaming: Renaming

  /// Prepares a database that is opened for writing.
  public init(_ renaming: Renaming, _ store: StatsStore, _ vault: SaltVault) throws {
    self.store = store
    self.renaming = renaming
    sealing = Sealing(store, vault)
    try sealing.finish()
    try store.rebuildDirtyDays()
  }

  /// Returns what naming the texts anew would change, without changing anything yet.
  public func effect() throws -> RenamedTexts {
    try store.effectOfRenaming(by: renaming)
  }

  /// Names the texts anew, in one transaction.
  ///
  /// - Returns: what has changed, and whether all traces of the old texts are gone. They are not while a reader keeps them
  ///   in the journal.
  public func run() throws -> (effect: RenamedTexts, isSwept: Bool) {
    let effect = try store.rename(by: renaming)
    return (effect, try sealing.finish())
  }
}
