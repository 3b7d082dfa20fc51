// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

extension FlipSearch {
    /// Against whom the target is made to lose.
    private enum Rival: CaseIterable {
        /// Whoever stands first below the list before anything is taken out.
        case fixed
        /// Whoever stands there at each step.
        case next
        /// Nobody: what adds most to the target's score is taken out.
        case nobody
    }

    /// The smallest of some sets that were grown rating by rating and pruned.
    func larger() throws(Cancellation) -> [Int]? {
        var best: [Int]?
        for rival in Rival.allCases {
            guard let grown = try grown(against: rival, atMost: best.map { $0.count - 1 }) else {
                continue
            }
            let pruned = try pruned(grown)
            if pruned.count < best?.count ?? .max { best = pruned }
        }
        return best
    }

    /// Takes out, one after the other, the rating that adds most to the target's lead.
    private func grown(against rival: Rival, atMost limit: Int?) throws(Cancellation) -> [Int]? {
        let most = min(limit ?? Flip.removedMax, Flip.removedMax, profile.count - 1)
        var removed: [Int] = []
        var other: ItemIndex?
        while true {
            try checkCancellation()
            let sorted = removed.sorted()
            let rest = counterfactuals.remainder(without: sorted)
            if !removed.isEmpty, hasLeft(rest.vector), hasLeft(resolved(without: sorted)) {
                return removed
            }
            guard removed.count < most else { return nil }
            if rival == .next || other == nil {
                other =
                    TopK.select(head, rest.vector, count: count + 1, excluding: profile)
                    .last { $0.item != target }?.item
            }
            var gains = rest.shares(to: target)
            if rival != .nobody, let other {
                for (place, share) in rest.shares(to: other).enumerated() {
                    gains[place] -= share
                }
            }
            // Non-nil because a rating is left.
            guard
                let position = gains.indices.filter({ !removed.contains($0) })
                    .max(by: { gains[$0] < gains[$1] })
            else { return nil }
            removed.append(position)
        }
    }

    /// Puts back whatever can be put back, the last taken out first; ascending.
    private func pruned(_ grown: [Int]) throws(Cancellation) -> [Int] {
        var kept = grown
        var before = 0
        // Again, because what could not be put back may be able to once others are.
        while kept.count != before {
            before = kept.count
            for position in kept.reversed() where kept.count > 1 {
                try checkCancellation()
                let fewer = kept.filter { $0 != position }
                let sorted = fewer.sorted()
                // Most cannot be put back, which the closed form tells.
                let lead = leads([counterfactuals.remainder(without: sorted).vector])[0]
                if lead > -Flip.slack, hasLeft(resolved(without: sorted)) { kept = fewer }
            }
        }
        return kept.sorted()
    }

    private func hasLeft(_ vector: UserVector) -> Bool {
        !list(for: vector).contains { $0.item == target }
    }
}
