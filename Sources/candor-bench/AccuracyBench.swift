// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// Measures the rating head, accurate and fast, beside LIBMF on the same splits.
///
/// Ours and theirs take turns, so that what else the machine does meets both; times are medians.
struct AccuracyBench {
    let splits: SplitFolder
    let peers: Peers?
    let threads: Int
    /// How often the fast models are trained.
    let rounds: Int

    /// Measures the accurate model on the repeated splits, then the fast one.
    func run(report: Report) throws {
        try accurate(report)
        try fast(report)
    }

    private func accurate(_ report: Report) throws {
        var (plain, timed, coverage) = ([Double](), [Double](), [Double]())
        var peerErrors: [Double] = []
        let peer = PeerModel.accurateLIBMF
        var times = TrainingTimes(beside: peer)
        for name in SplitFolder.repeated {
            let split = try splits.read(name)
            let head = try times.train {
                try BayesianTrainer.train(split.train, options: .best, threads: threads)
            }
            let beside = peers?.run(peer, on: split, report: report)
            times.add(beside)
            if let error = beside?.rmse { peerErrors.append(error) }
            let peerError = Comparison.Peer(peer.name, beside?.rmse)
            let errors = (
                plain: RatingQuality.rmse(head, split, threads: threads),
                timed: RatingQuality.timedRMSE(head, split, threads: threads)
            )
            plain.append(errors.plain)
            timed.append(errors.timed)
            coverage.append(RatingQuality.coverage(head, split, threads: threads))
            report.add(Comparison("\(name) RMSE", .stars, errors.plain, beside: peerError))
            report.add(
                Comparison("\(name) RMSE, time given", .stars, errors.timed, beside: peerError))
            report.add(times.last("\(name) training", beside))
        }
        let mean = { (values: [Double]) in Summary.mean(of: values) ?? .nan }
        let peerError = Comparison.Peer(peer.name, Summary.mean(of: peerErrors))
        report.add(
            Comparison(
                "mean RMSE of five splits", .stars, mean(plain), beside: peerError,
                target: .atMost(0.8165)))
        report.add(
            Comparison(
                "mean RMSE of five splits, time given", .stars, mean(timed), beside: peerError,
                target: .atMost(0.812)))
        report.add(
            Comparison(
                "ratings in their 80% interval", .share, mean(coverage),
                target: .within(0.78...0.82)))
        for comparison in times.medians("training", target: .timesPeer(1)) {
            report.add(comparison)
        }
    }

    private func fast(_ report: Report) throws {
        let split = try splits.read(SplitFolder.validation)
        let peer = PeerModel.fastLIBMF
        var times = TrainingTimes(beside: peer)
        var (error, peerErrors) = (Double.nan, [Double]())
        for round in 0..<rounds {
            let head = try times.train {
                try BayesianTrainer.train(split.train, options: .fast, threads: threads)
            }
            if round == 0 { error = RatingQuality.rmse(head, split, threads: threads) }
            let beside = peers?.run(peer, on: split, report: report)
            times.add(beside)
            if let error = beside?.rmse { peerErrors.append(error) }
        }
        report.add(
            Comparison(
                "fast: s1 validation RMSE", .stars, error,
                beside: .init(peer.name, Summary.median(of: peerErrors)),
                target: .atMost(0.8402)))
        for comparison in times.medians("fast: training", target: .timesPeer(0.6)) {
            report.add(comparison)
        }
    }
}
