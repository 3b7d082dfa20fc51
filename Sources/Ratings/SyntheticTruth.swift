// SPDX-License-Identifier: GPL-3.0-or-later

/// What made-up ratings were drawn from: the answers that a good model should find.
///
/// The rating r of user u for item i is one of 1…5 with, exactly,
///
///     E[r] = m(u, i) = clamp(3.6 + b(u) + b(i) + a(u, i), 1.5 … 4.5)
///     sd[r] = σ(u) = noise + genderGap · [u is F] + ageGap · [u is 56+]
///
/// a(u, i) is `affinity` where u and i belong to the same taste group and −affinity / (groups − 1)
/// else, so that it has mean 0 over groups. b(u) and b(i) are normal with deviations 0.35 and
/// 0.45. Groups, gender, age and occupation of a user are independent of each other. Given m, a
/// rating is m rounded to one of its two neighbours at random, or with a probability that brings
/// the variance to σ² a whim: 1 or 5; both are drawn so that the mean stays m. Hence no model can
/// have an expected RMSE below σ on a user's ratings, and one that predicts m has exactly σ.
public struct SyntheticTruth: Sendable, Equatable {
    /// The taste group of each user.
    public let userGroups: [Int32]
    /// The taste group of each item.
    public let itemGroups: [Int32]
    /// How many stars above the mean each user rates: b(u).
    public let userBiases: [Double]
    /// How many stars above the mean each item is rated: b(i).
    public let itemBiases: [Double]
    /// The standard deviation of each user's ratings about what is expected: σ(u).
    public let deviations: [Double]
    let affinity: Double
    let groupCount: Int

    /// The mean of the data before biases and tastes.
    public static let mean = 3.6

    /// The expected rating of one user for one item: m(u, i).
    public func expectedRating(user: UserIndex, item: ItemIndex) -> Double {
        let isSame = userGroups[user.position] == itemGroups[item.position]
        let taste =
            groupCount == 1 ? 0 : isSame ? affinity : -affinity / Double(groupCount - 1)
        let sum =
            Self.mean + userBiases[user.position] + itemBiases[item.position] + taste
        return min(max(sum, 1.5), 4.5)
    }
}
