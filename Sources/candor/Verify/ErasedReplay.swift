// SPDX-License-Identifier: GPL-3.0-or-later

/// Another replay whose users' vectors v have lost the trace of an attribute.
///
/// With a_k = min(max(R_k·(v − m), lowest_k), highest_k) a score is the inner one − Σ_k a_k (D_k·z);
/// somebody without ratings keeps the inner one.
struct ErasedReplay: Replay {
    /// What of the erasure concerns one part of a vector.
    private struct Change {
        let mean: [Double]
        /// Traces × the part's coordinates, row by row.
        let readings: [Double]
        let directions: [Double]
    }

    private let inner: any Replay
    private let lowest: [Double]
    private let highest: [Double]
    private let changes: [Change]

    init(_ inner: any Replay, _ export: ExplanationExport) throws(VerificationError) {
        self.inner = inner
        let lowest = try export.vector("erased_lowest")
        self.lowest = lowest
        highest = try export.vector("erased_highest", count: lowest.count)
        var changes: [Change] = []
        for part in try inner.parts([]) {
            let size = part.design.count
            let all = size * lowest.count
            changes.append(
                Change(
                    mean: try export.vector("erased_mean", sample: part.sample, count: size),
                    readings: try export.vector("erased_reading", sample: part.sample, count: all),
                    directions: try export.vector(
                        "erased_direction", sample: part.sample, count: all)))
        }
        self.changes = changes
    }

    var items: [String] { inner.items }

    func parts(_ kept: [Int]) throws(VerificationError) -> [ReplayedPart] { try inner.parts(kept) }

    func shares() throws(VerificationError) -> [Double] { try inner.shares() }

    func adjustment(_ kept: [Int]) throws(VerificationError) -> Double {
        guard !kept.isEmpty else { return 0 }
        let parts = try inner.parts(kept)
        var adjustment = 0.0
        for k in lowest.indices {
            var (amount, effect) = (0.0, 0.0)
            for (part, change) in zip(parts, changes) {
                for d in part.vector.indices {
                    let place = k * part.vector.count + d
                    amount += change.readings[place] * (part.vector[d] - change.mean[d])
                    effect += change.directions[place] * part.design[d]
                }
            }
            adjustment -= min(max(amount, lowest[k]), highest[k]) * effect
        }
        return adjustment
    }

    func score(_ kept: [Int]) throws(VerificationError) -> Double {
        try inner.score(kept) + adjustment(kept)
    }
}
