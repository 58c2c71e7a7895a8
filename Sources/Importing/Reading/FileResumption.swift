import AccessLog
import Foundation
import Ledger
import LogInput
import StatsStore

/// Decides which files need not be read again, or only from where they ended.
///
/// The decisions are based on the file system's facts about a path and, for files that have grown, on their bytes.
/// They never change what is counted: without them, every file would be read completely, and its known lines would
/// be found by their content.
struct FileResumption {
  /// How a file is imported.
  enum Plan {
    /// It has not changed since it was read.
    case unchanged(CachedFile)
    /// It is read from its start, or from where it ended if its bytes prove that it has only grown.
    case read(grownFrom: CachedFile?)
  }

  /// The time before reading, in nanoseconds, in which a change may leave the file's times as they were.
  private static let settling: Int64 = 2_000_000_000

  private let isUsed: Bool
  private let takesPartialTail: Bool
  private let selection: Int64
  private let readsRequests: Bool

  /// - Parameter selection: the keyed hash of the rules that select lines.
  init(_ options: ImportOptions, selection: Int64) {
    isUsed = !options.rereads
    takesPartialTail = options.takesPartialTail
    self.selection = selection
    readsRequests = options.reading.readsRequests
  }

  /// Returns how each file is to be imported.
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
    // Under other rules, other lines of the file are in the ledger; as requests instead of a log, none of them is.
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

  /// Returns what to remember about a file that was read completely; nil if remembering it saves nothing.
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
