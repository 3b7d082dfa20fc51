// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

extension FlipSearch {
    /// Beyond these pairs of a head that has no bounds on them, a search would take too long.
    private static var unboundedPairsMax: Int { 20_000 }

    /// What is known of all pairs.
    enum PairOutcome {
        case found(Flip)
        case ruledOut
        /// There are too many to try.
        case unknown
    }

    /// The first pair of ratings, in the order of what they can do, without which the target leaves.
    func pair() throws(Cancellation) -> PairOutcome {
        guard profile.count > 2 else { return .ruledOut }
        guard let pairs = counterfactuals.pairs() else { return try unboundedPair() }
        let candidates = FlipPairs(self, pairs)
        guard !candidates.isRuledOut else { return .ruledOut }
        let order = candidates.order
        for (place, a) in order.enumerated() {
            if place % 16 == 0 { try checkCancellation() }
            for b in order[(place + 1)...] {
                guard candidates.mayDo(a, from: b) else { break }
                guard candidates.mayDo(a, b) else { continue }
                let removed = [min(a, b), max(a, b)]
                let vector =
                    pairs.vector(without: a, b) ?? counterfactuals.vector(without: removed)
                guard leads([vector])[0] > -Flip.slack else { continue }
                if let flip = verified(removed, .certified) { return .found(flip) }
            }
        }
        return .ruledOut
    }

    private func unboundedPair() throws(Cancellation) -> PairOutcome {
        let count = profile.count
        guard count * (count - 1) / 2 <= Self.unboundedPairsMax else { return .unknown }
        for a in 0..<count - 1 {
            try checkCancellation()
            let others = Array(a + 1..<count)
            let vectors = others.map { counterfactuals.vector(without: [a, $0]) }
            for (b, lead) in zip(others, leads(vectors)) where lead > -Flip.slack {
                if let flip = verified([a, b], .certified) { return .found(flip) }
            }
        }
        return .ruledOut
    }
}
