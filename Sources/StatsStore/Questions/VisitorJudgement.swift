import Hits
import Sessions

extension StatsStore {
  /// Judges one visitor of an open day as the day would be counted now, with what each rule found.
  ///
  /// - Returns: nil if the visitor has no hits, so that nothing of it is counted.
  /// - Throws: ``StoreError``.
  public func judgement(on visitor: VisitorDay, rules: BehaviourRules) throws -> JudgedDay? {
    let rebuild = DayRebuild(
      site: visitor.site, day: visitor.day, calendar: .utc, rules: DayRules(behaviour: rules, funnels: []))
    return try read { db in
      let (crowd, texts) = try rebuild.crowd(dictionary, db)
      var merge = try RunMerge(site: visitor.site, day: visitor.day, db)
      var next = RunMerge.VisitorHits()
      while try merge.next(&next) {
        guard next.visitor == visitor.visitor.rawValue else { continue }
        return next.hits.isEmpty ? nil : crowd.judgement(on: next, texts)
      }
      return nil
    }
  }
}
