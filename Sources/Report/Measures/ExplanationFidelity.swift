// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
public import Ratings
public import Trust

/// How well explanations keep their word, on a sample of users: whether lines add up to the score, and
/// whether an effect is what deleting the rating really does.
public struct ExplanationFidelity: Sendable, Equatable {
    /// How many users were looked at: one explanation of the best item each.
    public let users: Int
    /// How many effects were compared with a solve from scratch.
    public let effects: Int
    /// The largest difference of a score and the sum of its lines.
    public let sumError: Double
    /// The largest difference of an effect and what a solve without the rating gives.
    public let effectError: Double
    /// The part of the listed ratings whose share and effect differ in sign, 0…1.
    public let signDifferences: Double
    /// The part of the explanations whose five largest shares cover at least half of all, 0…1.
    public let shortHonest: Double
    /// Σ share · effect and Σ share² over the listed ratings: how much a rating does beside its share.
    public let meanRatio: Double

    /// The most users looked at.
    public static let usersMax = 200
    private static let listed = 5

    /// Explains `head`'s best unrated item to up to `usersMax` users with ratings, evenly spaced by
    /// user order.
    public init(of head: some ExplainableHead, matrix: RatingMatrix) {
        let rated = (0..<matrix.userCount).filter { !matrix.byUser.range(ofRow: $0).isEmpty }
        let count = min(Self.usersMax, rated.count)
        var (users, effects, opposite, honest) = (0, 0, 0, 0)
        var (sumError, effectError, product, square) = (0.0, 0.0, 0.0, 0.0)
        for place in 0..<count {
            let profile = matrix.profile(of: UserIndex(rated[place * rated.count / count]))
            let foldIn = head.foldIn(profile)
            let best = TopK.select(head, foldIn.vector, count: 1, excluding: profile)
            guard let item = best.first?.item else { continue }
            let explanation = Explanation(
                of: item, by: head, for: SolvedProfile(profile, by: head, foldIn: foldIn),
                top: Self.listed)
            users += 1
            honest += explanation.isShortHonest ? 1 : 0
            let sum = explanation.lines.reduce(0) { $0 + $1.share }
            sumError = max(sumError, abs(sum - explanation.score))
            for line in explanation.lines {
                guard case .share(let rated, _) = line.part, let effect = line.effect,
                    let position = profile.position(of: rated)
                else { continue }
                let without = head.foldIn(profile.without([position])).vector
                let difference = explanation.score - head.score(of: item, for: without)
                effectError = max(effectError, abs(effect + difference))
                effects += 1
                opposite += line.share * -effect < 0 ? 1 : 0
                product += line.share * -effect
                square += line.share * line.share
            }
        }
        self.users = users
        self.effects = effects
        self.sumError = sumError
        self.effectError = effectError
        signDifferences = Double(opposite) / Double(effects)
        shortHonest = Double(honest) / Double(users)
        meanRatio = product / square
    }
}
