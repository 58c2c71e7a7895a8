import Collecting
import Hits

/// Puts country, region, city and network in the place of the address.
struct PutPlace: Step {
  private let geo: (any GeoLookup)?
  private var address = ClientAddress()

  init(geo: (any GeoLookup)?) {
    self.geo = geo
  }

  mutating func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with memory: inout Memory,
    in batch: inout HitBatch
  ) -> Verdict {
    if memory.visitors[draft.known].place == nil {
      address.read(request.bytes.span, request[.ip])
      memory.visitors[draft.known].place = place()
    }
    draft.place =
      memory.visitors[draft.known].place?.symbol(in: &batch.places, batch: memory.batch) ?? 0
    return .keep
  }

  /// Country, region, city and network; all empty for host names, private addresses and where no geo file is used.
  ///
  /// Region and city carry what they lie in (`DE/Bavaria/Munich`), so that equal names of different places stay apart.
  private func place() -> BatchText {
    guard let geo, address.kind != .name, !address.isPrivate else { return BatchText(["", "", "", ""]) }
    let place = geo.place(ofAddress: address.bytes)
    let region = place.region.isEmpty ? "" : place.country + "/" + place.region
    let city = place.city.isEmpty ? "" : place.country + "/" + place.region + "/" + place.city
    return BatchText([place.country, region, city, place.network])
  }
}
