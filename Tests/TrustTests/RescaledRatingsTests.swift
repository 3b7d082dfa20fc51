// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import RatingFiles
import Ratings
import TestSupport
import Testing

@testable import Trust

/// The defaults are as good on ratings of other scales, without a setting.
@Suite(
    "Rescaled ratings",
    .enabled(if: RealData.directory("ml-latest-small") != nil, Comment(rawValue: RealData.absent)))
struct RescaledRatingsTests {
    /// Real half stars, parted once.
    private static let parts = Result { () throws -> (RatingMatrix, RatingMatrix) in
        let path = RealData.directory("ml-latest-small") ?? ""
        let dataset = try DatasetReader.read(path).dataset
        let parts = Split.perUser(dataset.ratings, heldOut: 0.2, seed: 3)
        func matrix(_ columns: RatingColumns) -> RatingMatrix {
            RatingMatrix(columns, userCount: dataset.users.count, itemCount: dataset.items.count)
        }
        return (matrix(parts.kept), matrix(parts.heldOut))
    }

    /// The scales tried: half stars themselves, 0…10, −10…10 and 0…2.
    static let scales: [(lowest: Float, highest: Float)] = [(0.5, 5), (0, 10), (-10, 10), (0, 2)]

    /// The model's defaults, but few sweeps and no sets, which do not depend on the scale.
    private static func options(_ name: RatingModelName) -> BayesianOptions {
        var options = name.bayesianOptions
        options.sweepCount = 12
        options.implicitSets = false
        return options
    }

    private func moved(
        _ matrix: RatingMatrix, to scale: (lowest: Float, highest: Float)
    ) -> RatingMatrix {
        RatingMatrix(
            byUser: SparseRows(
                columnCount: matrix.itemCount, offsets: matrix.byUser.offsets,
                columns: matrix.byUser.columns,
                values: RatingValues(
                    matrix.byUser.values.map {
                        scale.lowest + ($0 - 0.5) / 4.5 * (scale.highest - scale.lowest)
                    })), timestamps: matrix.timestamps)
    }

    @Test(
        "rating models have the same RMSE as a part of the scale, within 0.1%",
        arguments: RatingModelName.allCases.filter { $0 != .svdZero })
    func rating(_ name: RatingModelName) throws {
        let (train, test) = try Self.parts.get()
        var first: Double?
        for ends in Self.scales {
            let scale = RatingScale(minimum: ends.lowest, maximum: ends.highest)
            let trained = moved(train, to: ends)
            let head = try name.train(
                trained, rating: Self.options(name), baseline: .init(),
                threads: 2)
            let metrics = RatingMetrics(
                of: head, train: trained, test: moved(test, to: ends), scale: scale, threads: 2)
            let part = metrics.rmse / Double(ends.highest - ends.lowest)
            #expect(abs(part / (first ?? part) - 1) < 1e-3, "\(ends)")
            first = first ?? part
        }
    }

    @Test(
        "ranking models rank as well on every scale, within .002 of nDCG@10",
        arguments: [RankingModelName.ials, .popular, .rating])
    func ranking(_ name: RankingModelName) throws {
        let (train, test) = try Self.parts.get()
        var first: Double?
        for ends in Self.scales {
            let scale = RatingScale(minimum: ends.lowest, maximum: ends.highest)
            let trained = moved(train, to: ends)
            let head = try name.train(
                trained, scale: scale, ranking: .init(), rating: Self.options(.bayes),
                baseline: .init(),
                threads: 2)
            // Liked is the same set on every scale: a threshold just below three quarters.
            let threshold = scale.minimum + 0.749 * (scale.maximum - scale.minimum)
            let metrics = RankingMetrics(
                of: head, train: trained, test: moved(test, to: ends), cutoff: 10,
                threshold: threshold, threads: 2)
            #expect(abs(metrics.nDCG - (first ?? metrics.nDCG)) < 0.002, "\(ends)")
            first = first ?? metrics.nDCG
        }
    }
}
