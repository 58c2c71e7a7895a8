import Hits

/// What a visitor did that a browser does, and a program that only fetches pages does not.
public struct Evidence: Equatable, Sendable {
  /// What shows that it loads what browsers load.
  public private(set) var proofs: Proofs
  /// The number of its page views.
  public private(set) var views: Int
  /// What visitors are compared by.
  public private(set) var habit: Habit

  /// Reads the evidence of a visitor's day.
  ///
  /// - Parameters:
  ///   - hits: all hits of the day, in any order.
  ///   - pictures: the symbols of pages that are pictures without an extension.
  public init(hits: [TimedHit], signals: Signals, pictures: Set<UInt32>) {
    var views = 0
    var proofs: Proofs = signals.contains(.asset) ? .part : []
    var any: HitTraits = []
    var every = HitTraits.all
    for hit in hits {
      if hit.kind == .pageview { views += 1 }
      any.formUnion(hit.traits)
      every.formIntersection(hit.traits)
      if !pictures.isEmpty, hit.traits.contains(.ownReferrer), hit.isPicture(among: pictures) {
        proofs.insert(.picture)
      }
    }
    if any.contains(.notModified) { proofs.insert(.copy) }
    if signals.contains(.icon) { proofs.insert(.icon) }
    (self.proofs, self.views) = (proofs, views)
    let referrer: Habit.Referrer =
      any.contains(.ownReferrer) ? .own : !hits.isEmpty && every.contains(.noReferrer) ? .none : .other
    habit = Habit(viewsSeveral: views > 1, referrer: referrer)
  }

  /// Whether it loaded a part of a page: an asset, a picture of the site's own page, or a page that it had a copy of (304).
  public var loadsParts: Bool { !proofs.isDisjoint(with: .parts) }
  /// Whether it did, or loaded the icon that browsers request by themselves: it was *seen loading*.
  public var loads: Bool { !proofs.isEmpty }
  /// Whether it viewed a page. Only such visitors are compared.
  public var viewsPages: Bool { views > 0 }
}

/// What shows that a visitor loads what browsers load.
public struct Proofs: OptionSet, Hashable, Sendable {
  /// The bits.
  public var rawValue: UInt8

  /// Creates a set of these bits.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// An asset: a style sheet, script, image, font, sound or film.
  public static let part = Proofs(rawValue: 1)
  /// A page that it had a copy of (304).
  public static let copy = Proofs(rawValue: 2)
  /// A picture without an extension, requested by a page of the site.
  public static let picture = Proofs(rawValue: 4)
  /// The icon that browsers request by themselves.
  public static let icon = Proofs(rawValue: 8)
  /// All but the icon, which some programs load, too.
  static let parts: Proofs = [.part, .copy, .picture]
}

/// The facts by which visitors are compared: those that do the same should load the same.
public struct Habit: Hashable, Sendable {
  /// The best referrer that a visitor sent.
  public enum Referrer: UInt8, CaseIterable, Sendable {
    /// None, although the log would tell.
    case none
    /// Another site, or the log does not tell.
    case other
    /// A page of the site itself.
    case own
  }

  /// Whether it viewed more than one page.
  public let viewsSeveral: Bool
  /// The best referrer that it sent.
  public let referrer: Referrer

  /// Bundles facts.
  public init(viewsSeveral: Bool, referrer: Referrer) {
    self.viewsSeveral = viewsSeveral
    self.referrer = referrer
  }

  /// All combinations, in the order of their numbers.
  public static let all = [false, true].flatMap { several in
    Referrer.allCases.map { Habit(viewsSeveral: several, referrer: $0) }
  }

  /// The number of the combination, from 0.
  public var number: Int { (viewsSeveral ? Referrer.allCases.count : 0) + Int(referrer.rawValue) }
}
