// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
public import Ratings

/// The genres of a catalogue as distributions: what calibrated lists are made like.
///
/// Steck, "Calibrated recommendations" (RecSys 2018) §3: an item's p(g|i) is uniform over its genres,
/// a user's p(g|u) the mean of p(g|i) over the items the user likes, a list's q(g) the mean over its
/// items, and the divergence KL(p‖q̃) = Σ p(g) ln(p(g)/q̃(g)) with q̃ = (1 − α)q + αp, α = .01.
public struct GenreMix: Sendable {
    /// α: how much of the target is mixed into what is compared with it, so that logarithms are finite.
    public static let smoothing = 0.01

    /// The genres, in the order in which the catalogue first names them.
    public let names: [String]
    /// Which set of genres each item has: an index into `sets`.
    public let setOfItem: [Int32]
    /// The different sets, each ascending.
    public let sets: [[Int]]

    /// Numbers the genres and sets of a catalogue, in O(items).
    public init(_ items: Catalogue) {
        var numbers: [String: Int] = [:]
        var names: [String] = []
        var setNumbers: [[Int]: Int32] = [:]
        var sets: [[Int]] = []
        setOfItem = items.items.map { item in
            let genres = Set(
                item.genres.map { name in
                    if let known = numbers[name] { return known }
                    numbers[name] = names.count
                    names.append(name)
                    return names.count - 1
                }
            ).sorted()
            if let known = setNumbers[genres] { return known }
            let number = Int32(sets.count)
            setNumbers[genres] = number
            sets.append(genres)
            return number
        }
        self.names = names
        self.sets = sets
    }

    /// The genres of an item, ascending.
    public func genres(of item: ItemIndex) -> [Int] { sets[Int(setOfItem[item.position])] }

    /// p(g|u): the mean of p(g|i) over the rated items that reach `threshold`, or over all rated
    /// ones where none does; nil where no such item has a genre.
    public func mix(of profile: Profile, likedFrom threshold: Float) -> [Double]? {
        let liked = profile.items.indices.filter { profile.values[$0] >= threshold }
        let counted = liked.isEmpty ? Array(profile.items.indices) : liked
        return mix(of: counted.map { ItemIndex(rawValue: profile.items[$0]) })
    }

    /// The mean of p(g|i) over those of `items` that have a genre; nil where none has.
    public func mix(of items: [ItemIndex]) -> [Double]? {
        var sums = [Double](repeating: 0, count: names.count)
        var count = 0.0
        for item in items {
            let genres = genres(of: item)
            guard !genres.isEmpty else { continue }
            count += 1
            for genre in genres { sums[genre] += 1 / Double(genres.count) }
        }
        return count > 0 ? sums.map { $0 / count } : nil
    }

    /// q(g): the mean of p(g|i) over all items of a list; items without genres add none.
    public func mix(ofList items: [ItemIndex]) -> [Double] {
        var sums = [Double](repeating: 0, count: names.count)
        for item in items {
            let genres = genres(of: item)
            for genre in genres {
                sums[genre] += 1 / Double(genres.count) / Double(items.count)
            }
        }
        return sums
    }

    /// KL(p‖q̃) of a user's mix and that of a list; 0 where they are alike.
    public static func divergence(of list: [Double], from target: [Double]) -> Double {
        var sum = 0.0
        for (p, q) in zip(target, list) where p > 0 {
            sum += p * Glibc.log(p / ((1 - smoothing) * q + smoothing * p))
        }
        return sum
    }
}
