// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation
import Ratings

@testable import Trust

/// Every number of an audit computed once more, straightforwardly, from single errors and lists.
struct PlainAudit {
    let subject: AuditSubject

    var users: [HeldOutUser] { subject.measurements.users }

    /// A metric of some users by its definition.
    func value(_ metric: String, _ members: [HeldOutUser]) -> Double {
        let errors = members.flatMap(\.errors)
        func mean(_ values: [Double]) -> Double {
            values.reduce(0, +) / Double(values.count)
        }
        switch metric {
        case "rmse": return mean(errors.map { $0 * $0 }).squareRoot()
        case "mae": return mean(errors.map(abs))
        case "bias": return mean(errors)
        case "miscalibration": return mean(members.compactMap(miscalibration))
        case "popularity-lift":
            let lists = members.filter { !$0.list.isEmpty }
            let shown = mean(lists.map { mean($0.list.map { popularity($0.position) }) })
            let known = mean(lists.map { mean(profile($0).items.map { popularity(Int($0)) }) })
            return (shown - known) / known
        default: return mean(members.compactMap { ranking(metric, $0) })
        }
    }

    /// A ranking metric of one user; nil without a relevant held-out item.
    func ranking(_ metric: String, _ user: HeldOutUser) -> Double? {
        let relevant = zip(user.items, user.ratings).filter { $1 >= 4 }.map { Int($0.0) }
        guard !relevant.isEmpty else { return nil }
        let hits = user.list.enumerated().filter { relevant.contains($0.element.position) }
            .map { $0.offset + 1 }
        switch metric {
        case "ndcg@10":
            let ideal = (1...min(10, relevant.count)).map { 1 / log2(Double($0) + 1) }
            return hits.map { 1 / log2(Double($0) + 1) }.reduce(0, +) / ideal.reduce(0, +)
        case "recall@10": return Double(hits.count) / Double(relevant.count)
        case "precision@10": return Double(hits.count) / 10
        default: return hits.first.map { 1 / Double($0) } ?? 0
        }
    }

    /// Steck's divergence of one user's list.
    func miscalibration(_ user: HeldOutUser) -> Double? {
        func shares(_ items: [Int]) -> [String: Double]? {
            let known = items.map { subject.catalogue[ItemIndex($0)].genres }
                .filter { !$0.isEmpty }
            guard !known.isEmpty else { return nil }
            var shares: [String: Double] = [:]
            for genres in known {
                for genre in genres {
                    shares[genre, default: 0] += 1 / Double(genres.count) / Double(known.count)
                }
            }
            return shares
        }
        let profile = profile(user)
        let liked = zip(profile.items, profile.values).filter { $1 >= 4 }.map { Int($0.0) }
        guard let p = shares(liked), let q = shares(user.list.map(\.position)) else { return nil }
        return p.map { genre, part in
            part * log(part / (0.99 * (q[genre] ?? 0) + 0.01 * part))
        }.reduce(0, +)
    }

    /// The distance of two samples' distribution functions, at every value that occurs.
    static func distance(_ left: [Double], _ right: [Double]) -> Double {
        func share(_ values: [Double], upTo limit: Double) -> Double {
            Double(values.count { $0 <= limit }) / Double(values.count)
        }
        return (left + right).map { abs(share(left, upTo: $0) - share(right, upTo: $0)) }.max()
            ?? .nan
    }

    /// Yao and Huang's measures from every item's errors on both sides.
    func unfairness(_ metric: String, _ own: [HeldOutUser], _ others: [HeldOutUser]) -> Double {
        func errors(_ users: [HeldOutUser], _ item: Int32) -> [Double] {
            users.flatMap { user in
                zip(user.items, user.errors).filter { $0.0 == item }.map(\.1)
            }
        }
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        if metric == "non-parity" {
            func predictions(_ users: [HeldOutUser]) -> [Double] {
                users.flatMap { user in zip(user.ratings, user.errors).map { Double($0) + $1 } }
            }
            return abs(mean(predictions(own)) - mean(predictions(others)))
        }
        let differences = (0..<Int32(GeneratedMeasures.itemCount)).compactMap { item -> Double? in
            let (left, right) = (errors(own, item), errors(others, item))
            guard left.count >= 5, right.count >= 5 else { return nil }
            let (a, b) = (mean(left), mean(right))
            switch metric {
            case "value-unfairness": return abs(a - b)
            case "absolute-unfairness": return abs(abs(a) - abs(b))
            case "underestimation-unfairness": return abs(max(0, -a) - max(0, -b))
            default: return abs(max(0, a) - max(0, b))
            }
        }
        return mean(differences)
    }

    /// A metric's gap when every tenth by profile size counts as much on both sides.
    func adjustedGap(
        _ metric: String, _ own: [HeldOutUser], _ others: [HeldOutUser]
    ) -> Double {
        let strata = QuantileGroups(users.map { Double($0.profileSize) }, count: 10)
        let tenth = Dictionary(
            uniqueKeysWithValues: zip(users.map(\.user), strata.codes).map { ($0, $1) })
        func parts(_ user: HeldOutUser) -> (Double, Double) {
            switch metric {
            case "rmse": (user.errors.map { $0 * $0 }.reduce(0, +), Double(user.errors.count))
            default: ranking(metric, user).map { ($0, 1) } ?? (0, 0)
            }
        }
        func side(_ members: [HeldOutUser], _ rest: [HeldOutUser]) -> Double {
            var (above, below) = (0.0, 0.0)
            for stratum in 0..<Int32(strata.ranges.count) {
                let mine = members.filter { tenth[$0.user] == stratum }
                let theirs = rest.filter { tenth[$0.user] == stratum }
                guard !mine.isEmpty, !theirs.isEmpty else { continue }
                let weight = Double(mine.count + theirs.count) / Double(mine.count)
                above += weight * mine.map { parts($0).0 }.reduce(0, +)
                below += weight * mine.map { parts($0).1 }.reduce(0, +)
            }
            return metric == "rmse" ? (above / below).squareRoot() : above / below
        }
        return side(own, others) - side(others, own)
    }

    /// The exposure of each item by the discount of its places in lists.
    func exposure() -> [Double] {
        var exposure = [Double](repeating: 0, count: subject.catalogue.count)
        for user in users {
            for (place, item) in user.list.enumerated() {
                exposure[item.position] += 1 / log2(Double(place) + 2)
            }
        }
        return exposure
    }

    func popularity(_ item: Int) -> Double {
        Double(subject.train.byItem.range(ofRow: item).count) / Double(subject.train.userCount)
    }

    private func profile(_ user: HeldOutUser) -> Profile { subject.train.profile(of: user.user) }
}
