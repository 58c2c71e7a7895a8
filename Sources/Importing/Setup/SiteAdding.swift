import Foundation
import Hits
import PrivacyPipeline
import Rollups
import StatsStore

/// Adds sites and host names to a database.
public struct SiteAdding {
  private let store: StatsStore
  private let byImport: Bool

  /// Opens the database for writing.
  ///
  /// - Parameter wait: how many seconds to wait for another writer.
  public init(database: String, wait: Double) throws {
    store = try StatsStore(path: database, mode: .write(wait: wait))
    byImport = false
  }

  /// Adds sites for an import: its own, which is removed if the import is undone, or described ones, which stay.
  init(into store: StatsStore, byImport: Bool) {
    self.store = store
    self.byImport = byImport
  }

  /// Finds or creates a site and applies the rest of the definition to it.
  ///
  /// - Throws: ``ImportFailure/usage(_:)`` for invalid host names, unknown time zones and unknown rules,
  ///   ``StoreError`` otherwise.
  public func add(_ site: SiteDefinition) throws -> SiteProfile {
    try Self.check(site)
    let profile = try store.site(
      host: try Self.hostName(site.host), timeZone: site.timeZone, byImport: byImport,
      now: Int64(Date().timeIntervalSince1970))
    try give(site, to: profile)
    return try store.site(named: profile.host)
  }

  /// Applies a definition to a site, including its time zone, and removes hosts, files, paths, goals and funnels from the
  /// site.
  ///
  /// - Parameter removed: the hosts, file patterns, path prefixes, goals and names of funnels to remove.
  /// - Throws: ``ImportFailure/usage(_:)`` as ``add(_:)``, and if the site does not have what is to be removed;
  ///   ``StoreError``.
  public func change(_ site: SiteDefinition, removing removed: [String]) throws -> SiteProfile {
    try Self.check(site)
    let profile = try store.site(named: try Self.hostName(site.host))
    if let zone = site.timeZone { try store.change(timeZone: zone, of: profile) }
    for text in removed { try remove(text, from: profile) }
    try give(site, to: removed.isEmpty ? profile : try store.site(named: profile.host))
    return try store.site(named: profile.host)
  }

  /// Checks a definition without a database.
  ///
  /// - Throws: ``ImportFailure/usage(_:)`` for what every database would refuse.
  public static func check(_ site: SiteDefinition) throws {
    if let timeZone = site.timeZone { _ = try ImportFailure.calendar(named: timeZone) }
    _ = try site.behaviour.map(rules)
    _ = try site.goals.map(goal)
    _ = try funnels(site.funnels, added: [])
  }

  /// Returns the goals and the steps of funnels of a definition that the site has not had on any day, although it has days: they
  /// may be spelled wrongly. Patterns are left out.
  public func unseen(_ site: SiteDefinition) throws -> [SiteGoal] {
    let profile = try store.site(named: try Self.hostName(site.host))
    let steps = site.funnels.compactMap(Funnel.init).flatMap(\.steps).filter { step in
      step.kind == .event || !step.value.contains { "*?\\".contains($0) }
    }
    return try store.withStatistics(of: profile.id) { statistics in
      guard try statistics.days() != nil else { return [] }
      var unseen: [SiteGoal] = []
      for goal in site.goals.compactMap(SiteGoal.init) + steps where !unseen.contains(goal) {
        if try !statistics.has(goal.value, in: goal.kind == .page ? .page : .event) { unseen.append(goal) }
      }
      return unseen
    }
  }

  private func give(_ site: SiteDefinition, to profile: SiteProfile) throws {
    let sources =
      try site.aliases.map { SiteSource.host(try Self.alias($0)) } + site.files.map { SiteSource.file($0) }
      + site.paths.map { SiteSource.path(try Self.path($0)) }
    let rules = try site.behaviour.map(Self.rules)
    let plan = try Self.plan(site, from: profile.plan)
    let goals = try site.goals.map(Self.goal)
    let funnels = try Self.funnels(site.funnels, added: profile.funnels)
    try store.add(sources, to: profile)
    try store.changeGoals(of: profile, adding: goals.filter { !profile.goals.contains($0) }, removing: [])
    try store.setPlan(plan, of: profile)
    if let rules { try store.setBehaviour(rules, of: profile) }
    if !site.funnels.isEmpty { try store.setFunnels(funnels, of: profile) }
    if rules != nil || !site.funnels.isEmpty { try store.rebuildDirtyDays() }
  }

