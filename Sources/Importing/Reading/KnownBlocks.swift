import Hits
import Ledger
import PrivacyPipeline
import StatsStore

/// The blocks of the ledger whose lines an import need not examine, because their outcomes are known.
struct KnownBlocks: Sendable {
  private let lookup: BlockLookup
  private let sites: Set<UInt32>

  /// - Returns: nil if each line has to be examined: because nothing is known, or because rules and periods select
  ///   lines, so that those of a file are not consecutive in the ledger.
  /// - Throws: ``StoreError``.
  init?(_ setup: ImportSetup) throws {
    guard setup.sealing != nil, setup.selection == 0, !setup.comparesEachLine else { return nil }
    lookup = try setup.store.blockLookup()
    // Lines that belonged to no site still do, unless all lines are for a requested site.
    sites = Set(setup.sites.profiles.map(\.id) + (setup.onlySite == nil ? [0] : []))
  }

  /// Returns the block with an id, if it is known. A requested site takes even lines that were counted for another.
  func block(_ id: BlockID) -> KnownBlock? {
    lookup.block(id).flatMap { block in block.books.entries.allSatisfy { sites.contains($0.site) } ? block : nil }
  }
}
