// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// The genres of a catalogue's items, ready for making lists that are like a user's taste.
public struct GenreMix: Sendable {
    /// Each item's share of each genre.
    public let shares: GenreShares
    /// Which set of genres each item has: an index into `sets`.
    public let setOfItem: [Int32]
    /// The different sets, each ascending.
    public let sets: [[Int]]

    /// Numbers the genres and sets of a catalogue, in O(items).
    public init(_ items: Catalogue) {
        let shares = GenreShares(items)
        var numbers: [[Int]: Int32] = [:]
        var sets: [[Int]] = []
        setOfItem = (0..<items.count).map { item in
            let genres = shares.genres(of: ItemIndex(item)).map(Int.init).sorted()
            if let known = numbers[genres] { return known }
            let number = Int32(sets.count)
            numbers[genres] = number
            sets.append(genres)
            return number
        }
        self.shares = shares
        self.sets = sets
    }

    /// The genres of an item, ascending.
    public func genres(of item: ItemIndex) -> [Int] { sets[Int(setOfItem[item.position])] }

    /// p(g|u): the mean of p(g|i) over the rated items that reach `threshold`, or over all rated
    /// ones where none does; nil where no such item has a genre.
    public func mix(of profile: Profile, likedFrom threshold: Float) -> [Double]? {
        let liked = profile.items.indices.filter { profile.values[$0] >= threshold }
        let counted = liked.isEmpty ? Array(profile.items.indices) : liked
        return shares.distribution(
            of: counted.map { ItemIndex(rawValue: profile.items[$0]) })
    }

    /// q(g): the mean of p(g|i) over all items of a list; items without genres add none.
    public func mix(ofList items: [ItemIndex]) -> [Double] {
        var sums = [Double](repeating: 0, count: shares.names.count)
        for item in items {
            let genres = genres(of: item)
            for genre in genres {
                sums[genre] += 1 / Double(genres.count) / Double(items.count)
            }
        }
        return sums
    }
}
