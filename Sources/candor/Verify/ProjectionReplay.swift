// SPDX-License-Identifier: GPL-3.0-or-later

/// Baselines without equations: score = base + Σ_i d_i (c + v_j·v_i − c v_j·Σ v), where d_i is what the
/// rating exceeds the item's base by and c = 1 / (n + damping), or 0 without a user bias.
struct ProjectionReplay: Replay {
    let items: [String]
    private let base: Double
    private let target: [Double]
    private let residuals: [Double]
    private let designs: [[Double]]
    /// Nil for a model without a user bias.
    private let damping: Double?

    init(_ export: ExplanationExport) throws(VerificationError) {
        items = export.items
        base = try export.number("base")
        let target = try export.vector("item_design")
        self.target = target
        damping = try export.vector("user_damping").first
        var (residuals, designs): ([Double], [[Double]]) = ([], [])
        for item in items {
            residuals.append(try export.number("residual", item: item))
            designs.append(try export.vector("design", item: item, count: target.count))
        }
        (self.residuals, self.designs) = (residuals, designs)
    }

    /// c.
    private func biasWeight(_ kept: [Int]) -> Double {
        damping.map { kept.isEmpty ? 0 : 1 / (Double(kept.count) + $0) } ?? 0
    }

    private func shares(_ kept: [Int]) -> [Double] {
        let c = biasWeight(kept)
        let products = kept.map { Self.product(target, designs[$0]) }
        let all = products.reduce(0, +)
        return zip(kept, products).map { residuals[$0] * (c + $1 - c * all) }
    }

    func score(_ kept: [Int]) -> Double { shares(kept).reduce(base, +) }

    func parts(_ kept: [Int]) -> [ReplayedPart] {
        let bias = biasWeight(kept) * kept.reduce(0) { $0 + residuals[$1] }
        var vector = target.map { _ in 0.0 }
        for k in kept {
            for d in vector.indices { vector[d] += (residuals[k] - bias) * designs[k][d] }
        }
        guard damping != nil else {
            return [ReplayedPart(sample: nil, vector: vector, design: target)]
        }
        return [ReplayedPart(sample: nil, vector: [bias] + vector, design: [1] + target)]
    }

    func shares() -> [Double] { shares(Array(items.indices)) }
}
