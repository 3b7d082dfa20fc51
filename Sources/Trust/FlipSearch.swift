// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

/// Looks for the smallest set of a user's ratings without which an item leaves the top K.
///
/// All single ratings are tried, then all pairs, those that a proven bound excludes left out; then
/// sets are grown greedily and pruned. At least one rating stays, because a user without any is
/// served another list altogether. Counterfactual explanations by the user's own actions: Ghazimatin
/// et al. 2020 (PRINCE), Tran, Ghazimatin & Saha Roy 2021 (ACCENT).
public struct FlipSearch<Head: LinearHead> {
    /// What a search comes to.
    public enum Outcome: Sendable, Equatable {
        /// A set that does it.
        case found(Flip)
        /// Sets of up to `Flip.removedMax` ratings were tried; all up to `certified` are ruled out.
        case none(certified: Int)
        /// The caller did not want to wait.
        case cancelled
    }

    let head: Head
    let profile: Profile
    let count: Int
    let target: ItemIndex
    let counterfactuals: any Counterfactuals
    private let shouldGoOn: () -> Bool

    /// Prepares a search.
    ///
    /// - Parameters:
    ///   - target: What is to leave the list; it must be in it.
    ///   - count: K, the length of the list.
    ///   - head: Who makes the list.
    ///   - profile: The user's ratings.
    ///   - foldIn: The profile's own.
    ///   - shouldGoOn: Asked now and then; false cancels.
    public init(
        of target: ItemIndex, from count: Int, by head: Head, profile: Profile, foldIn: FoldIn,
        shouldGoOn: @escaping () -> Bool = { true }
    ) {
        self.head = head
        self.profile = profile
        self.count = count
        self.target = target
        self.shouldGoOn = shouldGoOn
        counterfactuals = head.counterfactuals(of: profile, with: foldIn)
    }

    /// Searches; the same outcome every time.
    public func run() -> Outcome {
        guard profile.count > 1 else { return .none(certified: 0) }
        do throws(Cancellation) {
            if let flip = try single() { return .found(flip) }
            let isExhaustive: Bool
            switch try pair() {
            case .found(let flip): return .found(flip)
            case .ruledOut: isExhaustive = true
            case .unknown: isExhaustive = false
            }
            guard let larger = try larger() else {
                return .none(certified: isExhaustive ? min(2, profile.count - 1) : 1)
            }
            // Nothing smaller than three ratings is left where all pairs are ruled out.
            let isCertified = larger.count == 2 || (isExhaustive && larger.count == 3)
            return .found(
                Flip(
                    removed: larger, minimality: isCertified ? .certified : .inclusion,
                    list: list(for: resolved(without: larger))))
        } catch { return .cancelled }
    }

    struct Cancellation: Error {}

    func checkCancellation() throws(Cancellation) {
        guard shouldGoOn() else { throw Cancellation() }
    }

    /// The best single rating to take out, if any does it.
    private func single() throws(Cancellation) -> Flip? {
        var near: [(position: Int, lead: Double)] = []
        let candidates = singleCandidates()
        for first in stride(from: 0, to: candidates.count, by: TopK.usersAtOnce) {
            try checkCancellation()
            let some = candidates[first..<min(first + TopK.usersAtOnce, candidates.count)]
            let vectors = some.map { counterfactuals.vector(without: [$0]) }
            for (position, lead) in zip(some, leads(vectors)) where lead > -Flip.slack {
                near.append((position, lead))
            }
        }
        near.sort { $0.lead != $1.lead ? $0.lead > $1.lead : $0.position < $1.position }
        for (position, _) in near {
            if let flip = verified([position], .certified) { return flip }
        }
        return nil
    }

    /// The ratings that may do it alone, ascending; all of them for a head without a closed form.
    private func singleCandidates() -> [Int] {
        let all = Array(0..<profile.count)
        guard let steps = counterfactuals.steps() else { return all }
        let reach = steps.norms.filter(\.isFinite).max() ?? 0
        let rivals = FlipRivals(self, steps, reach: reach, companions: 0)
        return all.filter { !steps.norms[$0].isFinite || rivals.canRise($0) }
    }

    /// By how much the K-th best of the other items leads the target, for each vector.
    ///
    /// Positive, or 0 with the other item first, means that the target is not in the list.
    func leads(_ vectors: [UserVector]) -> [Double] {
        let lists = TopK.select(
            head, vectors, count: count + 1,
            excluding: [Profile](repeating: profile, count: vectors.count))
        return zip(lists, vectors).map { list, vector in
            let others = list.filter { $0.item != target }
            guard others.count >= count else { return -.infinity }
            return others[count - 1].score - head.score(of: target, for: vector)
        }
    }

    /// The flip that taking out `removed` is, if a solve from scratch agrees.
    func verified(_ removed: [Int], _ minimality: Flip.Minimality) -> Flip? {
        let list = list(for: resolved(without: removed))
        guard !list.contains(where: { $0.item == target }) else { return nil }
        return Flip(removed: removed, minimality: minimality, list: list)
    }

    func resolved(without removed: [Int]) -> UserVector {
        head.foldIn(profile.without(removed)).vector
    }

    func list(for vector: UserVector) -> [ScoredItem] {
        TopK.select(head, vector, count: count, excluding: profile)
    }
}
