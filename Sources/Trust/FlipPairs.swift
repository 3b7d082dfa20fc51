// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Ratings

/// The pairs of ratings that may bring enough rivals above the target.
struct FlipPairs {
    /// The positions of the ratings, those that can do most first.
    let order: [Int]
    /// Whether no pair can do it.
    let isRuledOut: Bool
    private let pairs: PairRemovals
    private let rivals: FlipRivals
    /// The largest bound on what two ratings do only together.
    private let togetherMax: Double
    /// For each rating the largest and the last needed of move − gap/2.
    private let margins: [(best: Double, needed: Double)]

    init(_ search: FlipSearch<some LinearHead>, _ pairs: PairRemovals) {
        let norms = pairs.steps.norms
        var (together, reach) = (0.0, 0.0)
        pairs.forEachRow { a, bounds in
            for (b, bound) in zip(bounds.indices, bounds) {
                let sum = norms[a] + norms[b] + bound
                // A pair without a bound is tried whatever the others can reach.
                if sum.isFinite { reach = max(reach, sum) }
                together = max(together, sum.isFinite ? bound : .infinity)
            }
        }
        self.pairs = pairs
        togetherMax = together
        let rivals = FlipRivals(search, pairs.steps, reach: reach, companions: reach)
        self.rivals = rivals
        isRuledOut = together.isFinite && rivals.count < rivals.needed
        let margins = norms.indices.map { rating -> (best: Double, needed: Double) in
            norms[rating].isFinite
                ? rivals.margins(rating, part: 0.5) : (.infinity, .infinity)
        }
        self.margins = margins
        order = norms.indices.sorted {
            margins[$0].best != margins[$1].best ? margins[$0].best > margins[$1].best : $0 < $1
        }
    }

    /// Whether any pair of `a` with a rating as good as `b` or less may do it; falls along `order`.
    func mayDo(_ a: Int, from b: Int) -> Bool {
        !togetherMax.isFinite || mayDo(a, b, together: togetherMax)
    }

    /// Whether the pair may do it.
    func mayDo(_ a: Int, _ b: Int) -> Bool {
        let bound = pairs.togetherBound(a, b)
        let norms = pairs.steps.norms
        guard bound.isFinite, norms[a].isFinite, norms[b].isFinite else { return true }
        return mayDo(a, b, together: bound)
            && rivals.canRise(a, b, together: pairs.togetherNorm(a, b))
    }

    /// By what each of the two does at most.
    private func mayDo(_ a: Int, _ b: Int, together: Double) -> Bool {
        guard rivals.needed > 0 else { return true }
        let common = rivals.distanceMax * together
        guard margins[a].best + margins[b].best + common > -Flip.slack else { return false }
        let last = min(
            margins[a].needed + margins[b].best, margins[a].best + margins[b].needed)
        return last + common > -Flip.slack
    }
}
