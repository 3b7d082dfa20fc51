// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import CPeak
import Factors
import Ratings

/// Measures the selection of the ten best items, beside a plain read of the factors.
struct TopKBench {
    /// Made-up catalogues, whose factors are all equally long, so that nothing can be skipped.
    private static let catalogues = [
        (items: 4_000, factors: 64), (items: 100_000, factors: 64),
        (items: 1_000_000, factors: 64),
    ]
    private static let listLength = 10
    /// Users whose requests may well come together.
    private static let usersTogether = 8
    private static let rounds = 21

    /// The head whose catalogue is measured first.
    let head: RankingHead
    /// The ratings its users are folded in from.
    let ratings: RatingMatrix

    /// Measures the head's own catalogue, one user at a time and many, then made-up ones.
    func run(report: Report) {
        let users = (0..<min(ratings.userCount, 2048)).map { ratings.profile(of: UserIndex($0)) }
            .filter { !$0.isEmpty }
        let foldIns = users.map { profile in
            MonotonicClock.seconds { head.foldIn(profile).vector }
        }
        report.add(Self.median("fold in, \(head.dimensions) factors", foldIns.map(\.seconds)))
        let vectors = foldIns.map(\.result)
        let name = "top 10 of \(head.itemCount) × \(head.dimensions)"
        let single = zip(users, vectors).map { profile, vector in
            MonotonicClock.seconds {
                TopK.select(head, vector, count: Self.listLength, excluding: profile)
            }.seconds
        }
        report.add(Self.median(name, single))
        let together = stride(
            from: 0, through: users.count - TopK.usersAtOnce, by: TopK.usersAtOnce
        ).map { first in
            let block = first..<first + TopK.usersAtOnce
            return MonotonicClock.seconds {
                TopK.select(
                    head, Array(vectors[block]), count: Self.listLength,
                    excluding: Array(users[block]))
            }.seconds / Double(TopK.usersAtOnce)
        }
        report.add(Self.median("\(name), \(TopK.usersAtOnce) users at once", together))
        for catalogue in Self.catalogues {
            measure(catalogue.items, catalogue.factors, report)
        }
    }

    private func measure(_ items: Int, _ factors: Int, _ report: Report) {
        let made = Self.head(items: items, factors: factors)
        let profiles = (0..<Self.usersTogether).map { user in
            Profile(
                items: [Int32(2 * user), Int32(2 * user + 1)], values: [5, 4], timestamps: [0, 0])
        }
        let vectors = profiles.map { made.foldIn($0).vector }
        var (reads, selections, together) = ([Double](), [Double](), [Double]())
        for round in 0..<Self.rounds {
            let user = round % Self.usersTogether
            reads.append(MonotonicClock.seconds { Self.read(made.itemFactors.storage) }.seconds)
            selections.append(
                MonotonicClock.seconds {
                    TopK.select(
                        made, vectors[user], count: Self.listLength, excluding: profiles[user])
                }.seconds)
            together.append(
                MonotonicClock.seconds {
                    TopK.select(made, vectors, count: Self.listLength, excluding: profiles)
                }.seconds / Double(Self.usersTogether))
        }
        let name = "top 10 of \(items) × \(factors)"
        let (read, selection) = (Self.microseconds(reads), Self.microseconds(selections))
        report.add(
            Comparison(
                name + ", p50", .microseconds, selection,
                beside: .init("read of the factors", read),
                target: items >= 1_000_000 ? .timesPeer(1.3) : nil))
        report.add(
            Comparison(
                "\(name), each of \(Self.usersTogether) users at once, p50", .microseconds,
                Self.microseconds(together), beside: .init("one user alone", selection)))
    }

    /// The median of times.
    private static func microseconds(_ seconds: [Double]) -> Double {
        (Summary.median(of: seconds) ?? .nan) * 1e6
    }

    /// A head of factors that are whole numbers −8…8 over 32, so that norms are about the same.
    private static func head(items: Int, factors: Int) -> RankingHead {
        let random = CounterRandom(seed: 1, stream: 0)
        let stride = FactorMatrix.stride(forColumns: factors)
        let storage = [Float](unsafeUninitializedCapacity: items * stride) { buffer, count in
            for place in 0..<items * stride {
                let isPadding = place % stride >= factors
                let number = Int(random.bits(UInt64(place)) % 17) - 8
                buffer[place] = isPadding ? 0 : Float(number) / 32
            }
            count = items * stride
        }
        return RankingHead(
            itemFactors: FactorMatrix(columnCount: factors, stride: stride, storage: storage),
            ratedItemCount: items, meanActivity: 1, scale: RatingScale(minimum: 1, maximum: 5),
            options: RankingHeadOptions(factors: factors))
    }

    /// Reads all of the numbers in order, and nothing else.
    private static func read(_ storage: [Float]) -> UInt64 {
        storage.withUnsafeBytes { bytes in
            let words = bytes.bindMemory(to: UInt64.self)
            return words.baseAddress.map { peak_read($0, words.count) } ?? 0
        }
    }

    private static func median(_ name: String, _ seconds: [Double]) -> Measurement {
        var histogram = LatencyHistogram()
        for time in seconds { histogram.record(nanoseconds: UInt64(time * 1e9)) }
        return Measurement(name, histogram)
    }
}
