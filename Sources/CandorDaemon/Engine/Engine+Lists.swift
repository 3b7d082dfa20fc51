// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Ratings

/// Lists of large catalogues, whose scans take milliseconds and are bound by memory: those that are
/// asked for in one turn of the loop share a scan. Each is the list, bit for bit, that a scan of its
/// own would give; one that is alone waits for nothing.
extension Engine {
    /// From how many numbers of a head's designs on scans are shared.
    ///
    /// As 16-bit integers they are 2 MiB, as much as a second-level cache holds; below, a scan takes no
    /// longer than the rest of an answer.
    public static let sharedScanMin = 1 << 20

    /// Whether lists wait for the end of the loop's turn.
    public var answersTogether: Bool { !lists.isEmpty }

    /// Whether a list in the order of `rank` is worth a wait for others.
    func sharesScans(_ user: ServedUser, rank: HeadName) -> Bool {
        switch rank {
        case .rating: numberCount(serving.ratingHead) >= sharedScanMin
        case .ranking:
            user.source != .popular && numberCount(serving.rankingHead) >= sharedScanMin
        }
    }

    private func numberCount(_ head: some LinearHead) -> Int { head.itemCount * head.dimensions }

    /// The answers to all lists that wait, in the order they were asked for.
    ///
    /// Nothing that an answer depends on may have changed since the first was asked for.
    func answerLists() -> [Delivery] {
        guard !lists.isEmpty else { return [] }
        let asked = lists
        lists = []
        var chosen = [[ScoredItem]](repeating: [], count: asked.count)
        for rank in HeadName.allCases {
            let places = asked.indices.filter { asked[$0].rank == rank }
            let some = places.map { asked[$0] }
            for (place, list) in zip(places, best(some, rank: rank)) { chosen[place] = list }
        }
        return zip(asked, chosen).map { list, items in
            waiting[list.ticket] = nil
            return .answer(
                list.ticket,
                answer(items, of: list.count, for: list.user, list.token, rank: list.rank))
        }
    }

    private func best(_ lists: [WaitingList], rank: HeadName) -> [[ScoredItem]] {
        let (counts, profiles) = (lists.map(\.count), lists.map(\.user.profile))
        return switch rank {
        case .ranking:
            TopK.select(
                serving.rankingHead, lists.map(\.user.ranking), counts: counts,
                excluding: profiles)
        case .rating:
            TopK.select(
                serving.ratingHead, lists.map(\.user.rating), counts: counts, excluding: profiles)
        }
    }
}
