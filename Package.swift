// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// The settings of every target: strict memory safety, warnings as errors, explicit existentials.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// The version of the program. The Makefile takes it from the tag of the commit; a manifest cannot, because SwiftPM would keep
/// what it found first.
let version = Context.environment["FOOTFALL_VERSION"].flatMap { $0.isEmpty ? nil : $0 } ?? "0.1.0-dev"

/// Without cross-module optimisation, generic code runs 200 times slower across modules (docs/performance.md).
let optimised: [SwiftSetting] = [
  .unsafeFlags(["-cross-module-optimization"], .when(configuration: .release))
]

/// The linker packs the addresses to be set at start, which needs glibc 2.36, and joins functions that are the same; nothing
/// compares their addresses. In a plain build it also keeps no function only because a plug-in could call it. Together that
/// is 8 MB less. A tuned build (Sources/setup/tune.sh) would take a quarter of an hour to link without such functions.
let linked: [LinkerSetting] = [
  .unsafeFlags(
    ["-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs", "-Xlinker", "--icf=all"]
      + (Context.environment["FOOTFALL_TUNED"] != nil ? [] : ["-Xlinker", "--no-export-dynamic"]),
    .when(configuration: .release))
]

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let deque: Target.Dependency = .product(name: "DequeModule", package: "swift-collections")
let heap: Target.Dependency = .product(name: "HeapModule", package: "swift-collections")
let nio: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")

/// What runs once for a command or a report is made small rather than fast.
let small: [SwiftSetting] = [.unsafeFlags(["-Osize"], .when(configuration: .release))]

/// A module of the product. It may import exactly the given dependencies; the import check enforces this.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource]? = nil, besides: [SwiftSetting] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, exclude: readme(of: name), resources: resources,
    swiftSettings: strict + optimised + besides)
}

/// The README of a module with folders, which is not a source file.
func readme(of module: String) -> [String] {
  FileManager.default.fileExists(atPath: Context.packageDirectory + "/Sources/\(module)/README.md") ? ["README.md"] : []
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(name: name + "Tests", dependencies: dependencies + ["TestSupport"], swiftSettings: strict)
}

/// ISA-L inflates gzip several times as fast as zlib. Without ISA-L's headers, zlib is used.
let hasISAL = ["/usr/include", "/usr/local/include"].contains {
  FileManager.default.fileExists(atPath: $0 + "/isa-l/igzip_lib.h")
}
let isal: [Target] =
  hasISAL ? [.systemLibrary(name: "CISAL", pkgConfig: "libisal", providers: [.apt(["libisal-dev"])])] : []

