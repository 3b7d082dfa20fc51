// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import RatingFiles
import Ratings

/// The ratings that are tuned on, parted anew for each seed.
struct TuningData {
    /// The list length that ranking models are tuned for.
    private static let listLength = 10

    let dataset: Dataset
    /// The share held out, of all ratings (rating models) or of every user's (ranking models).
    let heldOut: Double
    let threads: Int

    /// The SHA-256 of the ratings, first 16 digits.
    var fingerprint: String {
        var bytes: [UInt8] = []
        let ratings = dataset.ratings
        bytes.reserveCapacity(ratings.count * 12)
        for column in [
            ratings.users, ratings.items, ratings.values.map { Int32(bitPattern: $0.bitPattern) },
        ] {
            for value in column {
                withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
            }
        }
        return String(ContentHash.sha256(bytes).prefix(16))
    }

    /// The parts to train and to measure on.
    func parts(_ model: ModelName, seed: Int) -> (train: RatingMatrix, test: RatingMatrix) {
        let ratings = dataset.ratings
        func matrix(_ columns: RatingColumns) -> RatingMatrix {
            RatingMatrix(
                columns, userCount: dataset.users.count, itemCount: dataset.items.count)
        }
        switch model {
        case .rating:
            let parts = Split.random(ratings, cuts: [1 - heldOut], seed: UInt64(seed))
            return (matrix(parts[0]), matrix(parts[1]))
        case .ranking:
            let parts = Split.perUser(ratings, heldOut: heldOut, seed: UInt64(seed))
            return (matrix(parts.kept), matrix(parts.heldOut))
        }
    }

    /// The figure tuned for: RMSE, or nDCG@10 of items rated three quarters up the scale.
    ///
    /// NaN when training fails on these settings.
    func score(
        _ settings: TrainingSettings, train: RatingMatrix, test: RatingMatrix
    ) -> Double {
        do throws(TrainingError) {
            let head = try settings.train(train, scale: dataset.scale, threads: threads)
            switch settings.model {
            case .rating:
                return RatingMetrics(
                    of: head, train: train, test: test, scale: dataset.scale, threads: threads
                ).rmse
            case .ranking:
                return RankingMetrics(
                    of: head, train: train, test: test, cutoff: Self.listLength,
                    threshold: dataset.scale.relevanceThreshold, threads: threads
                ).nDCG
            }
        } catch {
            return .nan
        }
    }
}
