// SPDX-License-Identifier: GPL-3.0-or-later

/// One user solved again and again, each time as if some of the ratings had never been given.
///
/// Everything that depends on the set of ratings follows: not only the sums, but also what weighs by
/// how many ratings there are. The item side stays as it was trained.
public protocol Removals {
    /// The user's vector without the ratings at `positions` of the profile, which ascend.
    ///
    /// Within 1e-9 of a solve of the profile without them. Without any rating left it is what the
    /// head expects of anybody.
    func vector(without positions: [Int]) -> UserVector
}