  private func remove(_ text: String, from profile: SiteProfile) throws {
    if let goal = profile.goals.first(where: { $0.text == text }) {
      return try store.changeGoals(of: profile, adding: [], removing: [goal])
    }
    if profile.funnels.contains(where: { $0.name == text }) {
      try store.setFunnels(profile.funnels.filter { $0.name != text }, of: profile)
      try store.rebuildDirtyDays()
      return
    }
    let host = HostName.canonical(text)
    let source: SiteSource? =
      if profile.files.contains(text) { .file(text) } else if profile.paths.contains(text) {
        .path(text)
      } else if profile
        .hosts.contains(host), host != profile.host
      { .host(host) } else { nil }
    guard let source else {
      throw ImportFailure.usage(
        "\(profile.host) has no alias, file, path, goal or funnel '\(text)'; see footfall sites")
    }
    try store.remove([source], from: profile)
  }

  private static func goal(_ text: String) throws -> SiteGoal {
    guard let goal = SiteGoal(text) else {
      throw ImportFailure.usage(
        "'\(text)' is no goal; write the name of an event, or a page as in --goal page:/thanks")
    }
    return goal
  }

  /// Returns the funnels of a site after some were added; one of a known name takes its place.
  private static func funnels(_ texts: [String], added funnels: [Funnel]) throws -> [Funnel] {
    var funnels = funnels
    for text in texts {
      guard let funnel = Funnel(text) else {
        throw ImportFailure.usage(
          "'\(text)' is no funnel; give a name and \(Funnel.stepCounts.lowerBound) to \(Funnel.stepCounts.upperBound) "
            + "steps, as in --funnel 'Sign-up: page:/pricing > page:/signup* > Signup'")
      }
      funnels.removeAll { $0.name == funnel.name }
      funnels.append(funnel)
    }
    guard funnels.count <= Funnel.most else {
      throw ImportFailure.usage(
        "a site can have \(Funnel.most) funnels; remove one first, as in footfall sites change HOST --remove NAME")
    }
    return funnels
  }

  /// Returns a further host, or the pattern for all hosts that end in it.
  private static func alias(_ text: String) throws -> String {
    text.hasPrefix("*.") ? "*." + (try hostName(String(text.dropFirst(2)))) : try hostName(text)
  }

  /// Returns a path prefix with its host in canonical form.
  private static func path(_ text: String) throws -> String {
    guard let slash = text.firstIndex(of: "/") else {
      throw ImportFailure.usage(
        "'\(text)' is not a path prefix; write it as in --path /shop/ or --path example.com/shop/")
    }
    let host = text[..<slash]
    return (host.isEmpty ? "" : try hostName(String(host))) + text[slash...]
  }

  private static func plan(_ site: SiteDefinition, from plan: SitePlan) throws -> SitePlan {
    var plan = plan
    if let api = site.api { plan.hasAPI = api }
    if let text = site.monthlyCap {
      guard text == "none" || Int64(text).map({ $0 >= 0 }) == true else {
        throw ImportFailure.usage("invalid monthly cap '\(text)'; give a number of page views, or none")
      }
      plan.monthlyCap = Int64(text)
    }
    return plan
  }

  private static func rules(_ text: String) throws -> BehaviourRules {
    guard let rules = BehaviourRules(text) else {
      let names = BehaviourRule.allCases.map(\.name).joined(separator: ", ")
      throw ImportFailure.usage(
        "unknown behaviour rules '\(text)'; give default, off, or a comma-separated list of \(names)")
    }
    return rules
  }

  /// Returns a host name in canonical form, or a tracking id.
  static func hostName(_ text: String) throws -> String {
    let name = text.hasPrefix("gx_") ? text : HostName.canonical(text)
    let isHost =
      !name.isEmpty && name.count <= 253
      && name.utf8.allSatisfy { byte in
        (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || (byte >= 0x30 && byte <= 0x39) || byte == 0x2D
          || byte == 0x2E || byte == 0x5F || byte == 0x5B || byte == 0x5D || byte == 0x3A || byte >= 0x80
      }
    guard isHost else {
      throw ImportFailure.usage("'\(text)' is not a host name; write it as in --site example.com")
    }
    return name
  }
}
