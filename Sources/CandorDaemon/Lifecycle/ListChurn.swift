// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings
import Trust

/// How far the lists of two generations' common users differ: what the served factors list for the
/// ratings that each generation was trained on.
struct ListChurn: Sendable {
    private static let listLength = HeldOutMeasurements.listLength

    /// How many lists were compared.
    let count: Int
    /// How many of them have other items.
    let changedCount: Int
    /// The mean part of the ten items that another list has instead; nil without a list.
    let churn: Double?

    /// Compares the lists of at most `usersMax` users, spread evenly over those of both generations
    /// who have ratings; the same at any `threads`.
    init(_ first: Generation, _ second: Generation, usersMax: Int, threads: Int) {
        var common: [(first: UserIndex, second: UserIndex)] = []
        for position in 0..<second.users.count {
            guard let other = first.users.index(of: second.users.ids[position]),
                !first.matrix.byUser.range(ofRow: other.position).isEmpty,
                !second.matrix.byUser.range(ofRow: position).isEmpty
            else { continue }
            common.append((other, UserIndex(position)))
        }
        let step = max(1, (common.count + usersMax - 1) / usersMax)
        let chosen = stride(from: 0, to: common.count, by: step).map { common[$0] }
        let old = Self.lists(first, chosen.map(\.first), threads)
        let new = Self.lists(second, chosen.map(\.second), threads)
        let replaced = zip(old, new).map { old, new in
            Double(Set(old).subtracting(new).count) / Double(max(1, old.count))
        }
        count = chosen.count
        changedCount = replaced.count { $0 > 0 }
        churn = replaced.isEmpty ? nil : replaced.reduce(0, +) / Double(replaced.count)
    }

    private static func lists(
        _ generation: Generation, _ users: [UserIndex], _ threads: Int
    ) -> [[String]] {
        RankingMetrics.lists(
            of: generation.rankingHead, train: generation.matrix, users: users,
            count: listLength, threads: threads
        ).map { list in list.map { generation.items[$0].id.token } }
    }
}
