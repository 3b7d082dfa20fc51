// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

/// Looks for what keeps an item out of a user's list.
public struct WhyNotSearch<Head: LinearHead> {
    private let head: Head
    private let profile: Profile
    private let foldIn: FoldIn
    private let item: ItemIndex
    private let count: Int
    private let counterfactuals: any Counterfactuals
    private let shouldGoOn: () -> Bool

    /// Prepares a search; see `FlipSearch` for the parameters.
    public init(
        of item: ItemIndex, outOf count: Int, by head: Head, profile: Profile, foldIn: FoldIn,
        shouldGoOn: @escaping () -> Bool = { true }
    ) {
        self.head = head
        self.profile = profile
        self.foldIn = foldIn
        self.item = item
        self.count = count
        self.shouldGoOn = shouldGoOn
        counterfactuals = head.counterfactuals(of: profile, with: foldIn)
    }

    /// Searches; nil when the caller did not want to wait.
    ///
    /// - Parameters:
    ///   - values: What a rating may be changed to.
    ///   - top: How many pulls, and how many lifts, are named at most.
    /// - Returns: The same answer every time.
    public func run(values: [Float], top: Int) -> WhyNot? {
        let list = TopK.select(head, foldIn.vector, count: count, excluding: profile)
        let isRated = profile.position(of: item) != nil
        let isListed = list.contains { $0.item == item }
        let others = profile.position(of: item).map { profile.without([$0]) } ?? profile
        // There is a rank, because the item is not among those left out.
        guard let pulls = pulls(top),
            let rank = TopK.rank(of: item, head, foldIn.vector, excluding: others)
        else { return nil }
        var lifts: [WhyNot.Lift] = []
        if !isListed {
            guard let found = isRated ? ownLift() : self.lifts(values) else { return nil }
            lifts = found
        }
        return WhyNot(
            score: head.score(of: item, for: foldIn.vector),
            rank: rank, last: list.last, isRated: isRated, isListed: isListed, pulls: pulls,
            lifts: Array(lifts.prefix(top)))
    }

    private func pulls(_ top: Int) -> [WhyNot.Pull]? {
        let score = head.score(of: item, for: foldIn.vector)
        let shares = head.shares(of: profile, to: item, with: foldIn).ratings
        var pulls: [WhyNot.Pull] = []
        for (position, share) in shares.enumerated() {
            if position % TopK.usersAtOnce == 0, !shouldGoOn() { return nil }
            let effect = counterfactuals.score(of: item, without: [position]) - score
            guard effect > 0 else { continue }
            pulls.append(.init(position: position, share: share, effect: effect))
        }
        pulls.sort {
            $0.effect != $1.effect ? $0.effect > $1.effect : $0.position < $1.position
        }
        return Array(pulls.prefix(top))
    }

    /// An item that the user has rated comes back only when its own rating goes.
    private func ownLift() -> [WhyNot.Lift]? {
        guard let position = profile.position(of: item), profile.count > 1 else { return [] }
        return verified(position, nil).map { [$0] } ?? []
    }

    private func lifts(_ values: [Float]) -> [WhyNot.Lift]? {
        var lifts: [WhyNot.Lift] = []
        for position in 0..<profile.count {
            guard shouldGoOn() else { return nil }
            var changes: [Float?] = values.filter { $0 != profile.values[position] }
            // Somebody without any rating is served another list.
            if profile.count > 1 { changes.append(nil) }
            let vectors = changes.map { value in
                value.map { counterfactuals.vector(rating: position, as: $0) }
                    ?? counterfactuals.vector(without: [position])
            }
            let lists = TopK.select(
                head, vectors, count: count,
                excluding: [Profile](repeating: profile, count: vectors.count))
            for (change, list) in zip(changes, lists) where list.contains(where: isItem) {
                if let lift = verified(position, change) { lifts.append(lift) }
            }
        }
        return lifts.sorted { left, right in
            if left.rank != right.rank { return left.rank < right.rank }
            if left.score != right.score { return left.score > right.score }
            return left.position < right.position
        }
    }

    private func isItem(_ scored: ScoredItem) -> Bool { scored.item == item }

    /// What the change comes to when everything is solved from scratch; nil when the item stays out.
    private func verified(_ position: Int, _ value: Float?) -> WhyNot.Lift? {
        let changed =
            value.map { profile.rating(position, as: $0) } ?? profile.without([position])
        let vector = head.foldIn(changed).vector
        // What was taken out is known all the same, unless it is the item itself.
        let excluded = profile.position(of: item) == nil ? profile : changed
        let list = TopK.select(head, vector, count: count, excluding: excluded)
        guard let place = list.firstIndex(where: isItem) else { return nil }
        return WhyNot.Lift(
            position: position, value: value, score: list[place].score, rank: place + 1)
    }
}
