import Foundation
import MaxMindGeo
import TestSupport
import Testing

@Suite struct MaxMindGeoTests {
  private typealias Place = MaxMindGeo.Place

  private static func fixture(_ name: String) -> String {
    SharedData.packageRoot.appendingPathComponent("fixtures/geo/" + name).path
  }

  private static let v6: [UInt8] = [0x20, 0x01, 0x0D, 0xB8, 0, 0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]

  @Test(
    arguments: [
      ([192, 0, 2, 0], ["DE", "Bavaria", "Munich"]), ([192, 0, 2, 127], ["DE", "Bavaria", "Munich"]),
      ([192, 0, 2, 128], ["DE", "Berlin", "Berlin"]), ([203, 0, 113, 9], ["JP", "Tokyo", "Tokyo"]),
      ([198, 51, 100, 1], ["GB", "England", "London"]), ([198, 51, 100, 129], ["CA", "Ontario", "London"]),
      ([203, 0, 113, 130], ["FR", "Île-de-France", "Paris"]), ([198, 51, 100, 200], ["US", "", ""]),
      ([198, 51, 100, 225], ["BR", "São Paulo", ""]), ([198, 51, 100, 255], ["", "", ""]),
      ([10, 0, 0, 1], ["", "", ""]), (v6, ["IN", "Karnataka", "Bengaluru"]),
      ([UInt8](repeating: 0, count: 16), ["", "", ""]), ([192, 0, 2], ["", "", ""]), ([], ["", "", ""]),
    ] as [([UInt8], [String])])
  func cityFilesTellCountryRegionAndCity(_ address: [UInt8], _ expected: [String]) throws {
    let place = try MaxMindGeo(path: Self.fixture("city-test.mmdb")).place(ofAddress: address)
    #expect([place.country, place.region, place.city] == expected)
  }

  @Test(
    arguments: [
      ([192, 0, 2, 1], "DE"), ([198, 51, 100, 255], "GB"), ([10, 0, 0, 1], ""),
      // Only the country of registration is known for this network.
      ([203, 0, 113, 1], "JP"),
      // The file contains IPv4 addresses only.
      (v6, ""),
    ] as [([UInt8], String)])
  func countryFilesTellTheCountry(_ address: [UInt8], _ country: String) throws {
    let place = try MaxMindGeo(path: Self.fixture("country-test.mmdb")).place(ofAddress: address)
    #expect([place.country, place.region, place.city] == [country, "", ""])
  }

  @Test(
    arguments: [
      ("asn-test.mmdb", [192, 0, 2, 1], ["", "", "", "AS64496 Example Networks"]),
      ("asn-test.mmdb", [198, 51, 100, 1], ["", "", "", "AS64497 Exämple Télécom"]),
      // The owner of this network is not known.
      ("asn-test.mmdb", [203, 0, 113, 1], ["", "", "", "AS64511"]),
      ("asn-test.mmdb", [203, 0, 113, 200], ["", "", "", ""]),
      ("asn-test.mmdb", v6, ["", "", "", "AS64496 Example Networks"]),
      ("city-test.mmdb", [192, 0, 2, 1], ["DE", "Bavaria", "Munich", ""]),
      ("enterprise-test.mmdb", [192, 0, 2, 1], ["DE", "Bavaria", "Munich", "AS64500 Owner"]),
    ] as [(String, [UInt8], [String])])
  func networksAreTold(_ file: String, _ address: [UInt8], _ expected: [String]) throws {
    let place = try MaxMindGeo(path: Self.fixture(file)).place(ofAddress: address)
    #expect([place.country, place.region, place.city, place.network] == expected)
  }

  @Test(
    arguments: [
      ("lite-test.mmdb", [192, 0, 2, 1], ["DE", "", "", "AS64496 Example Networks"]),
      ("lite-test.mmdb", [198, 51, 100, 1], ["JP", "", "", ""]),
      ("lite-test.mmdb", [198, 51, 100, 200], ["", "", "", ""]),
      ("lite-test.mmdb", v6, ["FR", "", "", "AS64511"]),
      ("country-asn-test.mmdb", [192, 0, 2, 1], ["DE", "", "", "AS64496 Example Networks"]),
      ("locations-test.mmdb", [192, 0, 2, 1], ["DE", "Bavaria", "Munich", ""]),
      ("locations-test.mmdb", [198, 51, 100, 1], ["DE", "", "Berlin", ""]),
      // A hyphen, a blank and ZZ are nothing known; codes may be in small letters.
      ("hyphens-test.mmdb", [192, 0, 2, 1], ["", "", "", ""]),
      ("hyphens-test.mmdb", [198, 51, 100, 1], ["GB", "", "", ""]),
      ("hyphens-test.mmdb", [203, 0, 113, 1], ["", "", "", ""]),
    ] as [(String, [UInt8], [String])])
  func recordsOfOtherMakersAreRead(_ file: String, _ address: [UInt8], _ expected: [String]) throws {
    let place = try MaxMindGeo(path: Self.fixture(file)).place(ofAddress: address)
    #expect([place.country, place.region, place.city, place.network] == expected)
  }

  /// Each number is that of eight addresses: uint16, uint32, int32, uint64, uint128, three texts; a large one; then
  /// what is no number of a system.
  @Test(
    arguments: zip(
      UInt8(0)..<16, [String](repeating: "AS64496", count: 8) + ["AS4200000000"] + [String](repeating: "", count: 7)))
  func numbersOfSystemsMayHaveAnyType(_ index: UInt8, _ network: String) throws {
    let geo = try MaxMindGeo(path: Self.fixture("numbers-test.mmdb"))
    #expect(geo.place(ofAddress: [192, 0, 2, index * 8]).network == network)
  }

