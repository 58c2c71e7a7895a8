import MaxMindGeo
import PrivacyPipeline
import StatsStore

/// The geo files of an import as the pipeline sees them: one source of places, whose files complete each other.
struct GeoFiles: GeoLookup {
  /// What stands in place of a path to do without places.
  static let none = "none"

  private let files: [MaxMindGeo]

  /// Opens files.
  ///
  /// - Throws: ``ImportFailure/failed(_:)`` for the first one that cannot be used.
  init(_ paths: [String]) throws {
    do {
      files = try paths.map { try MaxMindGeo(path: $0) }
    } catch let error as GeoError {
      throw ImportFailure.failed(error.description)
    }
  }

  /// The files asked for, as ``open(_:knownTo:)`` has them; the database remembers them.
  static func open(_ asked: [String], rememberedBy store: StatsStore) throws -> GeoFiles? {
    let geo = try open(asked, knownTo: store)
    if !asked.isEmpty {
      try store.remember("geo", asked.map { $0 == none ? $0 : AbsolutePath.of($0) }.joined(separator: "\n"))
    }
    return geo
  }

  /// The files asked for, or those that a database remembers where nothing is asked for; nil for no places.
  static func open(_ asked: [String], knownTo store: StatsStore?) throws -> GeoFiles? {
    guard !asked.contains(none) || asked.count == 1 else {
      throw ImportFailure.usage("--geo none stands alone; leave it out, or the files")
    }
    let remembered = try store?.setting("geo") ?? none
    let paths = asked.isEmpty ? remembered.split(separator: "\n").map(String.init) : asked
    return paths == [none] ? nil : try GeoFiles(paths)
  }

  /// For each part the first file that knows it; regions and cities only of the country, and of the region, that is told.
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
