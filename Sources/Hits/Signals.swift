/// What a line that is not a hit says about its visitor. Raw values are bits, are stored in runs, and never change.
public enum Signal: UInt8, CaseIterable, Sendable {
  /// An asset of a page was loaded: a style sheet, script, image, font, sound or film.
  case asset = 1
  /// robots.txt was requested.
  case robotsTxt = 2
  /// A path was requested that only scanners request (``ProbePaths``).
  case probe = 4
  /// A request for something other than an asset was refused as wrong.
  case refusal = 8
  /// The icon was loaded that browsers request by themselves, such as `/favicon.ico`.
  case icon = 16
}

/// The signals of one visitor on one site and day, summed over any number of lines.
public struct Signals: Equatable, Sendable {
  /// The bits of the signals seen so far.
  public private(set) var bits: UInt8 = 0
  /// The number of refused requests.
  public private(set) var refusals: UInt32 = 0

  /// Creates a value without signals.
  public init() {}

  /// Restores stored signals; nil if lines cannot have produced this combination.
  public init?(bits: UInt8, refusals: UInt32) {
    let known = Signal.allCases.reduce(0) { $0 | $1.rawValue }
    guard bits & ~known == 0, (bits & Signal.refusal.rawValue != 0) == (refusals > 0) else { return nil }
    self.bits = bits
    self.refusals = refusals
  }

  /// Whether there is no signal.
  public var isEmpty: Bool { bits == 0 }

  /// Whether at least one line had this signal.
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
  /// The index of the visitor in the batch's ``HitBatch/noted``.
  public var visitor: UInt32
  /// The signal of the line.
  public var signal: Signal

  /// Creates the signal of a line.
  public init(line: Int32, visitor: UInt32, signal: Signal) {
    self.line = line
    self.visitor = visitor
    self.signal = signal
  }
}

/// A visitor with its site and day.
public struct VisitorDay: Hashable, Sendable {
  /// The visitor.
  public var visitor: VisitorID
  /// The site's id in the database.
  public var site: UInt32
  /// The site's local date, in days since 1970-01-01.
  public var day: Int32

  /// Creates a visitor-day.
  public init(visitor: VisitorID, site: UInt32, day: Int32) {
    self.visitor = visitor
    self.site = site
    self.day = day
  }
}
