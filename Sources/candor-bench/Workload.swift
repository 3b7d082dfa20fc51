// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Ratings

/// The requests that servers are measured with: the same ones every time.
struct Workload {
    /// A kind of request.
    struct Kind {
        let name: String
        let requests: [Request]

        /// The requests as lines.
        var mix: RequestMix { RequestMix(requests.map { $0.line + "\n" }) }
    }

    /// What is measured, cheapest first.
    let kinds: [Kind]

    /// More than users whose vectors a server would keep: most requests must solve one.
    private static let pairs = 8192

    /// Users in shuffled order, so that neighbours in time are not neighbours in memory; every
    /// request has a user of the data and one of its items.
    init(_ dataset: Dataset) {
        var random = SplitMix(state: 1)
        var users = dataset.users.ids.map(\.token)
        users.shuffle(using: &random)
        let pairs = (0..<Self.pairs).map { index in
            (
                user: users[index % users.count],
                item: dataset.items.items[Int.random(in: 0..<dataset.items.count, using: &random)]
                    .id.token
            )
        }
        kinds = [
            Kind(name: "PING", requests: [.ping]),
            Kind(
                name: "PREDICT",
                requests: pairs.map { .predict(user: $0.user, item: $0.item, time: nil) }),
            Kind(
                name: "RECOMMEND k=10",
                requests: pairs.map { .recommend(user: $0.user, count: 10, rank: .ranking) }
            ),
            Kind(
                name: "EXPLAIN",
                requests: pairs.map {
                    .explain(user: $0.user, item: $0.item, head: .ranking, top: 10)
                }),
        ]
    }

    /// SplitMix64 (Steele, Lea & Flood 2014): its numbers are the same on every machine.
    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }
}
