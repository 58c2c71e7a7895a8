/// What a line that is no hit says of the visitor it is from. Raw values are bits, stored in runs, and never change.
public enum Signal: UInt8, CaseIterable, Sendable {
  /// A part of a page was loaded: style, script, image, font, sound, film.
  case asset = 1
  /// robots.txt was asked for.
  case robotsTxt = 2
  /// A path was asked for that only scanners ask for (``ProbePaths``).
  case probe = 4
  /// A request, not for a part of a page, was refused as wrong.
  case refusal = 8
}

/// The signals of one visitor of one site on one day, summed over any number of lines.
public struct Signals: Equatable, Sendable {
  /// The bits of the signals met.
  public private(set) var bits: UInt8 = 0
  /// How many requests were refused.
  public private(set) var refusals: UInt32 = 0

  /// No signal.
  public init() {}

  /// Signals as they were stored; nil where they are none that could have been.
  public init?(bits: UInt8, refusals: UInt32) {
    let known = Signal.allCases.reduce(0) { $0 | $1.rawValue }
    guard bits & ~known == 0, (bits & Signal.refusal.rawValue != 0) == (refusals > 0) else { return nil }
    self.bits = bits
    self.refusals = refusals
  }

  /// Whether there is no signal.
  public var isEmpty: Bool { bits == 0 }

  /// Whether at least one line gave this signal.
  public func contains(_ signal: Signal) -> Bool {
    bits & signal.rawValue != 0
  }

  /// Adds the signal of a line.
  public mutating func add(_ signal: Signal) {
    bits |= signal.rawValue
    if signal == .refusal { refusals &+= 1 }
  }

  /// Adds the signals of other lines.
  public static func += (left: inout Signals, right: Signals) {
    left.bits |= right.bits
    left.refusals &+= right.refusals
  }
}

/// The signal of one line of a batch.
public struct SignalNote: Equatable, Sendable {
  /// The index of the line within its chunk.
  public var line: Int32
  /// The index of the visitor among the batch's ``HitBatch/noted``.
  public var visitor: UInt32
  /// What the line says.
  public var signal: Signal

  /// Makes a note.
  public init(line: Int32, visitor: UInt32, signal: Signal) {
    self.line = line
    self.visitor = visitor
    self.signal = signal
  }
}

/// A visitor with the site and the day it is one of.
public struct VisitorDay: Hashable, Sendable {
  /// Who.
  public var visitor: VisitorID
  /// The site's id in the database.
  public var site: UInt32
  /// Days since 1970-01-01 of the site's local date.
  public var day: Int32

  /// Makes a visitor-day.
  public init(visitor: VisitorID, site: UInt32, day: Int32) {
    self.visitor = visitor
    self.site = site
    self.day = day
  }
}
