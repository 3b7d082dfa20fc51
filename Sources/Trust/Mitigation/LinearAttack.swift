// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// How well a linear guess tells who is in a group from user vectors.
///
/// Fisher's discriminant (`LinearDiscriminant`) learned from some users scores the others.
struct LinearAttack {
    /// One scored user.
    struct Guess {
        /// The user's place among those given.
        let place: Int
        let score: Double
        let isMember: Bool
    }

    /// The users that were not learned from, by score ascending.
    let guesses: [Guess]

    /// Scores the `tested` users along a direction; nil when they are all of one kind.
    init?(_ vectors: [[Double]], along direction: [Double], isMember: [Bool], tested: [Int]) {
        let members = tested.count { isMember[$0] }
        guard members > 0, members < tested.count else { return nil }
        guesses = tested.map { place in
            Guess(
                place: place,
                score: zip(vectors[place], direction).reduce(0) { $0 + $1.0 * $1.1 },
                isMember: isMember[place])
        }.sorted { ($0.score, $0.place) < ($1.score, $1.place) }
    }

    /// An attack on every group, each against all others; users of unknown group take no part.
    ///
    /// Learns from the users for whom `learners` is true and tests on the rest. Groups of which a half
    /// has nobody are left out.
    static func all(
        _ vectors: [[Double]], groups: [Int], groupCount: Int, learners: [Bool]
    ) -> [LinearAttack] {
        let known = vectors.indices.filter { groups[$0] >= 0 }
        let learned = known.filter { learners[$0] }
        let tested = known.filter { !learners[$0] }
        guard !learned.isEmpty, !tested.isEmpty else { return [] }
        let discriminant = LinearDiscriminant(learned.map { vectors[$0] })
        // Of two groups one tells the other.
        return (0..<(groupCount == 2 ? 1 : groupCount)).compactMap { group in
            let isMember = groups.map { $0 == group }
            guard learned.contains(where: { isMember[$0] }) else { return nil }
            return LinearAttack(
                vectors,
                along: discriminant.direction(telling: learned.map { isMember[$0] ? 1 : 0 }),
                isMember: isMember, tested: tested)
        }
    }

    /// The area under the ROC curve, each user counted `weights[place]` times; ties count half; NaN
    /// without a member or another.
    func area(_ weights: [Int]) -> Double {
        var (below, members, others, area) = (0.0, 0.0, 0.0, 0.0)
        var next = 0
        while next < guesses.count {
            var (tiedMembers, tiedOthers) = (0.0, 0.0)
            let score = guesses[next].score
            while next < guesses.count, guesses[next].score == score {
                let weight = Double(weights[guesses[next].place])
                if guesses[next].isMember { tiedMembers += weight } else { tiedOthers += weight }
                next += 1
            }
            area += tiedMembers * (below + tiedOthers / 2)
            below += tiedOthers
            members += tiedMembers
            others += tiedOthers
        }
        return area / (members * others)
    }
}
