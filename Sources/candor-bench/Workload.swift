// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Ratings

/// The requests that servers are measured with: the same ones every time.
struct Workload {
    /// A user and an item.
    struct Pair {
        let user: String
        let item: String
    }

    /// A kind of request.
    struct Kind {
        let name: String
        let requests: [Request]
        /// What its median ought to be without socket and wire, in microseconds.
        var inProcessTarget: Target?
        /// What its median ought to be over a socket, in microseconds.
        var socketTarget: Target?
        /// Whether its latency over a socket ought to be like redis'.
        var isComparedWithRedis = false
        /// Whether a thread of its own answers, so that few may be under way at a time.
        var isSearch = false

        /// The requests as lines.
        var mix: RequestMix { RequestMix(requests.map { $0.line + "\n" }) }
    }

    /// The name of the kind that asks for lists.
    static let recommendation = "RECOMMEND k=10"

    /// What is measured, cheapest first.
    let kinds: [Kind]
    /// Who asks for what.
    let pairs: [Pair]

    /// Fewer users than a daemon keeps solved with all that intervals need, so that theirs are held.
    private static let heldUserCount = 512
    private static let requestCount = 8192
    /// Searches take milliseconds.
    private static let searchCount = 256

    /// Users in shuffled order, so that neighbours in time are not neighbours in memory; every
    /// request has a user of the data and one of its items that somebody has rated.
    init(_ dataset: Dataset) {
        var random = SplitMix(state: 1)
        var users = dataset.users.ids.map(\.token)
        users.shuffle(using: &random)
        let rated = Set(dataset.ratings.items).sorted()
        let everybody = (0..<Self.requestCount).map { index in
            Pair(
                user: users[index % users.count],
                item: dataset.items[
                    ItemIndex(rawValue: rated[Int.random(in: 0..<rated.count, using: &random)])
                ].id.token)
        }
        let heldCount = min(users.count, Self.heldUserCount)
        let pairs = everybody.enumerated().map { index, pair in
            Pair(user: users[index % heldCount], item: pair.item)
        }
        self.pairs = pairs
        let latest = Int(dataset.ratings.timestamps.max() ?? 0)
        kinds =
            [
                Kind(name: "PING", requests: [.ping]),
                Kind(
                    name: "PREDICT", requests: pairs.map { Self.predict($0) },
                    isComparedWithRedis: true),
                Kind(
                    name: "PREDICT time=", requests: pairs.map { Self.predict($0, time: latest) }),
                Kind(
                    name: Self.recommendation, requests: pairs.map { Self.recommend($0.user) },
                    inProcessTarget: .atMost(25), isComparedWithRedis: true),
                Kind(
                    name: "RECOMMEND k=10 rank=rating",
                    requests: pairs.map { Self.recommend($0.user, rank: .rating) }),
                Kind(
                    name: "RECOMMEND k=10 calibrated=0.3",
                    requests: pairs.map {
                        Self.recommend($0.user, mitigation: ListMitigation(calibration: 0.3))
                    }, inProcessTarget: .atMost(1000)),
            ] + Self.explanations(pairs) + Self.inTurn(everybody) + [
                Kind(
                    name: "FACTS",
                    requests: pairs.map {
                        .facts(user: $0.user, item: $0.item, head: .ranking, form: .claims, top: 10)
                    }),
                Kind(
                    name: "VERIFY, two sentences",
                    requests: pairs.map {
                        .verify(
                            user: $0.user, item: $0.item,
                            text: "It ranks third. You would give it about four stars.",
                            head: .ranking)
                    }),
                Kind(
                    name: "SIMILAR k=10", requests: pairs.map { .similar(item: $0.item, count: 10) }
                ),
            ]
    }

    /// Users of whom more come than a daemon keeps solved.
    private static func inTurn(_ everybody: [Pair]) -> [Kind] {
        [
            Kind(
                name: "PREDICT, all users in turn", requests: everybody.map { Self.predict($0) }
            ),
            Kind(
                name: "RECOMMEND k=10, all users in turn",
                requests: everybody.map { Self.recommend($0.user) }),
        ]
    }

    /// What explains answers; searches are asked for by few, because they take milliseconds.
    private static func explanations(_ pairs: [Pair]) -> [Kind] {
        let few = pairs.prefix(searchCount)
        return [
            Kind(
                name: "EXPLAIN", requests: pairs.map { explain($0, .ranking) },
                inProcessTarget: .atMost(150), socketTarget: .atMost(300)),
            Kind(
                name: "EXPLAIN head=rating", requests: pairs.map { explain($0, .rating) },
                inProcessTarget: .atMost(150), socketTarget: .atMost(300)),
            Kind(
                name: "FLIP", requests: few.map { flip($0.user, .ranking) },
                inProcessTarget: .atMost(5000), isSearch: true),
            Kind(
                name: "FLIP head=rating", requests: few.map { flip($0.user, .rating) },
                inProcessTarget: .atMost(5000), isSearch: true),
            Kind(
                name: "WHYNOT",
                requests: few.map {
                    .whyNot(user: $0.user, item: $0.item, count: 10, top: 5, head: .ranking)
                }, isSearch: true),
        ]
    }

    /// The best ten items for a user.
    static func recommend(
        _ user: String, rank: HeadName = .ranking, mitigation: ListMitigation = .none
    ) -> Request {
        .recommend(user: user, count: 10, rank: rank, mitigation: mitigation)
    }

    private static func flip(_ user: String, _ head: HeadName) -> Request {
        .flip(user: user, item: nil, count: 1, head: head)
    }

    private static func predict(_ pair: Pair, time: Int? = nil) -> Request {
        .predict(user: pair.user, item: pair.item, time: time)
    }

    private static func explain(_ pair: Pair, _ head: HeadName) -> Request {
        .explain(
            user: pair.user, item: pair.item, Request.ExplainOptions(head: head, top: 10))
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
