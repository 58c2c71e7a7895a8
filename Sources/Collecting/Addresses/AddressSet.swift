/// A set of networks that tells of an address whether it belongs to one of them, by some fifteen comparisons.
///
/// The networks lie sorted and joined where they overlap, 8 bytes for each of IPv4, 32 for each of IPv6.
public struct AddressSet: Sendable {
  private let ipv4: Ranges<UInt32>
  private let ipv6: Ranges<UInt128>

  /// A set of these networks, in any order.
  public init(_ ranges: [AddressRange] = []) {
    ipv4 = Ranges(ranges.filter { !$0.isIPv6 }.map { UInt32($0.first)...UInt32($0.last) })
    ipv6 = Ranges(ranges.filter(\.isIPv6).map { $0.first...$0.last })
  }

  /// Whether there is no network in it.
  public var isEmpty: Bool { ipv4.firsts.isEmpty && ipv6.firsts.isEmpty }

  /// Whether an address belongs to one of the networks; names belong to none.
  public func contains(_ address: borrowing ClientAddress) -> Bool {
    switch address.kind {
    case .name: false
    case .ipv4: ipv4.contains(address.bytes.reduce(0) { $0 << 8 | UInt32($1) })
    case .ipv6: ipv6.contains(address.bytes.reduce(0) { $0 << 8 | UInt128($1) })
    }
  }
}

/// Sorted ranges without overlap.
private struct Ranges<Number: FixedWidthInteger & Sendable>: Sendable {
  private(set) var firsts: [Number] = []
  private var lasts: [Number] = []

  init(_ ranges: [ClosedRange<Number>]) {
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = lasts.last, range.lowerBound <= last {
        lasts[lasts.count - 1] = max(last, range.upperBound)
      } else {
        firsts.append(range.lowerBound)
        lasts.append(range.upperBound)
      }
    }
  }

  /// Whether the last range that starts at or before the number holds it.
  func contains(_ number: Number) -> Bool {
    var low = 0
    var high = firsts.count
    while low < high {
      let middle = (low + high) / 2
      if firsts[middle] <= number { low = middle + 1 } else { high = middle }
    }
    return low > 0 && number <= lasts[low - 1]
  }
}
