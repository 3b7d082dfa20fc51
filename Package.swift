// swift-tools-version: 6.2
// SPDX-License-Identifier: GPL-3.0-or-later
import PackageDescription

/// The rules every Swift target is compiled under.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

/// Numeric and parsing targets are optimised in debug builds too, so that `swift test`
/// reads and trains on a million real ratings in seconds.
let optimised: [SwiftSetting] =
    strict + [
        .unsafeFlags(["-O"], .when(configuration: .debug))
    ]

/// The serving loop spent a quarter of its instructions for a short request on proving at run time
/// that no two accesses overlap; debug builds, and so all tests, still prove it.
let serving: [SwiftSetting] =
    optimised + [
        .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))
    ]

/// Left to itself the compiler halves vectors of 64 bytes even for processors whose registers hold
/// them, and with them the multiply-adds of a cycle: the first such processors slowed down.
let kernels: [CSetting] = [.unsafeFlags(["-O3", "-mprefer-vector-width=512"])]

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

let package = Package(
    name: "Candor",
    products: [
        .executable(name: "candord", targets: ["candord"]),
        .executable(name: "candor", targets: ["candor"]),
        .executable(name: "candor-bench", targets: ["candor-bench"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    ],
    targets: [
        .target(name: "CKernels", cSettings: kernels),
        .target(name: "CPeak", cSettings: kernels),
        .target(name: "CSystem"),
        .systemLibrary(name: "CReadline", providers: [.apt(["libreadline-dev"])]),
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),

        .target(name: "Ratings", swiftSettings: optimised),
        .target(
            name: "RatingFiles", dependencies: ["Ratings", crypto], swiftSettings: optimised),
        .target(name: "Factors", dependencies: ["Ratings", "CKernels"], swiftSettings: optimised),
        .target(name: "Trust", dependencies: ["Ratings", "Factors"], swiftSettings: optimised),
        .target(name: "Parquet", swiftSettings: optimised),
        .target(
            name: "Report", dependencies: ["Ratings", "Factors", "Trust"],
            swiftSettings: optimised),
        .target(name: "CandorProtocol", swiftSettings: optimised),
        .target(
            name: "Credentials", dependencies: ["CandorProtocol", crypto], swiftSettings: strict),
        .target(
            name: "CandorClient", dependencies: ["CandorProtocol", "Credentials"],
            swiftSettings: strict),
        .target(
            name: "CandorDaemon",
            dependencies: [
                "Ratings", "RatingFiles", "Factors", "Trust", "Report", "Parquet",
                "CandorProtocol", "Credentials",
                "CSystem", "CSQLite", logging,
            ],
            swiftSettings: serving),
        .executableTarget(
            name: "candord",
            dependencies: [
                "CandorDaemon", "CandorProtocol", "Credentials", "Ratings", "RatingFiles",
                "Factors", "Trust", "Report", argumentParser, logging,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "candor",
            dependencies: [
                "CandorClient", "CandorProtocol", "Credentials", "CReadline", "CSystem",
                argumentParser,
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "candor-bench",
            dependencies: [
                "CandorDaemon", "CandorClient", "CandorProtocol", "Ratings", "RatingFiles",
                "Factors", "Trust", "CPeak", "CSystem", argumentParser, logging,
            ],
            swiftSettings: strict),

        .target(
            name: "TestSupport", dependencies: ["Ratings", "RatingFiles", "CandorProtocol"],
            path: "Tests/TestSupport", swiftSettings: optimised),
        .testTarget(
            name: "RatingsTests", dependencies: ["Ratings", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "RatingFilesTests", dependencies: ["RatingFiles", "Ratings", "TestSupport"],
            exclude: ["Files"], swiftSettings: strict),
        .testTarget(
            name: "FactorsTests",
            dependencies: ["CKernels", "Factors", "Ratings", "RatingFiles", "TestSupport"],
            swiftSettings: optimised),
        .testTarget(
            name: "TrustTests",
            dependencies: ["Trust", "Factors", "Ratings", "RatingFiles", "TestSupport"],
            exclude: ["Claims/Sentences"], swiftSettings: optimised),
        .testTarget(
            name: "ParquetTests", dependencies: ["Parquet", "TestSupport"], swiftSettings: optimised
        ),
        .testTarget(
            name: "ReportTests",
            dependencies: ["Report", "Trust", "Factors", "Ratings", "RatingFiles", "TestSupport"],
            swiftSettings: optimised),
        .testTarget(
            name: "CandorProtocolTests", dependencies: ["CandorProtocol", "TestSupport"],
            swiftSettings: optimised),
        .testTarget(
            name: "CredentialsTests",
            dependencies: ["Credentials", "CandorProtocol", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "CandorDaemonTests",
            dependencies: [
                "CandorDaemon", "CandorClient", "CandorProtocol", "Credentials", "Ratings",
                "RatingFiles",
                "Factors", "Trust", "Report", "TestSupport", "CSystem", logging,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CandorTests",
            dependencies: [
                "candor", "candord", "CandorClient", "CandorDaemon", "CandorProtocol",
                "Credentials", "Factors", "Ratings", "TestSupport", argumentParser, logging,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "BenchTests", dependencies: ["candor-bench", "Factors", "Ratings"],
            swiftSettings: strict),
        .testTarget(name: "TidyTests", dependencies: ["TestSupport"], swiftSettings: strict),
    ]
)
