/// A set of networks in which an address is looked up with some fifteen comparisons.
///
/// The networks are sorted and overlapping ones are joined. Each takes 8 bytes for IPv4, 32 for IPv6.
public struct AddressSet: Sendable {
  private let ipv4: Ranges<UInt32>
  private let ipv6: Ranges<UInt128>

  /// Creates a set of these networks, given in any order.
  public init(_ ranges: [AddressRange] = []) {
    ipv4 = Ranges(ranges.filter { !$0.isIPv6 }.map { UInt32($0.first)...UInt32($0.last) })
    ipv6 = Ranges(ranges.filter(\.isIPv6).map { $0.first...$0.last })
  }

  /// Whether the set is empty.
  public var isEmpty: Bool { ipv4.firsts.isEmpty && ipv6.firsts.isEmpty }

  /// Whether an address belongs to one of the networks. Host names belong to none.
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

  /// Whether the last range that starts at or before the number contains it.
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
