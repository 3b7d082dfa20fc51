// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Factors
import Ratings

/// Measures ranked lists beside implicit, with what else may stand for the ranking head.
struct RankingBench {
    private static let listLength = 10
    private static let longListLength = 20

    /// The lists of one model, measured.
    private struct Lists {
        let short: RankingMetrics
        let long: RankingMetrics
        let exposure: ListExposure
    }

    let splits: SplitFolder
    let peers: Peers?
    let threads: Int
    /// How often the ranking head is trained.
    let rounds: Int

    /// Measures the ranking head, popularity, and items in the order of predicted stars.
    func run(report: Report) throws {
        let split = try splits.read(SplitFolder.perUser)
        let head = try ranking(split, report)
        let popular = peers?.run(
            PeerModel(name: "popular", model: "popular"), on: split, extra: ["--rank"],
            report: report)
        add(
            "popular", lists(try PopularityHead.train(split.train), split),
            .init(popular, "popular"),
            report)
        let stars = try BayesianTrainer.train(split.train, options: .best, threads: threads)
        add("by predicted stars", lists(stars, split), .init(nil, ""), report)
        serving(head, split, report)
    }

    private func ranking(_ split: SplitData, _ report: Report) throws -> RankingHead {
        var times = TrainingTimes(beside: .implicit)
        var beside: PeerResult?
        var head: RankingHead?
        for _ in 0..<rounds {
            head = try times.train {
                try RankingTrainer.train(split.train, scale: split.scale, threads: threads)
            }
            beside = peers?.run(.implicit, on: split, extra: ["--rank"], report: report)
            times.add(beside)
        }
        guard let head else { preconditionFailure("at least one round") }
        let measured = lists(head, split)
        add(
            "iALS", measured, Quality(beside, times.peer.name), targets: (0.383, 0.335), report)
        for comparison in times.medians("iALS: training", target: .timesPeer(1)) {
            report.add(comparison)
        }
        report.add(
            Comparison(
                "iALS: diversity of lists (1 − cosine)", .share,
                measured.short.diversity(ItemDistance(head).callAsFunction)))
        return head
    }

    /// A peer's figures by name.
    private struct Quality {
        let name: String
        let figures: [String: Double]

        init(_ result: PeerResult?, _ name: String) {
            self.name = name
            figures = result?.ranking ?? [:]
        }

        func of(_ figure: String) -> Comparison.Peer? { .init(name, figures[figure]) }
    }

    private func lists(_ head: some LinearHead, _ split: SplitData) -> Lists {
        let all = RankingMetrics.lists(
            of: head, train: split.train, test: split.test, count: Self.longListLength,
            threads: threads)
        func metrics(_ cutoff: Int) -> RankingMetrics {
            RankingMetrics(
                test: split.test, cutoff: cutoff, threshold: split.scale.relevanceThreshold,
                threads: threads
            ) { Array(all[$0.position].prefix(cutoff)) }
        }
        let short = metrics(Self.listLength)
        return Lists(
            short: short, long: metrics(Self.longListLength),
            exposure: short.exposure(itemCount: split.train.itemCount))
    }

    private func add(
        _ name: String, _ lists: Lists, _ peer: Quality,
        targets: (nDCG: Double, recall: Double)? = nil, _ report: Report
    ) {
        report.add(
            Comparison(
                "\(name): nDCG@10", .share, lists.short.nDCG, beside: peer.of("ndcg10"),
                target: targets.map { .atLeast($0.nDCG) }))
        report.add(
            Comparison(
                "\(name): Recall@20", .share, lists.long.recall, beside: peer.of("recall20"),
                target: targets.map { .atLeast($0.recall) }))
        report.add(
            Comparison(
                "\(name): part of the catalogue shown", .share, lists.exposure.coverage,
                beside: peer.of("coverage10")))
        report.add(
            Comparison(
                "\(name): Gini coefficient of exposure", .share, lists.exposure.gini,
                beside: peer.of("exposure_gini")))
    }

    /// One list and one explanation by the package's own calls, beside the same of ours without an
    /// engine around them.
    private func serving(_ head: RankingHead, _ split: SplitData, _ report: Report) {
        let beside = peers?.run(
            .implicit, on: split, extra: ["--serve", "--explain"], report: report)
        let name = PeerModel.implicit.name
        var (selections, explanations) = (LatencyHistogram(), LatencyHistogram())
        for position in 0..<min(split.train.userCount, 1000) {
            let profile = split.train.profile(of: UserIndex(position))
            let foldIn = head.foldIn(profile)
            let start = MonotonicClock.nanoseconds()
            let list = TopK.select(
                head, foldIn.vector, count: Self.listLength, excluding: profile)
            let end = MonotonicClock.nanoseconds()
            selections.record(nanoseconds: end - start)
            guard let best = list.first else { continue }
            let (_, seconds) = MonotonicClock.seconds {
                head.contributions(of: profile, to: best.item, with: head.foldIn(profile))
            }
            explanations.record(nanoseconds: UInt64(seconds * 1e9))
        }
        report.add(
            Comparison(
                "iALS: ten best of a known user, p50", .microseconds,
                selections.quantileMicroseconds(0.5), beside: .init(name, beside?.list?.p50)))
        report.add(
            Comparison(
                "iALS: shares of all ratings, solve included, p50", .microseconds,
                explanations.quantileMicroseconds(0.5),
                beside: .init(name, beside?.explanation?.p50)))
    }
}
