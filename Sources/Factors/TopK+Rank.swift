// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

extension TopK {
    /// Where `item` stands among the items not in `excluding`, from 1: by score descending, then by
    /// item order, as `select` would list it; nil when it is excluded itself.
    ///
    /// O(items · dimensions).
    public static func rank(
        of item: ItemIndex, _ head: some LinearHead, _ vector: UserVector, excluding: Profile
    ) -> Int? {
        guard excluding.position(of: item) == nil else { return nil }
        let designs = head.designs
        let own = ScoredItem(item: item, score: designs.score(of: item, for: vector))
        var rank = 1
        for position in 0..<designs.itemCount {
            let other = ItemIndex(position)
            let scored = ScoredItem(item: other, score: designs.score(of: other, for: vector))
            if scored.precedes(own), excluding.position(of: other) == nil { rank += 1 }
        }
        return rank
    }
}
