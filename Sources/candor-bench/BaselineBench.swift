// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Trust

/// Measures the simple models beside the same ones of NumPy and scikit-learn.
struct BaselineBench {
    /// A model of ours and the peer that ought to agree with it.
    private struct Pair {
        let name: RatingModelName
        let peer: PeerModel
    }

    private static let pairs = [
        Pair(name: .mean, peer: PeerModel(name: "NumPy mean", model: "mean")),
        Pair(name: .biases, peer: PeerModel(name: "NumPy damped biases", model: "bias")),
        Pair(name: .svdZero, peer: decomposition("none")),
        Pair(name: .svdMean, peer: decomposition("user")),
        Pair(name: .svdResidual, peer: decomposition("bias")),
    ]

    let splits: SplitFolder
    let peers: Peers?
    let threads: Int

    /// Measures each on the validation split.
    func run(report: Report) throws {
        let split = try splits.read(SplitFolder.validation)
        for pair in Self.pairs {
            let (head, seconds) = try MonotonicClock.seconds { try train(pair.name, split) }
            let beside = peers?.run(pair.peer, on: split, report: report)
            report.add(
                Comparison(
                    "\(pair.name.rawValue): s1 validation RMSE", .stars,
                    RatingQuality.rmse(head, split, threads: threads),
                    beside: .init(pair.peer.name, beside?.rmse)))
            report.add(
                Comparison(
                    "\(pair.name.rawValue): training", .seconds, seconds,
                    beside: .init(pair.peer.name, beside?.trainSeconds)))
        }
    }

    private func train(_ name: RatingModelName, _ split: SplitData) throws -> any LinearHead {
        try name.train(
            split.train, rating: name.bayesianOptions, baseline: TruncatedSVDOptions(),
            threads: threads)
    }

    private static func decomposition(_ center: String) -> PeerModel {
        PeerModel(
            name: "scikit-learn TruncatedSVD", model: "seed_svd",
            arguments: PeerModel.settings("k=20", "center=\(center)"))
    }
}
