// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import RatingFiles
import Ratings

/// The data that is measured on: what was asked for, else MovieLens 1M, else made up.
struct BenchData {
    let dataset: Dataset
    /// How long reading it took.
    let readSeconds: Double

    /// Reads `path`; without one, `ml-1m` in the folder that `CANDOR_DATA` names; without that,
    /// synthetic data of the same size, written to `scratch` first.
    init(_ path: String?, scratch: ScratchFolder) throws {
        let source = try path ?? Self.movieLens() ?? Self.synthetic(in: scratch)
        let (read, seconds) = try MonotonicClock.seconds { try DatasetReader.read(source) }
        dataset = read.dataset
        readSeconds = seconds
    }

    /// The data's file of `user::item::rating::timestamp` lines, where it has one.
    static func ratingsFile(_ path: String?) -> String? {
        guard let folder = path ?? movieLens() else { return nil }
        let file = folder + "/ratings.dat"
        return FileManager.default.fileExists(atPath: file) ? file : nil
    }

    private static func movieLens() -> String? {
        guard let root = ProcessInfo.processInfo.environment["CANDOR_DATA"] else { return nil }
        let path = root + "/ml-1m"
        return FileManager.default.fileExists(atPath: path) ? path : nil
    }

    private static func synthetic(in scratch: ScratchFolder) throws -> String {
        let path = scratch.file("synthetic")
        try DatasetWriter.write(SyntheticRatings(SyntheticOptions()).dataset, to: path)
        return path
    }

    /// What the figures were measured on.
    var description: String {
        let made = dataset.isSynthetic ? ", SYNTHETIC (made up)" : ""
        return "\(dataset.name): \(dataset.users.count) users, \(dataset.items.count) items, "
            + "\(dataset.ratings.count) ratings\(made)"
    }
}
