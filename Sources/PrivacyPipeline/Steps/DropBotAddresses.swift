import Collecting
import Hits

/// Drops requests whose address belongs to a network of robots, by the operator's lists.
struct DropBotAddresses: Step {
  private let networks: AddressSet
  private var address = ClientAddress()

  init(networks: AddressSet) {
    self.networks = networks
  }

  mutating func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with caches: inout PipelineCaches,
    in batch: inout HitBatch
  ) -> Verdict {
    guard !networks.isEmpty else { return .keep }
    address.read(request.bytes.span, request[.ip])
    return networks.contains(address) ? .drop(.botAddress) : .keep
  }
}