let package = Package(
  name: "footfall",
  products: [.executable(name: "footfall", targets: ["footfall"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
    // Dependencies of Hummingbird that the server imports directly.
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
  ],
  targets: isal + [
    // C libraries: each consists of a module map and a header.
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CBzip2", providers: [.apt(["libbz2-dev"])]),
    .systemLibrary(name: "CLZMA", pkgConfig: "liblzma", providers: [.apt(["liblzma-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CMaxMindDB", pkgConfig: "libmaxminddb", providers: [.apt(["libmaxminddb-dev"])]),
    // Not linked: loaded when something is sent.
    .systemLibrary(name: "CCurl"),

    .target(name: "CVersion", cSettings: [.define("FOOTFALL_VERSION", to: "\"\(version)\"")]),
    // Takes the place of Foundation's data for languages.
    .target(name: "CNoLanguageData"),

    // Core: values and pure functions.
    module("ByteScanning"),
    module("AccessLog", ["ByteScanning", "Hits"]),
    module("Collecting", ["ByteScanning"]),
    module("LineRules", ["ByteScanning", "Collecting", "CPCRE2"]),
    module("Redaction", ["ByteScanning"]),
    module("PageNames", ["ByteScanning", "Collecting", "Acquisition", "LineRules", "Redaction"]),
    module("UserAgents", ["ByteScanning", "Hits", "CPCRE2"], resources: [.embedInCode("Resources/robots.tsv")]),
    module("Acquisition"),
    module("Hits", ["ByteScanning"]),
    module(
      "PrivacyPipeline",
      ["ByteScanning", "Collecting", "UserAgents", "Acquisition", "Hits", "Redaction", "PageNames", crypto]),
    module("Sessions", ["Hits"]),
    module("Rollups", ["ByteScanning", "Hits", "Sessions", heap]),
    module("Ledger", ["ByteScanning", crypto]),
    module("Tokens", ["ByteScanning", crypto]),
    module("PeerFiles", ["Hits", "Redaction"], besides: small),

    // Adapters: each wraps one thing outside the program.
    module("LogInput", ["ByteScanning", "CZlib", "CBzip2", "CLZMA", "CZstd"] + (hasISAL ? ["CISAL"] : [])),
    module("MaxMindGeo", ["CMaxMindDB"]),
    module("SaltVault"),
    module("TimeZones", ["Hits"]),
    module("Configuring", [.product(name: "TOMLKit", package: "TOMLKit")], besides: small),
    module(
      "StatsStore",
      ["ByteScanning", "CVersion", "Hits", "Ledger", "Sessions", "Rollups", "TimeZones", "Tokens", grdb, sqlite, heap],
      besides: small),

    // Use cases.
    module("Sealing", ["Hits", "SaltVault", "StatsStore"], besides: small),
    module(
      "Importing",
      [
        "ByteScanning", "AccessLog", "Collecting", "LineRules", "UserAgents", "Acquisition", "Hits", "Redaction",
        "PageNames", "PrivacyPipeline", "Ledger", "LogInput", "MaxMindGeo", "SaltVault", "StatsStore", "Sessions",
        "Rollups", "Sealing", "TimeZones", "PeerFiles", deque,
      ]),
    module(
      "Clustering",
      [
        "ByteScanning", "Hits", "Sessions", "Rollups", "Ledger", "LogInput", "SaltVault", "StatsStore", "Sealing",
        "Importing", "TimeZones", crypto,
      ], besides: small),
    module(
      "Reporting", ["ByteScanning", "Hits", "Rollups", "StatsStore", "TimeZones", crypto],
      resources: [.embedInCode("Resources/page.css"), .embedInCode("Resources/page.js")], besides: small),
    module("Sending", ["ByteScanning", "AccessLog", "Collecting", "LogInput", "CCurl", crypto], besides: small),
    module(
      "Serving",
      [
        "ByteScanning", "Collecting", "Hits", "Tokens", "StatsStore", "Importing", "Reporting", nio,
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "Logging", package: "swift-log"),
      ], resources: [.embedInCode("openapi.json")], besides: small),
    .executableTarget(
      name: "footfall",
      dependencies: [
        "Configuring", "LineRules", "Redaction", "PageNames", "Importing", "Serving", "Sending", "Clustering",
        "Sealing", "Sessions", "Rollups", "Reporting",
        "SaltVault", "StatsStore",
        "UserAgents", "LogInput", "Hits", "Tokens",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        "CNoLanguageData", "CVersion",
      ], exclude: readme(of: "footfall"),
      swiftSettings: strict + optimised + small, linkerSettings: linked),

    // Tests.
    .executableTarget(
      name: "quality",
      dependencies: ["ByteScanning", "Collecting", "UserAgents", "Hits", "Redaction", "TestSupport"],
      path: "Tests/Quality",
      exclude: ["behaviour.py", "crowds.py", "letter_pairs.py", "made_texts.py", "real_logs.py", "redaction.py"],
      swiftSettings: strict + optimised),
    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
    .target(
      name: "ImportSupport",
      dependencies: ["TestSupport", "PageNames", "Importing", "Sealing", "SaltVault", "StatsStore"],
      path: "Tests/ImportSupport", swiftSettings: strict),
    tests("ByteScanning", ["ByteScanning"]),
    tests("AccessLog", ["AccessLog", "Hits"]),
    tests("Collecting", ["Collecting"]),
    tests("Configuring", ["Configuring"]),
    tests("LineRules", ["ByteScanning", "LineRules"]),
    tests("PageNames", ["LineRules", "PageNames"]),
    tests("Acquisition", ["Acquisition"]),
    tests("Redaction", ["Redaction"]),
    tests("Hits", ["Hits"]),
    tests(
      "PrivacyPipeline",
      [
        "ByteScanning", "Collecting", "UserAgents", "Acquisition", "Hits", "Redaction", "PageNames", "PrivacyPipeline",
        crypto,
      ]),
    tests("Sessions", ["Hits", "Sessions"]),
    tests("Rollups", ["ByteScanning", "Hits", "Rollups"]),
    tests("Ledger", ["Ledger", crypto]),
    tests("Tokens", ["Tokens"]),
    tests("LogInput", ["LogInput"]),
    tests("PeerFiles", ["PeerFiles", "Redaction", "Hits"]),
    tests("MaxMindGeo", ["MaxMindGeo"]),
    tests("SaltVault", ["SaltVault"]),
    tests("TimeZones", ["TimeZones", "Hits"]),
    tests("StatsStore", ["ByteScanning", "Hits", "Ledger", "Rollups", "StatsStore", "Tokens", grdb]),
    tests(
      "Sealing",
      ["ImportSupport", "Redaction", "PageNames", "Sealing", "Importing", "StatsStore", "Ledger", "Hits", grdb]),
    tests(
      "Importing", ["ImportSupport", "Collecting", "Sealing", "Importing", "StatsStore", "Rollups", "Hits", grdb]),
    tests(
      "Clustering", ["ImportSupport", "Clustering", "Importing", "Sealing", "SaltVault", "StatsStore", "Hits"]),
    tests("UserAgents", ["ByteScanning", "UserAgents", "Hits", .product(name: "Yams", package: "Yams")]),
    tests("Reporting", ["Reporting", "Hits", "Rollups", "StatsStore", crypto]),
    tests("Command", ["Configuring"]),
    tests("Reference", ["UserAgents"]),
  ]
)
