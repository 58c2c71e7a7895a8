import MaxMindGeo
import PrivacyPipeline
import StatsStore
import Synchronization

/// The geo files of an import as the pipeline sees them: one source of places, whose files complement each other.
struct GeoFiles: GeoLookup {
  /// The value given instead of a path to count without places.
  static let none = "none"

  private let files: [GeoFile]

  /// Opens files.
  ///
  /// - Throws: ``ImportFailure/failed(_:)`` for the first one that cannot be used.
  init(_ paths: [String]) throws {
    do {
      files = try paths.map { GeoFile(path: $0, geo: try MaxMindGeo(path: $0)) }
    } catch let error as GeoError {
      throw ImportFailure.failed(error.description)
    }
  }

  /// Opens the requested files as ``open(_:knownTo:for:)`` does, and stores their paths in the database.
  static func open(
    _ asked: [String], rememberedBy store: StatsStore, for suspects: SuspectNetworks
  ) throws -> GeoFiles? {
    let geo = try open(asked, knownTo: store, for: suspects)
    if !asked.isEmpty {
      try store.remember("geo", asked.map { $0 == none ? $0 : AbsolutePath.of($0) }.joined(separator: "\n"))
    }
    return geo
  }

  /// Opens the requested files, or those that the database remembers if none is requested; nil for no places.
  ///
  /// - Parameter suspects: networks to be found; their autonomous systems require a file that knows these.
  static func open(_ asked: [String], knownTo store: StatsStore?, for suspects: SuspectNetworks) throws -> GeoFiles? {
    guard !asked.contains(none) || asked.count == 1 else {
      throw ImportFailure.usage("--geo none cannot be combined with files; omit one or the other")
    }
    let remembered = try store?.setting("geo") ?? none
    let paths = asked.isEmpty ? remembered.split(separator: "\n").map(String.init) : asked
    let geo = paths == [none] ? nil : try GeoFiles(paths)
    guard !suspects.namesSystems || geo?.files.contains(where: \.geo.hasNetworks) ?? false else {
      throw ImportFailure.usage(
        "--suspect-networks: a list names autonomous systems, which only an ASN file knows; name one with --geo, such as GeoLite2-ASN.mmdb (rebuild uses that of the last import)"
      )
    }
    return geo
  }

  /// The files that were asked for addresses and knew none of them.
  var silentFiles: [String] { files.filter(\.isSilent).map(\.path) }

  /// Returns each part of the place from the first file that knows it. A region has to be in the country found, and
  /// a city in the region found.
  func place(ofAddress bytes: [UInt8]) -> Place {
    var place = Place()
    for file in files {
      let found = file.place(ofAddress: bytes)
      if place.country.isEmpty { place.country = found.country }
      if place.network.isEmpty { place.network = found.network }
      guard found.country == place.country else { continue }
      if place.region.isEmpty, place.city.isEmpty { place.region = found.region }
      if place.city.isEmpty, found.region == place.region { place.city = found.city }
    }
    return place
  }
}

/// A geo file, and whether it was of any use.
private final class GeoFile: Sendable {
  let path: String
  let geo: MaxMindGeo
  private let wasAsked = Atomic(false)
  private let hasAnswered = Atomic(false)

  init(path: String, geo: MaxMindGeo) {
    self.path = path
    self.geo = geo
  }

  var isSilent: Bool { wasAsked.load(ordering: .relaxed) && !hasAnswered.load(ordering: .relaxed) }

  func place(ofAddress bytes: [UInt8]) -> MaxMindGeo.Place {
    let place = geo.place(ofAddress: bytes)
    // Written once, so that threads do not take the value from each other's caches.
    if !wasAsked.load(ordering: .relaxed) { wasAsked.store(true, ordering: .relaxed) }
    if !place.isEmpty, !hasAnswered.load(ordering: .relaxed) { hasAnswered.store(true, ordering: .relaxed) }
    return place
  }
}
