// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// One user solved again and again, each time as if some ratings had never been given or had been
/// other ones.
///
/// Everything that depends on the ratings follows: not only the sums, but also what weighs by how many
/// ratings there are. The item side stays as it was trained. Every vector is within 1e-9 of a solve
/// from scratch, relative to the scores' scale.
public protocol Counterfactuals {
    /// The user's vector without the ratings at `positions` of the profile, which ascend.
    ///
    /// Without any rating left it is what the head expects of anybody.
    func vector(without positions: [Int]) -> UserVector

    /// The score of `item` without the ratings at `positions`, which ascend.
    ///
    /// That of the vector, within 1e-9 relative to the scores' scale; for one rating at a time several
    /// times faster.
    func score(of item: ItemIndex, without positions: [Int]) -> Double

    /// The user's vector had the rating at `position` been `value`.
    func vector(rating position: Int, as value: Float) -> UserVector

    /// The user without the ratings at `positions`, which ascend, with what the others add to scores.
    ///
    /// For several at a time: where a head has a closed form it is kept from call to call.
    func remainder(without positions: [Int]) -> any Remainder

    /// What taking out each rating alone does; nil for a head without a closed form, and for less than
    /// two ratings.
    func steps() -> RemovalSteps?

    /// What taking out two ratings at a time can do; nil for a head that has no bounds on it, and for
    /// less than three ratings.
    func pairs() -> PairRemovals?
}