  @Test(
    arguments: [
      ("city-test.mmdb", false), ("asn-test.mmdb", true), ("enterprise-test.mmdb", true), ("lite-test.mmdb", true),
      ("country-asn-test.mmdb", true), ("locations-test.mmdb", false), ("numbers-test.mmdb", true),
    ])
  func tellsWhetherItKnowsNetworks(_ file: String, _ hasNetworks: Bool) throws {
    #expect(try MaxMindGeo(path: Self.fixture(file)).hasNetworks == hasNetworks)
  }

  /// Small files in the shapes of all makers: all of them know something of the same three networks.
  @Test(
    .enabled(if: SharedData.exists("corpora/mmdb_flavours"), "needs ../shared/corpora"),
    arguments: [
      ("asn-auto", "", "AS64501 Example Net B"), ("asn-u16", "", "AS64501 Example Net B"),
      ("city-lower-iso", "DE", ""), ("city-othertype", "DE", ""), ("dbip-asn-lite", "", "AS64501 Example Net B"),
      ("dbip-city-lite", "DE", ""), ("geolite2-city", "DE", ""), ("ip2lite-dash", "DE", ""), ("ip2lite-db11", "DE", ""),
      ("ipinfo-lite", "DE", "AS64501 Example Net B"), ("iplocdb-asn", "", "AS64501 Example Net B"),
      ("iplocdb-city", "DE", ""),
    ])
  func filesOfAllMakersAreRead(_ name: String, _ country: String, _ network: String) throws {
    let path = SharedData.path("corpora/mmdb_flavours/\(name).mmdb")
    let place = try MaxMindGeo(path: path).place(ofAddress: [198, 51, 100, 1])
    #expect([place.country, place.network] == [country, network])
    #expect(place.region != "-" && place.city != "-")
  }

  @Test func tellsWhatFileItIs() throws {
    let geo = try MaxMindGeo(path: Self.fixture("city-test.mmdb"))
    #expect(geo.databaseType == "GeoLite2-City")
    #expect(geo.buildEpoch == 1_793_491_200)
    #expect(try MaxMindGeo(path: Self.fixture("country-test.mmdb")).databaseType == "DBIP-Country-Lite")
  }

  @Test func threadsMayLookAtTheSameTime() async throws {
    let geo = try MaxMindGeo(path: Self.fixture("city-test.mmdb"))
    let places = await withTaskGroup(of: [Place].self) { group in
      for _ in 0..<4 {
        group.addTask { (UInt8.min...UInt8.max).map { geo.place(ofAddress: [203, 0, 113, $0]) } }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(places).count == 1)
    #expect(Set(places[0]).count == 3)
  }

  @Test func aMissingFileIsToldAsMissing() throws {
    let path = try TemporaryFolder().path("missing.mmdb")
    #expect(throws: GeoError.missing(path)) { try MaxMindGeo(path: path) }
  }

  @Test func aFileWithoutPlacesIsRefused() {
    let path = Self.fixture("speed-test.mmdb")
    #expect(throws: GeoError.noPlaces(path, type: "GeoIP2-Connection-Type")) { try MaxMindGeo(path: path) }
  }

  @Test(
    arguments: [
      ("geo.mmdb.gz", [0x1F, 0x8B, 8, 0, 0], "gunzip"), ("geo.tar.gz", [0x1F, 0x8B, 8, 0, 0], "tar -xzf"),
      ("geo.tgz", [0x1F, 0x8B, 8, 0, 0], "tar -xzf"), ("geo.zip", [0x50, 0x4B, 3, 4, 0], "unzip"),
      ("geo.mmdb.xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A], "unxz"), ("geo.mmdb.zst", [0x28, 0xB5, 0x2F, 0xFD, 0], "unzstd"),
      ("geo.mmdb.bz2", Array("BZh91".utf8), "bunzip2"),
      // The bytes tell, not the name.
      ("geo.mmdb", [0x1F, 0x8B, 8, 0, 0], "gunzip"),
    ] as [(String, [UInt8], String)])
  func aCompressedFileIsToldAsWhatItIs(_ name: String, _ bytes: [UInt8], _ command: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(bytes, to: name)
    #expect(throws: GeoError.compressed(path, command: command)) { try MaxMindGeo(path: path) }
  }

  @Test func whatIsNoGeoFileIsRefused() throws {
    let folder = try TemporaryFolder()
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Self.fixture("city-test.mmdb"))))
    for (name, bytes) in ["empty": [], "text": Array("no places\n".utf8), "half": Array(whole.prefix(1_200))] {
      let path = try folder.write(bytes, to: name)
      let error = #expect(throws: GeoError.self) { try MaxMindGeo(path: path) }
      guard case .notADatabase(path, _) = error else {
        Issue.record("\(name): \(String(describing: error))")
        continue
      }
    }
  }

  /// Whatever a damaged file contains, it is refused or returns some place; it never stops the program.
  @Test func damagedFilesAreHarmless() throws {
    let folder = try TemporaryFolder()
    let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Self.fixture("city-test.mmdb"))))
    var generator = SeededGenerator(seed: 10)
    var opened = 0
    for _ in 0..<300 {
      var bytes = whole
      for _ in 0..<8 {
        bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: .min ... .max, using: &generator)
      }
      guard let geo = try? MaxMindGeo(path: folder.write(bytes, to: "damaged.mmdb")) else { continue }
      opened += 1
      for last in stride(from: UInt8(0), through: 240, by: 16) {
        for network: [UInt8] in [[192, 0, 2], [198, 51, 100], [203, 0, 113]] {
          _ = geo.place(ofAddress: network + [last])
        }
      }
      _ = geo.place(ofAddress: Self.v6)
    }
    #expect(opened > 50)
  }
}
