// SPDX-License-Identifier: GPL-3.0-or-later

import Factors

/// A number of a group of users that follows from one numerator and one denominator a user, so
/// that groups and resamples need nothing but sums.
public enum UserMetric: String, Sendable, CaseIterable {
    /// √(Σ error² / ratings) of predicted stars: lower is better.
    case rmse
    /// Σ |error| / ratings: lower is better.
    case mae
    /// Σ error / ratings, prediction − rating: above 0 the model promises too much.
    case bias
    /// The mean nDCG@10 of users with a relevant held-out item: higher is better.
    case nDCG = "ndcg@10"
    /// The mean part of relevant held-out items among the first ten: higher is better.
    case recall = "recall@10"
    /// The mean part of the first ten that is relevant: higher is better.
    case precision = "precision@10"
    /// The mean of 1 / the rank of the first relevant item, 0 without one: higher is better.
    case reciprocalRank = "mrr@10"
    /// The mean Kullback–Leibler divergence of a list's genres from those of the items the user
    /// liked (Steck 2018, equations 2 to 7, α = 0.01): 0 when a list mirrors the user's taste.
    case miscalibration
    /// The group's mean popularity of lists over that of profiles, less 1 (ΔGAP of Abdollahpouri et
    /// al. 2019): above 0 lists are more popular than what the group rates.
    case popularityLift = "popularity-lift"

    /// The place of the metric's sums in a user's row.
    var place: Int { Self.places[self] ?? 0 }

    private static let places = Dictionary(
        uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })

    /// Whether it measures stars; else lists.
    public var isOfStars: Bool { self == .rmse || self == .mae || self == .bias }

    /// Whether the test of it belongs to the confirmatory family.
    var isConfirmatory: Bool { self == .rmse || self == .nDCG }

    /// What a user adds to numerator and denominator; a denominator of 0 adds nothing.
    func parts(of user: HeldOutUser, _ traits: UserListTraits) -> (Double, Double) {
        let ratings = Double(user.errors.count)
        switch self {
        case .rmse: return (user.squaredError, ratings)
        case .mae: return (user.absoluteError, ratings)
        case .bias: return (user.signedError, ratings)
        case .nDCG: return Self.part(user.quality?.nDCG)
        case .recall: return Self.part(user.quality?.recall)
        case .precision: return Self.part(user.quality?.precision)
        case .reciprocalRank: return Self.part(user.quality?.reciprocalRank)
        case .miscalibration: return Self.part(traits.miscalibration)
        case .popularityLift:
            guard let list = traits.listPopularity, let profile = traits.profilePopularity else {
                return (0, 0)
            }
            return (list, profile)
        }
    }

    /// The metric of a group with these sums; NaN when nothing was measured.
    func value(_ numerator: Double, _ denominator: Double) -> Double {
        guard denominator > 0 else { return .nan }
        let ratio = numerator / denominator
        switch self {
        case .rmse: return ratio.squareRoot()
        case .popularityLift: return ratio - 1
        default: return ratio
        }
    }

    private static func part(_ value: Double?) -> (Double, Double) {
        value.map { ($0, 1) } ?? (0, 0)
    }
}
