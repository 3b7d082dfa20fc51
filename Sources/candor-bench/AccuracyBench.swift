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
        var (seconds, peerSeconds, peerErrors) = ([Double](), [Double](), [Double]())
        let peer = PeerModel.accurateLIBMF
        for name in SplitFolder.repeated {
            let split = try splits.read(name)
            let (head, spent) = try RatingModels.trained(split, .best, threads: threads)
            let beside = peers?.run(
                peer, train: split.files.train, test: split.files.test, report: report)
            seconds.append(spent)
            plain.append(RatingModels.rmse(head, split, threads: threads))
            timed.append(RatingModels.timedRMSE(head, split, threads: threads))
            coverage.append(RatingModels.coverage(head, split))
            if let beside { peerSeconds.append(beside.trainSeconds) }
            if let error = beside?.rmse { peerErrors.append(error) }
            let peerError = Comparison.Peer(peer.name, beside?.rmse)
            report.add(
                Comparison("\(name) RMSE", .stars, plain[plain.count - 1], beside: peerError))
            report.add(
                Comparison(
                    "\(name) RMSE, time given", .stars, timed[timed.count - 1],
                    beside: peerError))
            report.add(
                Comparison(
                    "\(name) training", .seconds, spent,
                    beside: .init(peer.name, beside?.trainSeconds)))
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
        report.add(
            Comparison(
                "training, median of five splits", .seconds,
                Summary.median(of: seconds) ?? .nan,
                beside: .init(peer.name, Summary.median(of: peerSeconds)),
                target: .timesPeer(1)))
    }

    private func fast(_ report: Report) throws {
        let split = try splits.read(SplitFolder.validation)
        var (seconds, peerSeconds, errors) = ([Double](), [Double](), [Double]())
        var peerErrors: [Double] = []
        let peer = PeerModel.fastLIBMF
        for _ in 0..<rounds {
            let (head, spent) = try RatingModels.trained(split, .fast, threads: threads)
            seconds.append(spent)
            if errors.isEmpty {
                errors.append(RatingModels.rmse(head, split, threads: threads))
            }
            guard
                let beside = peers?.run(
                    peer, train: split.files.train, test: split.files.test, report: report)
            else { continue }
            peerSeconds.append(beside.trainSeconds)
            if let error = beside.rmse { peerErrors.append(error) }
        }
        report.add(
            Comparison(
                "fast: s1 validation RMSE", .stars, errors[0],
                beside: .init(peer.name, Summary.median(of: peerErrors)),
                target: .atMost(0.8402)))
        report.add(
            Comparison(
                "fast: training, median of \(rounds)", .seconds,
                Summary.median(of: seconds) ?? .nan,
                beside: .init(peer.name, Summary.median(of: peerSeconds)),
                target: .timesPeer(0.6)))
    }
}
