// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// How much memory a retrain may take beside what serves.
public struct MemoryLimit: Sendable, Equatable {
    /// The most bytes.
    public let bytes: Int
    /// Where the limit comes from, in words.
    public let origin: String

    /// What the configuration says, else what the machine and the service manager leave; nil where
    /// nothing limits it.
    public static func current(_ configuration: Configuration) -> MemoryLimit? {
        if let mebibytes = configuration.integer(.retrainMemory) {
            return mebibytes == 0
                ? nil : MemoryLimit(bytes: mebibytes << 20, origin: Setting.retrainMemory.name)
        }
        return MachineMemory.bytes.map { bytes in
            MemoryLimit(
                bytes: max(0, bytes - ProcessMemory.anonymousBytes),
                origin: "what the machine, or the service's MemoryMax=, has beside what serves")
        }
    }

    /// How many ratings may be read at most.
    var ratingsMax: Int { bytes / RetrainMemory.readingBytesPerRating }

    /// Throws, with what to change, where `memory` is more.
    func check(_ memory: RetrainMemory, ratings: Int) throws(WireError) {
        guard memory.bytes > bytes else { return }
        let remedy =
            memory.trainingBytes <= bytes
            ? "set the four gates that measure to off and RELOAD, with which it is "
                + "\(Self.mebibytes(memory.trainingBytes)) MiB"
            : "take a smaller model (rating=fast, rating_factors=, ranking_factors=)"
        throw WireError(
            .retrainTooLarge,
            "a retrain on \(ratings) ratings with these options takes up to "
                + "\(Self.mebibytes(memory.bytes)) MiB and may take \(bytes >> 20) "
                + "(\(origin)): \(remedy), or set \(Setting.retrainMemory.name) higher and RELOAD")
    }

    /// What is said of data that has more ratings than may be read.
    var tooManyRatings: WireError {
        WireError(
            .retrainTooLarge,
            "the data has more than \(ratingsMax) ratings, and reading as many takes the "
                + "\(bytes >> 20) MiB that a retrain may take (\(origin)): make a file of it with "
                + "'candord import', which is mapped instead, or set "
                + "\(Setting.retrainMemory.name) higher and RELOAD")
    }

    /// Whole mebibytes, rounded up.
    static func mebibytes(_ bytes: Int) -> Int { (bytes + (1 << 20) - 1) >> 20 }
}
