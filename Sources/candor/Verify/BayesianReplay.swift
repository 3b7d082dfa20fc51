// SPDX-License-Identifier: GPL-3.0-or-later

/// Bayesian matrix factorization.
///
/// With n ratings and p = n / (n + strength), score = base + (1 − p) c + p (σ / samples) Σ_s z̄_s·x_s, A_s x_s = Λ_s (m_s + n^(−½) Σ_i b_si)
/// + Σ_i w_si t_si z_si, A_s = Λ_s + Σ_i w_si z_si z_siᵀ, w_si = α_s ρ_i²,
/// t_si = (r_i − μ)/σ − β_si.
struct BayesianReplay: Replay {
    private struct Sample {
        let target: [Double]
        /// w and t of each rating.
        let weights: [Double]
        let targets: [Double]
        let mean: [Double]
        let precision: [Double]
        let designs: [[Double]]
        /// Empty for a model without implicit sets.
        let links: [[Double]]
        let rated: RatedEquations
    }

    let items: [String]
    private let samples: [Sample]
    private let base: Double
    private let itemMean: Double
    private let strength: Double
    private let deviation: Double

    init(_ export: ExplanationExport) throws(VerificationError) {
        items = export.items
        base = try export.number("base")
        itemMean = try export.number("item_mean")
        strength = try export.number("item_mean_strength")
        let mean = try export.number("mean")
        let deviation = try export.number("deviation")
        self.deviation = deviation
        let hasLinks = try export.number("implicit_sets") == 1
        var (ratings, roots): ([Double], [Double]) = ([], [])
        for item in items {
            ratings.append(try export.number("rating", item: item))
            roots.append(try export.number("precision_root", item: item))
        }
        let values = ratings.map { ($0 - mean) / deviation }
        var samples: [Sample] = []
        for number in 0..<Int(try export.number("samples")) {
            samples.append(
                try Self.sample(
                    number, export, items, roots, values: values, hasLinks: hasLinks))
        }
        self.samples = samples
    }

    private static func sample(
        _ number: Int, _ export: ExplanationExport, _ items: [String], _ roots: [Double],
        values: [Double], hasLinks: Bool
    ) throws(VerificationError) -> Sample {
        let target = try export.vector("item_design", sample: number)
        let size = target.count
        var (designs, biases, links): ([[Double]], [Double], [[Double]]) = ([], [], [])
        for item in items {
            designs.append(try export.vector("design", sample: number, item: item, count: size))
            biases.append(try export.number("bias", sample: number, item: item))
            guard hasLinks else { continue }
            links.append(try export.vector("link", sample: number, item: item, count: size))
        }
        let noise = try export.number("noise", sample: number)
        let weights = roots.map { noise * $0 * $0 }
        let targets = zip(values, biases).map { $0 - $1 }
        return Sample(
            target: target, weights: weights, targets: targets,
            mean: try export.vector("prior_mean", sample: number, count: size),
            precision: try export.vector("prior_precision", sample: number, count: size * size),
            designs: designs, links: links,
            rated: RatedEquations(designs, weights: weights, targets: targets, size: size))
    }

    private func part(_ kept: [Int]) -> Double {
        Double(kept.count) / (Double(kept.count) + strength)
    }

    private func linkScale(_ kept: [Int]) -> Double { 1 / Double(max(kept.count, 1)).squareRoot() }

    /// Λ v.
    private func pulled(_ sample: Sample, _ v: [Double]) -> [Double] {
        let size = v.count
        return (0..<size).map { row in
            Self.product(Array(sample.precision[row * size..<(row + 1) * size]), v)
        }
    }

    private func equation(_ sample: Sample, _ kept: [Int]) -> NormalEquation {
        var expected = sample.mean
        if !sample.links.isEmpty {
            let scale = linkScale(kept)
            for k in kept {
                for d in expected.indices { expected[d] += scale * sample.links[k][d] }
            }
        }
        var equation = sample.rated.sum(of: kept)
        equation.add(matrix: sample.precision, rightSide: pulled(sample, expected))
        return equation
    }

    func parts(_ kept: [Int]) throws(VerificationError) -> [ReplayedPart] {
        let part = part(kept)
        let scale = part * deviation / Double(samples.count)
        var parts: [ReplayedPart] = []
        for (number, sample) in samples.enumerated() {
            // Without ratings nothing of the samples counts.
            let vector =
                kept.isEmpty
                ? sample.target.map { _ in 0 }
                : try equation(sample, kept).solved().map { scale * $0 }
            parts.append(ReplayedPart(sample: number, vector: vector, design: sample.target))
        }
        parts.append(ReplayedPart(sample: nil, vector: [1 - part], design: [itemMean]))
        return parts
    }

    func score(_ kept: [Int]) throws(VerificationError) -> Double {
        try parts(kept).reduce(base) { $0 + Self.product($1.vector, $1.design) }
    }

    func shares() throws(VerificationError) -> [Double] {
        let kept = Array(items.indices)
        let scale = part(kept) * deviation / Double(samples.count)
        var shares = [Double](repeating: 0, count: items.count)
        for sample in samples {
            let u = try equation(sample, kept).solved(sample.target)
            let pull = pulled(sample, u)
            for k in kept {
                var share =
                    sample.weights[k] * sample.targets[k] * Self.product(sample.designs[k], u)
                if !sample.links.isEmpty {
                    share += linkScale(kept) * Self.product(pull, sample.links[k])
                }
                shares[k] += scale * share
            }
        }
        return shares
    }
}
