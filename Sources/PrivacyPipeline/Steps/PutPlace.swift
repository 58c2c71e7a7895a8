import Collecting
import Hits

/// Replaces the address by country, region, city and network.
struct PutPlace: Step {
  private let geo: (any GeoLookup)?
  private var address = ClientAddress()

  init(geo: (any GeoLookup)?) {
    self.geo = geo
  }

  mutating func apply(
    _ request: borrowing CollectRequest, to draft: inout Draft, with caches: inout PipelineCaches,
    in batch: inout HitBatch
  ) -> Verdict {
    if draft.knownPlace == ClientCache.Entry.noPlace {
      draft.knownPlace = caches.places.number(of: place(of: request))
    }
    draft.place = caches.places.symbol(of: draft.knownPlace, in: &batch.places, batch: caches.batch)
    return .keep
  }

  /// Returns country, region, city and network. All are empty for host names, for private addresses and without a
  /// geo file.
  ///
  /// Region and city include what contains them (`DE/Bavaria/Munich`), which distinguishes places of the same name.
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
