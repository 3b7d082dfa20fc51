// SPDX-License-Identifier: GPL-3.0-or-later

/// Bayesian matrix factorization.
///
/// With n ratings and p = n / (n + strength), score = base + (1 − p) c + (σ / samples) Σ_s z̄_s·(p x_s + (1 − p) d_s), A_s x_s = Λ_s (m_s + d_s
/// + n^(−½) Σ_i b_si) + Σ_i w_si t_si z_si, d_s the sum over the user's attributes, A_s = Λ_s + Σ_i w_si z_si z_siᵀ, w_si = α_s ρ_i²,
/// t_si = (r_i − μ)/σ − β_si. Rated neighbours k of the item take v_k off its design and c, and add
/// v_k (r_k − base_k).
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
        /// Of each attribute.
        let shifts: [[Double]]
        let rated: RatedEquations
    }

    let items: [String]
    private let labels: [String]
    private let samples: [Sample]
    private let neighbours: [ReplayedNeighbour]
    private let base: Double
    private let itemMean: Double
    private let strength: Double
    private let deviation: Double

    init(_ export: ExplanationExport) throws(VerificationError) {
        items = export.items
        labels = export.attributes
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
                    number, export, items, labels, roots, values: values, hasLinks: hasLinks))
        }
        self.samples = samples
        neighbours = try ReplayedNeighbour.all(
            export, ratings: ratings, sampleCount: samples.count)
    }

    private static func sample(
        _ number: Int, _ export: ExplanationExport, _ items: [String], _ labels: [String],
        _ roots: [Double], values: [Double], hasLinks: Bool
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
        var shifts: [[Double]] = []
        for label in labels {
            shifts.append(
                try export.vector(
                    ExplanationExport.attributePrefix + label, sample: number, count: size))
        }
        let noise = try export.number("noise", sample: number)
        let weights = roots.map { noise * $0 * $0 }
        let targets = zip(values, biases).map { $0 - $1 }
        return Sample(
            target: target, weights: weights, targets: targets,
            mean: try export.vector("prior_mean", sample: number, count: size),
            precision: try export.vector("prior_precision", sample: number, count: size * size),
            designs: designs, links: links, shifts: shifts,
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

    /// What the vector of one sample is multiplied by.
    private func target(_ number: Int, _ kept: [Int]) -> [Double] {
        var target = samples[number].target
        for neighbour in neighbours(kept) {
            for d in target.indices {
                target[d] -= neighbour.weight * neighbour.designs[number][d]
            }
        }
        return target
    }

    private func neighbours(_ kept: [Int]) -> [ReplayedNeighbour] {
        neighbours.filter { kept.contains($0.position) }
    }

    private func equation(_ sample: Sample, _ kept: [Int]) -> NormalEquation {
        var expected = sample.mean
        if !sample.links.isEmpty {
            let scale = linkScale(kept)
            for k in kept {
                for d in expected.indices { expected[d] += scale * sample.links[k][d] }
            }
        }
        for shift in sample.shifts {
            for d in expected.indices { expected[d] += shift[d] }
        }
        var equation = sample.rated.sum(of: kept)
        equation.add(matrix: sample.precision, rightSide: pulled(sample, expected))
        return equation
    }

    func parts(_ kept: [Int]) throws(VerificationError) -> [ReplayedPart] {
        let part = part(kept)
        let scale = deviation / Double(samples.count)
        var parts: [ReplayedPart] = []
        for (number, sample) in samples.enumerated() {
            // Without ratings nothing of the samples' solutions counts.
            var vector =
                kept.isEmpty
                ? sample.target.map { _ in 0 }
                : try equation(sample, kept).solved().map { part * scale * $0 }
            for shift in sample.shifts {
                for d in vector.indices { vector[d] += (1 - part) * scale * shift[d] }
            }
            parts.append(
                ReplayedPart(sample: number, vector: vector, design: target(number, kept)))
        }
        let mean = neighbours(kept).reduce(itemMean) { $0 - $1.weight * $1.itemMean }
        parts.append(ReplayedPart(sample: nil, vector: [1 - part], design: [mean]))
        return parts
    }

    func score(_ kept: [Int]) throws(VerificationError) -> Double {
        let start = neighbours(kept).reduce(base) { $0 + $1.weight * $1.above }
        return try parts(kept).reduce(start) { $0 + Self.product($1.vector, $1.design) }
    }

    func attributes() throws(VerificationError) -> [String: Double] {
        let kept = Array(items.indices)
        let part = part(kept)
        var amounts: [String: Double] = [:]
        for (number, sample) in samples.enumerated() {
            let target = target(number, kept)
            let pull = pulled(sample, try equation(sample, kept).solved(target))
            for (label, shift) in zip(labels, sample.shifts) {
                amounts[label, default: 0] +=
                    deviation / Double(samples.count)
                    * (part * Self.product(pull, shift)
                        + (1 - part) * Self.product(target, shift))
            }
        }
        return amounts
    }

    func shares() throws(VerificationError) -> [Double] {
        let kept = Array(items.indices)
        let scale = part(kept) * deviation / Double(samples.count)
        var shares = [Double](repeating: 0, count: items.count)
        for (number, sample) in samples.enumerated() {
            let u = try equation(sample, kept).solved(target(number, kept))
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
        for neighbour in neighbours {
            shares[neighbour.position] += neighbour.weight * neighbour.above
        }
        return shares
    }
}
