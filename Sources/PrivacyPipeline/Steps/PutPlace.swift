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
    _ request: borrowing CollectRequest, to draft: inout Draft, with memory: inout PipelineCaches,
    in batch: inout HitBatch
  ) -> Verdict {
    if draft.knownPlace == ClientCache.Entry.noPlace {
      draft.knownPlace = memory.places.number(of: place(of: request))
    }
    draft.place = memory.places.symbol(of: draft.knownPlace, in: &batch.places, batch: memory.batch)
    return .keep
  }

  /// Country, region, city and network; all empty for host names, private addresses and where no geo file is used.
  ///
  /// Region and city carry what they lie in (`DE/Bavaria/Munich`), so that equal names of different places stay apart.
  private mutating func place(of request: borrowing CollectRequest) -> [String] {
    guard let geo else { return Self.nowhere }
    address.read(request.bytes.span, request[.ip])
    guard address.kind != .name, !address.isPrivate else { return Self.nowhere }
    let place = geo.place(ofAddress: address.bytes)
    let region = place.region.isEmpty ? "" : place.country + "/" + place.region
    let city = place.city.isEmpty ? "" : place.country + "/" + place.region + "/" + place.city
    return [place.country, region, city, place.network]
  }

  private static let nowhere = ["", "", "", ""]
}
