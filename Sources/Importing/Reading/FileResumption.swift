import AccessLog
import Foundation
import Ledger
import LogInput
import StatsStore

/// Decides which files need not be read, or only from where they ended, because they were read before.
///
/// Decisions rest on what the file system tells of a path and, for files that have grown, on their bytes. They never
/// change what is counted: without any of them every file would be read whole and its known lines found by content.
struct FileResumption {
  /// How a file is imported.
  enum Plan {
    /// It is unchanged since it was read.
    case unchanged(CachedFile)
    /// It is read from its start or, where its bytes prove that it has only grown, from where it ended.
    case read(grownFrom: CachedFile?)
  }

  /// A change within this time before reading may leave the file's times as they were, in nanoseconds.
  private static let settling: Int64 = 2_000_000_000

  private let isUsed: Bool
  private let takesPartialTail: Bool
  private let selection: Int64
  private let readsRequests: Bool

  /// - Parameter selection: the fingerprint of the rules that choose lines.
  init(_ options: ImportOptions, selection: Int64) {
    isUsed = !options.rereads
    takesPartialTail = options.takesPartialTail
    self.selection = selection
    readsRequests = options.reading.readsRequests
  }

  /// How each file is to be imported.
  func plans(for files: [String], _ store: StatsStore) throws -> [Plan] {
    let known = isUsed ? try store.cachedFiles(files.map(AbsolutePath.of)) : [:]
    return files.map { file in
      guard let cached = known[AbsolutePath.of(file)], let facts = FileFacts(path: file) else {
        return .read(grownFrom: nil)
      }
      return plan(cached, CachedFile.Stat(facts))
    }
  }

  private func plan(_ cached: CachedFile, _ now: CachedFile.Stat) -> Plan {
    // Read under other rules, other lines of it are in the ledger; read as something else, it was nothing.
    guard cached.selection == selection, (cached.format == LogFormat.requests.name) == readsRequests,
      cached.stat.device == now.device, cached.stat.inode == now.inode
    else {
      return .read(grownFrom: nil)
    }
    if cached.stat == now, cached.isSettled {
      let wantsTail = takesPartialTail && cached.consumed < now.size
      return wantsTail ? .read(grownFrom: cached) : .unchanged(cached)
    }
    return .read(grownFrom: now.size > cached.stat.size && cached.resumption != nil ? cached : nil)
  }

  /// What to remember of a file that was read whole and without a problem; nil where that saves nothing.
  func cached(_ name: String, _ ending: FileEnding, _ lines: [OutcomeKey: Int], _ place: LinePlace?) -> CachedFile? {
    guard name != InputPath.standardInput, let before = ending.factsBefore, let after = ending.factsAfter,
      before.inode == after.inode, ending.canBeCached
    else { return nil }
    var resumption: CachedFile.Resumption?
    if let place, let ends = ending.ends, ending.consumed > 0 {
      resumption = CachedFile.Resumption(
        place: place, firstBytes: ends.first, lastBytes: ends.last, readable: ending.readable, rejects: ending.rejects)
    }
    let age = ending.openedAt - max(before.modified, before.changed)
    return CachedFile(
      path: AbsolutePath.of(name), stat: CachedFile.Stat(after), isSettled: before == after && age > Self.settling,
      format: ending.format?.name, selection: selection, lines: lines, consumed: Int64(ending.consumed),
      resumption: resumption)
  }
}

extension CachedFile.Stat {
  init(_ facts: FileFacts) {
    self.init(
      device: facts.device, inode: facts.inode, size: facts.size, modified: facts.modified, changed: facts.changed)
  }
}
