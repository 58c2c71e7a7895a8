import ByteScanning
import Hits

/// The funnels of a site, with symbols instead of texts: finds the steps that visits took.
///
/// Each funnel has a value for its first step, one for its first two steps in order, and so on (``Hits/Funnel/sequences``).
public struct FunnelSteps: Sendable {
  /// The values of each funnel.
  private var funnels: [[UInt32]] = []
  /// The steps of all funnels, one after the other.
  private var steps: [Step] = []
  /// By the symbol of a page or of an event's name, the bits of the steps that it is.
  private var pages: [UInt32: UInt64] = [:]
  private var events: [UInt32: UInt64] = [:]

  private enum Step {
    case page(Glob)
    /// The bytes of its name.
    case event([UInt8])
  }

  /// Creates an empty list.
  public init() {}

  /// Creates the steps of funnels.
  ///
  /// - Parameter symbol: returns the symbol of a text.
  public init(_ funnels: [Funnel], symbol: (String) -> UInt32) {
    self.funnels = funnels.map { $0.sequences.map(symbol) }
    steps = funnels.flatMap(\.steps).map { step in
      step.kind == .page ? .page(Glob(step.value, ignoresCase: false)) : .event(Array(step.value.utf8))
    }
  }

  /// The values of all funnels.
  var all: some Sequence<UInt32> { funnels.joined() }

  /// Whether there are funnels.
  public var isEmpty: Bool { funnels.isEmpty }

  /// Replaces symbols with ranks.
  public mutating func rank(_ rank: (UInt32) -> UInt32) {
    funnels = funnels.map { $0.map(rank) }
    pages = Dictionary(uniqueKeysWithValues: pages.map { (rank($0.key), $0.value) })
    events = Dictionary(uniqueKeysWithValues: events.map { (rank($0.key), $0.value) })
  }

  /// Notes a page with its symbol.
  public mutating func note(page: UInt32, _ text: Span<UInt8>) {
    let bits = bits { step in
      if case .page(let pattern) = step { pattern.matches(text, 0..<text.count) } else { false }
    }
    if bits != 0 { pages[page] = bits }
  }

  /// Notes the name of an event with its symbol.
  public mutating func note(event: UInt32, _ text: Span<UInt8>) {
    let bits = bits { step in
      guard case .event(let name) = step, name.count == text.count else { return false }
      return name.indices.allSatisfy { name[$0] == text[$0] }
    }
    if bits != 0 { events[event] = bits }
  }

  private func bits(_ matches: (Step) -> Bool) -> UInt64 {
    var bits: UInt64 = 0
    for (index, step) in steps.enumerated() where matches(step) { bits |= 1 << UInt64(index) }
    return bits
  }

  /// Returns the values that a visit reached: all steps up to the last one that it took, in order. One view or event is one step
  /// of a funnel.
  ///
  /// - Parameter names: the events by symbol.
  func reached(by hits: ArraySlice<TimedHit>, _ names: [AttributeTables.Event]) -> [UInt32] {
    guard !isEmpty else { return [] }
    var taken = [Int](repeating: 0, count: funnels.count)
    for hit in hits {
      let bits = (hit.kind.isEvent ? events[names[Int(hit.event)].name] : pages[hit.page]) ?? 0
      guard bits != 0 else { continue }
      var first = 0
      for (index, funnel) in funnels.enumerated() {
        if taken[index] < funnel.count, bits >> UInt64(first + taken[index]) & 1 == 1 { taken[index] += 1 }
        first += funnel.count
      }
    }
    return zip(funnels, taken).flatMap { $0.prefix($1) }
  }
}
