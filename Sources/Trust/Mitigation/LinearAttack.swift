// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// How well a linear guess tells who is in a group from user vectors.
///
/// Fisher's discriminant (`LinearDiscriminant`) learned from some users scores the others.
struct LinearAttack {
    /// The users that were not learned from, by what is guessed of them.
    private let scores: RankedScores
    /// 1 for each user in the group, 0 for the others.
    private let codes: [Int32]

    /// Scores the `tested` users along a direction; nil when they are all of one kind.
    init?(_ vectors: [[Double]], along direction: [Double], isMember: [Bool], tested: [Int]) {
        let members = tested.count { isMember[$0] }
        guard members > 0, members < tested.count else { return nil }
        scores = RankedScores(
            tested.map { place in
                zip(vectors[place], direction).reduce(0) { $0 + $1.0 * $1.1 }
            }, places: tested.map(Int32.init))
        codes = isMember.map { $0 ? 1 : 0 }
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
            let direction = discriminant.direction(telling: learned.map { isMember[$0] ? 1 : 0 })
            let isTold =
                separation(learned.map { vectors[$0] }, learned.map { isMember[$0] }, direction)
                > Self.separationMin
            return LinearAttack(
                vectors, along: isTold ? direction : direction.map { _ in 0 },
                isMember: isMember, tested: tested)
        }
    }

    /// Below this what was learned is rounding, which could point anywhere: the guess is left to chance.
    private static let separationMin = 1e-6

    /// How far the means of members and others lie apart along a direction, in standard deviations.
    private static func separation(
        _ vectors: [[Double]], _ isMember: [Bool], _ direction: [Double]
    ) -> Double {
        let scores = vectors.map { zip($0, direction).reduce(0) { $0 + $1.0 * $1.1 } }
        let centre = scores.reduce(0, +) / Double(scores.count)
        let deviation =
            (scores.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / Double(scores.count))
            .squareRoot()
        func mean(ofMembers wanted: Bool) -> Double {
            let part = scores.indices.filter { isMember[$0] == wanted }
            return part.reduce(0) { $0 + scores[$1] } / Double(part.count)
        }
        return deviation > 0
            ? abs(mean(ofMembers: true) - mean(ofMembers: false)) / deviation : 0
    }

    /// The area under the ROC curve, each user counted `weights[place]` times; ties count half; NaN
    /// without a member or another.
    func area(_ weights: [Int]) -> Double {
        scores.area(codes, group: 1, weights: weights.map(Double.init))
    }
}
