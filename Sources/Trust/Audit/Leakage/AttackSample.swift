// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// The vectors of users of whom an attacker knows half and must guess the other half.
struct AttackSample: Sendable {
    /// The most users of both halves together: neighbours are looked for among all of one half.
    static let usersMax = 10_000
    /// Longer vectors are reduced to this many principal components.
    static let componentsMax = 64

    /// The measured users, by their place, whose attributes the attacker knows.
    let known: [Int]
    /// Those whose attributes it guesses.
    let guessed: [Int]
    /// The numbers of a row.
    let width: Int
    /// The standardized vectors of the known users.
    let knownRows: [Double]
    /// Those of the guessed users, standardized alike.
    let guessedRows: [Double]

    /// Folds in the users of both halves, which the seed draws.
    init(_ subject: AuditSubject, head: any LinearHead, seed: UInt64, threads: Int) {
        let users = subject.measurements.users
        (known, guessed) = subject.attackHalves(seed: seed)
        let places = known + guessed
        let train = subject.train
        let rows = Parallel.map(count: places.count, chunk: 16, threads: threads) { place in
            head.foldIn(train.profile(of: users[places[place]].user)).vector.coordinates
        }
        var all = Self.standardized(
            rows.flatMap(\.self), width: head.dimensions, knownCount: known.count)
        width = min(head.dimensions, Self.componentsMax)
        if head.dimensions > Self.componentsMax {
            all = PrincipalComponents.reduce(
                all, width: head.dimensions, to: Self.componentsMax)
        }
        knownRows = Array(all[..<(known.count * width)])
        guessedRows = Array(all[(known.count * width)...])
    }

    /// Each column less its mean over the first `knownCount` rows and divided by its deviation
    /// there; columns that do not vary become 0.
    private static func standardized(
        _ rows: [Double], width: Int, knownCount: Int
    ) -> [Double] {
        var rows = rows
        let count = Double(max(1, knownCount))
        for column in 0..<width {
            var (sum, squares) = (0.0, 0.0)
            for row in 0..<knownCount { sum += rows[row * width + column] }
            let mean = sum / count
            for row in 0..<knownCount {
                let difference = rows[row * width + column] - mean
                squares += difference * difference
            }
            let deviation = (squares / count).squareRoot()
            for place in stride(from: column, to: rows.count, by: width) {
                rows[place] = deviation > 0 ? (rows[place] - mean) / deviation : 0
            }
        }
        return rows
    }
}

extension AuditSubject {
    /// Measured users, by their places, whose groups an attacker knows, and as many whose groups it
    /// guesses: at most 10,000, drawn by `seed`.
    public func attackHalves(seed: UInt64) -> (known: [Int], guessed: [Int]) {
        // Above the streams of bootstrap and permutations.
        let order = CounterRandom(seed: seed, stream: 1 << 60)
            .permutation(count: measurements.users.count).prefix(AttackSample.usersMax)
        let half = order.count / 2
        return (order.prefix(half).sorted(), order.dropFirst(half).sorted())
    }
}
