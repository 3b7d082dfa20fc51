// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import RatingFiles
import Ratings
import TestSupport
import Testing

/// What baselines reach on MovieLens 1M, against figures of other programs.
@Suite(
    "Baselines on real data",
    .enabled(if: RealData.directory("ml-1m") != nil, Comment(rawValue: RealData.absent)))
struct LaterRatingsRealDataTests {
    private static let dataset = Result { () throws -> Dataset in
        try DatasetReader.read(RealData.directory("ml-1m") ?? "").dataset
    }

    private func matrices(_ parts: [RatingColumns], _ dataset: Dataset) -> [RatingMatrix] {
        parts.map {
            RatingMatrix($0, userCount: dataset.users.count, itemCount: dataset.items.count)
        }
    }

    @Test("by time, 70/15/15: the mean 1.1312 and 1.1037, damped biases .9735 and .9529")
    func chronological() throws {
        let dataset = try Self.dataset.get()
        let parts = matrices(Split.chronological(dataset.ratings), dataset)
        let mean = try MeanHead.train(parts[0])
        let biases = try BiasHead.train(parts[0])
        func rmse(_ head: some LinearHead, _ part: Int) -> Double {
            WarmColdErrors(
                of: head, train: parts[0], test: parts[part], scale: dataset.scale, threads: 2
            ).all.rmse
        }
        #expect(abs(rmse(mean, 1) - 1.1312) < 5e-5)
        #expect(abs(rmse(mean, 2) - 1.1037) < 5e-5)
        #expect(abs(rmse(biases, 1) - 0.9735) < 1e-3)
        #expect(abs(rmse(biases, 2) - 0.9529) < 1e-3)
    }

    @Test("truncated SVD: gaps as zero 2.43, user means .957, bias residuals .879 (scikit-learn)")
    func truncatedSVD() throws {
        let dataset = try Self.dataset.get()
        let parts = matrices(
            Split.random(dataset.ratings, cuts: [0.8, 0.9], seed: 1), dataset)
        let expected: [SVDFill: Double] = [.zero: 2.43, .userMean: 0.957, .biasResidual: 0.879]
        for fill in SVDFill.allCases {
            let head = try TruncatedSVDTrainer.train(
                parts[0], options: .init(fill: fill), threads: 2)
            let metrics = RatingMetrics(
                of: head, train: parts[0], test: parts[1], scale: dataset.scale, threads: 2)
            #expect(abs(metrics.rmse - (expected[fill] ?? 0)) < 0.01)
        }
    }
}
