// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

/// One rating of each of some users, to be deleted all at once before training again.
///
/// For each user the item is the first of the head's list, and the rating the one with the largest
/// share in its score: what people look at. One retrain serves all users, because a thousandth of the
/// ratings hardly moves the others' scores; what it does move is noise about the slope.
public struct RetrainSample: Sendable {
    private struct Deletion: Sendable {
        let user: UserIndex
        let item: ItemIndex
        let position: Int
        let score: Double
        let effect: Double
    }

    /// Users with fewer ratings lose too much by one.
    private static let ratingsMin = 5

    private let deletions: [Deletion]

    /// How many users lose a rating.
    public var count: Int { deletions.count }

    /// Draws `count` users with at least five ratings of `matrix`, fewer where there are fewer.
    public init(of head: some LinearHead, _ matrix: RatingMatrix, count: Int, seed: UInt64) {
        let order = CounterRandom(seed: seed).permutation(count: matrix.userCount)
        var deletions: [Deletion] = []
        for position in order where deletions.count < count {
            let user = UserIndex(position)
            let profile = matrix.profile(of: user)
            guard profile.count >= Self.ratingsMin else { continue }
            let foldIn = head.foldIn(profile)
            let list = TopK.select(head, foldIn.vector, count: 1, excluding: profile)
            guard let item = list.first?.item else { continue }
            let shares = head.shares(of: profile, to: item, with: foldIn).ratings
            guard
                let largest = shares.indices.max(by: {
                    shares[$0].magnitude < shares[$1].magnitude
                })
            else { continue }
            let without = head.counterfactuals(of: profile, with: foldIn)
                .vector(without: [largest])
            let score = head.score(of: item, for: foldIn.vector)
            deletions.append(
                Deletion(
                    user: user, item: item, position: largest, score: score,
                    effect: head.score(of: item, for: without) - score))
        }
        self.deletions = deletions
    }

    /// `matrix` without the sample's ratings.
    public func deleted(from matrix: RatingMatrix) -> RatingMatrix {
        var rows: [UserIndex: Profile] = [:]
        for deletion in deletions {
            rows[deletion.user] = matrix.profile(of: deletion.user).without([deletion.position])
        }
        return matrix.replacing(rows, userCount: matrix.userCount)
    }

    /// Compares the effects with the scores of a head that was trained on `rest`, which is what
    /// `deleted` left; nil where there is nothing to compare.
    public func slope(by retrained: some LinearHead, on rest: RatingMatrix) -> RetrainSlope? {
        let changes = deletions.map { deletion in
            let vector = retrained.foldIn(rest.profile(of: deletion.user)).vector
            return retrained.score(of: deletion.item, for: vector) - deletion.score
        }
        return RetrainSlope(effects: deletions.map(\.effect), changes: changes)
    }
}
