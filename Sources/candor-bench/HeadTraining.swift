// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// Trains single heads and times their sweeps.
struct HeadTraining {
    let matrix: RatingMatrix
    let scale: RatingScale
    let threads: Int

    /// A trained head, how long one of its sweeps took, and what bounds that.
    struct Trained<Head> {
        let head: Head
        let sweepSeconds: Double?
        let bound: SweepBound
    }

    /// The rating head.
    func rating(_ options: BayesianOptions) throws -> Trained<BayesianHead> {
        var clock = SweepClock(reportsPerSweep: 1)
        let head = try BayesianTrainer.train(matrix, options: options, threads: threads) { _ in
            clock.report(at: MonotonicClock.nanoseconds())
            return true
        }
        return Trained(
            head: head, sweepSeconds: clock.medianSeconds,
            bound: bound(options.factors + 1, hasLinks: options.implicitSets))
    }

    /// The ranking head.
    func ranking(_ options: RankingHeadOptions) throws -> Trained<RankingHead> {
        var clock = SweepClock(reportsPerSweep: 2)
        let head = try RankingTrainer.train(
            matrix, scale: scale, options: options, threads: threads
        ) { _ in
            clock.report(at: MonotonicClock.nanoseconds())
            return true
        }
        return Trained(head: head, sweepSeconds: clock.medianSeconds, bound: bound(options.factors))
    }

    private func bound(_ coordinates: Int, hasLinks: Bool = false) -> SweepBound {
        SweepBound(
            users: matrix.userCount, items: matrix.itemCount, ratings: matrix.count,
            width: FactorMatrix.stride(forColumns: coordinates),
            hasLinks: hasLinks
                && min(matrix.userCount, matrix.itemCount) <= BayesianOptions.linkInverseMax)
    }
}
