// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
public import Ratings

/// The exact K best items of a head for one user, or for several in one pass.
///
/// A scan of the catalogue in 16-bit integers finds candidates; those within twice the scan's proven
/// error ε (`ScanVector`) of the K-th are scored again in Double, so that the result is exactly the
/// Double ranking's head: K items scan at τ or more, so they score τ − ε or more; an item that scans
/// below τ − 2ε scores below τ − ε, hence below K others, and cannot be among the best K. Items whose
/// rated neighbours enter their scores are all scored in Double, beside the scan.
public enum TopK {
    /// How many users share one pass over the catalogue.
    ///
    /// A panel of 64 dimensions is 2 KB and as many users' vectors are 4 KB: both stay in the
    /// first-level cache.
    public static let usersAtOnce = 32

    /// The best `count` items not in `excluding`, by score descending, then by item order.
    ///
    /// Fewer when there are not so many; none when `count` ≤ 0. The scores are the bits of
    /// `head.score(of:for:)`. O(items · dimensions).
    public static func select(
        _ head: some LinearHead, _ vector: UserVector, count: Int, excluding: Profile
    ) -> [ScoredItem] {
        select(head.designs, [vector], counts: [count], excluding: [excluding.items])[0]
    }

    /// The same lists for several users, each of whom has a vector and a profile.
    ///
    /// About half the time a user that single calls take, and a fifth where the catalogue is larger
    /// than the caches. Traps unless there are as many profiles as vectors.
    public static func select(
        _ head: some LinearHead, _ vectors: [UserVector], count: Int, excluding: [Profile]
    ) -> [[ScoredItem]] {
        select(head, vectors, counts: vectors.map { _ in count }, excluding: excluding)
    }

    /// The same with a length for each list.
    public static func select(
        _ head: some LinearHead, _ vectors: [UserVector], counts: [Int], excluding: [Profile]
    ) -> [[ScoredItem]] {
        precondition(
            vectors.count == excluding.count && vectors.count == counts.count,
            "a profile and a length for each vector")
        var lists: [[ScoredItem]] = []
        lists.reserveCapacity(vectors.count)
        for first in stride(from: 0, to: vectors.count, by: usersAtOnce) {
            let users = first..<min(first + usersAtOnce, vectors.count)
            lists += select(
                head.designs, Array(vectors[users]), counts: Array(counts[users]),
                excluding: excluding[users].map(\.items))
        }
        return lists
    }

    static func select(
        _ designs: DesignTable, _ vectors: [UserVector], counts: [Int], excluding: [[Int32]]
    ) -> [[ScoredItem]] {
        let items = designs.itemCount
        var lists = [[ScoredItem]](repeating: [], count: vectors.count)
        var scanned: [TopKScan.User] = []
        for user in vectors.indices {
            precondition(
                vectors[user].padded.count == designs.rows.stride, "a vector of another head")
            let excluded = excluding[user].prefix { $0 < items }
            let wanted = min(counts[user], items - excluded.count)
            guard wanted > 0 else { continue }
            let scan = ScanVector(vectors[user], designs, designs.panels)
            // The scan knows nothing of neighbours, so that those who have any are scored apart.
            let apart = designs.scoredFollowers(of: vectors[user], without: excluded)
            guard scan.margin.isFinite, wanted < items - excluded.count - apart.count else {
                let all = everything(but: excluded, items)
                lists[user] = best(wanted, of: all, apart: [], designs, vectors[user])
                continue
            }
            scanned.append(
                .init(
                    position: user, vector: vectors[user], scan: scan,
                    excluded: apart.isEmpty ? excluded : excluded + apart.map(\.item.rawValue),
                    apart: apart, wanted: wanted))
        }
        guard !scanned.isEmpty else { return lists }
        TopKScan.run(scanned, designs.panels) { user, candidates in
            lists[user.position] = best(
                user.wanted, of: candidates, apart: user.apart, designs, user.vector)
        }
        return lists
    }

    /// The best `count` of the candidates and those scored already, by their Double scores.
    private static func best(
        _ count: Int, of candidates: some Sequence<Int32>, apart: [ScoredItem],
        _ designs: DesignTable, _ vector: UserVector
    ) -> [ScoredItem] {
        var scored = candidates.map { position in
            let item = ItemIndex(rawValue: position)
            return ScoredItem(item: item, score: designs.score(of: item, for: vector))
        }
        scored.sort { $0.precedes($1) }
        guard !apart.isEmpty else { return Array(scored.prefix(count)) }
        // Few of them can be among the best.
        let last = scored.count >= count ? scored[count - 1] : nil
        scored += apart.filter { item in last.map { item.precedes($0) } ?? true }
        return Array(scored.sorted { $0.precedes($1) }.prefix(count))
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
