import Foundation
import Hits
import PrivacyPipeline
import Sessions
import StatsStore

// The whole day of a line's visitor. The rules about behaviour compare it with what the day's other visitors did.
extension ExplainRun {
  /// Returns what the rules about behaviour say of the visitor of a chunk's only line.
  ///
  /// - Parameter isAsked: whether to count the whole file to find out.
  func behaviour(
    _ counted: ChunkResult, _ site: SiteProfile, _ ending: Outcome, isAsked: Bool
  ) throws -> ExplainedBehaviour {
    if ending == .late { return .notAsked(.sealed) }
    if [.botUserAgent, .botAddress, .botSignature].contains(ending) { return .notAsked(.robot) }
    guard let visitor = visitor(of: counted) else { return .notAsked(.noVisitor) }
    guard isAsked else { return .unknown }
    try countFile()
    return try setup.store.judgement(on: visitor, rules: site.behaviour).map { .judged($0) }
      ?? .notAsked(.nothingCounted)
  }

  /// Returns the visitor of the line that was counted last; nil if nobody asked who sent it.
  private func visitor(of counted: ChunkResult) -> VisitorDay? {
    if let hit = counted.batch.hits.first { return VisitorDay(visitor: hit.visitor, site: hit.site, day: hit.day) }
    guard let site = counted.sites.first, let day = counted.days.first,
      let visitor = counter.client.flatMap({ counter.pipeline.visitor($0) })
    else { return nil }
    return VisitorDay(visitor: visitor, site: site, day: day)
  }

  /// Counts the whole file into the database in memory. The salts are those by which the line was explained, so that its
  /// visitor has the same id.
  private func countFile() throws {
    let summary = try setup.countAll(
      site: nil, now: Int64(Date().timeIntervalSince1970), onProblem: { _ in }, onProgress: { _ in })
    if let complaint = summary.files.compactMap(\.complaint).first {
      throw ImportFailure.failed("\(complaint); without the whole log nobody knows the whole day: omit --behaviour")
    }
  }
}
