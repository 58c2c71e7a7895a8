import Hits
import Ledger
import PrivacyPipeline
import StatsStore

/// The blocks of the ledger whose lines an import need not look at: it is known how they end.
struct KnownBlocks: Sendable {
  private let lookup: BlockLookup
  private let sites: Set<UInt32>

  /// - Returns: nil where each line has to be looked at: where nothing is known, or rules and periods choose lines, so that
  ///   those of a file are no stretch of the ledger.
  /// - Throws: ``StoreError``.
  init?(_ setup: ImportSetup) throws {
    guard setup.sealing != nil, setup.selection == 0, !setup.comparesEachLine else { return nil }
    lookup = try setup.store.blockLookup()
    // Lines that were of no site are still of none, but where all lines are for the site that is asked for.
    sites = Set(setup.sites.profiles.map(\.id) + (setup.onlySite == nil ? [0] : []))
  }

  /// The block of an id, if it is known. A site that is asked for takes all lines, also those counted for another one.
  func block(_ id: BlockID) -> KnownBlock? {
    lookup.block(id).flatMap { block in block.books.entries.allSatisfy { sites.contains($0.site) } ? block : nil }
  }
}
