// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
public import Ratings

/// The exact K best items of a head for one user.
///
/// A float scan of the catalogue finds candidates; those within twice the scan's proven error of
/// the K-th are scored again in Double, so that the result is exactly the Double ranking's head.
///
/// The bound: let s_j be the scanned and e_j the Double score less `offset`. Rounding x to float and
/// summing `width` products in any order gives |s_j − e_j| ≤ γ(|b_j| + |z_j||x|) with γ = (width + 3)u
/// to first order, u = 2⁻²⁴ (Higham 2002, §3.1, and Cauchy–Schwarz). ε below has 2u in place of u
/// and width + 8 in place of width + 3, which covers the second-order terms and the Double score's
/// own rounding, plus a term for underflow. K items scan at τ or more, so they score τ − ε or more;
/// an item that scans below τ − 2ε scores below τ − ε, hence below K others, and cannot be among the
/// best K.
public enum TopK {
    /// The best `count` items not in `excluding`, by score descending, then by item order.
    ///
    /// Fewer when there are not so many; none when `count` ≤ 0. The scores are the bits of
    /// `head.score(of:for:)`. O(items · dimensions).
    public static func select(
        _ head: some LinearHead, _ vector: UserVector, count: Int, excluding: Profile
    ) -> [ScoredItem] {
        select(head.designs, vector, count: count, excluding: excluding.items)
    }

    static func select(
        _ designs: DesignTable, _ vector: UserVector, count: Int, excluding: [Int32]
    ) -> [ScoredItem] {
        let items = designs.itemCount
        let excluded = excluding.prefix { $0 < items }
        let wanted = min(count, items - excluded.count)
        guard wanted > 0 else { return [] }
        let candidates = candidates(designs, vector, count: wanted, excluding: excluded)
        let scored = candidates.map { position in
            let item = ItemIndex(rawValue: position)
            return ScoredItem(item: item, score: designs.score(of: item, for: vector))
        }
        return Array(scored.sorted { $0.precedes($1) }.prefix(wanted))
    }

    /// A superset of the best `count` items, ascending.
    private static func candidates(
        _ designs: DesignTable, _ vector: UserVector, count: Int, excluding: ArraySlice<Int32>
    ) -> [Int32] {
        let items = designs.itemCount
        let width = designs.rows.stride
        let margin = errorBound(designs, vector)
        guard margin.isFinite, count < items - excluding.count else {
            return everything(but: excluding, items)
        }
        return withUnsafeTemporaryAllocation(of: Float.self, capacity: width + items + count) {
            buffer in
            // Non-nil because `width` is at least 16.
            guard let rounded = buffer.baseAddress else { return [] }
            for d in 0..<width { (rounded + d).initialize(to: Float(vector.padded[d])) }
            let scores = rounded + width
            designs.scan(rounded, into: scores)
            for item in excluding { scores[Int(item)] = -.infinity }
            let last = kernel_kth_largest_f32(scores, items, count, scores + items)
            let threshold = (last - 2 * margin).nextDown
            return [Int32](unsafeUninitializedCapacity: items) { positions, initializedCount in
                guard let room = positions.baseAddress else { return }
                initializedCount = kernel_at_least_f32(scores, items, threshold, room)
            }
        }
    }

    /// ε of the type's comment, or infinity when the scan could overflow.
    private static func errorBound(_ designs: DesignTable, _ vector: UserVector) -> Float {
        let width = Double(designs.rows.stride)
        let norm = vector.padded.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let magnitude = designs.largestBase + designs.largestNorm * norm
        guard magnitude < 1e30, norm < 1e30 else { return .infinity }
        let underflow = width * 0x1p-125 * (1 + designs.largestNorm)
        return Float((width + 8) * 0x1p-23 * magnitude + underflow).nextUp
    }

    private static func everything(but excluding: ArraySlice<Int32>, _ count: Int) -> [Int32] {
        var remaining = excluding
        return (0..<Int32(count)).filter { item in
            guard item == remaining.first else { return true }
            remaining.removeFirst()
            return false
        }
    }
}
