import Ledger

/// An empty ledger.
struct NoLedger: LedgerStorage {
  func place(of id: BlockID) -> (stream: Int64, sequence: Int)? { nil }
  func hashes(ofStream stream: Int64, sequence: Int) -> [UInt64]? { nil }
  func blockCount(ofStream stream: Int64) -> Int { 0 }
  func knownSamples(among hashes: Set<UInt64>) -> Set<UInt64> { [] }
  func places(of hash: UInt64, at time: UInt32?, limit: Int) -> [LinePlace] { [] }
  func firstLines(within times: ClosedRange<UInt32>) -> [UInt64] { [] }
  func lastBlock(ofStream stream: Int64) -> Block? { nil }
  func forEachBlock(within times: ClosedRange<UInt32>?, _ body: (Int64, Int, [UInt64]) throws -> Void) {}
}
