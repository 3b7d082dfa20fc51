// SPDX-License-Identifier: GPL-3.0-or-later

/// What a target may import.
struct Layer: Sendable, CustomStringConvertible {
    let target: String
    let allowed: Set<String>

    var description: String { target }

    private static let system: Set = ["Glibc", "Synchronization"]

    /// Every target of the project with its allowance.
    static let all = [
        Layer(target: "Ratings", allowed: system),
        Layer(
            target: "RatingFiles",
            allowed: system.union(["Ratings", "Crypto", "Foundation", "FoundationEssentials"])),
        Layer(target: "Factors", allowed: system.union(["Ratings", "CKernels"])),
        Layer(target: "Trust", allowed: ["Glibc", "Ratings", "Factors"]),
        Layer(target: "Parquet", allowed: []),
        Layer(target: "Report", allowed: ["Ratings", "Factors", "Trust", "Glibc"]),
        Layer(target: "CandorProtocol", allowed: ["Glibc"]),
        Layer(target: "Credentials", allowed: ["CandorProtocol", "Crypto", "Glibc"]),
        Layer(
            target: "CandorClient",
            allowed: system.union(["CandorProtocol", "Credentials", "CSystem"])),
        Layer(
            target: "CandorDaemon",
            allowed: system.union([
                "Ratings", "RatingFiles", "Factors", "Trust", "Report", "Parquet",
                "CandorProtocol", "Credentials",
                "CSystem", "CSQLite", "Logging", "FoundationEssentials",
            ])),
        Layer(
            target: "candord",
            allowed: system.union([
                "CandorDaemon", "CandorProtocol", "Credentials", "Ratings", "RatingFiles",
                "Factors", "Trust", "Report", "ArgumentParser", "Logging", "Foundation",
            ])),
        Layer(
            target: "candor",
            allowed: system.union([
                "CandorClient", "CandorProtocol", "Credentials", "CReadline", "CSystem",
                "ArgumentParser",
                "Foundation", "FoundationEssentials",
            ])),
        Layer(
            target: "candor-bench",
            allowed: system.union([
                "CandorDaemon", "CandorClient", "CandorProtocol", "Ratings", "RatingFiles",
                "Factors", "Trust", "CPeak", "CSystem", "ArgumentParser", "Logging",
                "Foundation",
            ])),
    ]
}
