// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// A head that can say all that its scores of one item for one user are computed from, so that
/// anybody can compute them again, also without some of the ratings.
public protocol ReplayableHead: LinearHead {
    /// Which formulas apply: `ranking`, `bayesian` or `projection` of `protocol/REPLAY.md`.
    var replayKind: String { get }

    /// The parameters, those of the rated items in the profile's order.
    func replayVectors(of profile: Profile, to item: ItemIndex) -> [ReplayVector]

    /// The coordinates of a user's vector that a replay knows, by the sample they belong to; those
    /// that only fill a row up are left out.
    var replayCoordinates: [(sample: Int?, range: Range<Int>)] { get }
}

extension RankingHead: ReplayableHead {
    /// Implicit ALS.
    public var replayKind: String { "ranking" }

    /// All.
    public var replayCoordinates: [(sample: Int?, range: Range<Int>)] { [(nil, 0..<dimensions)] }

    /// The prior's constants and Gramian, y_j, and y_i and w_i of each rating.
    public func replayVectors(of profile: Profile, to item: ItemIndex) -> [ReplayVector] {
        var vectors = [
            ReplayVector("activity_exponent", [options.activityExponent]),
            ReplayVector("mean_activity", [meanActivity]),
            ReplayVector("regularization", [options.regularization]),
            ReplayVector("unobserved_weight", [options.unobservedWeight]),
            ReplayVector("rated_items", [Double(ratedItemCount)]),
            ReplayVector("gramian", gramian),
            ReplayVector("item_design", single: itemFactors.row(item.position)),
        ]
        for (rated, value) in zip(profile.items, profile.values) {
            vectors.append(
                ReplayVector("design", item: rated, single: itemFactors.row(Int(rated))))
            vectors.append(ReplayVector("weight", item: rated, [weight(of: value)]))
        }
        return vectors
    }
}

extension BayesianHead: ReplayableHead {
    /// Bayesian matrix factorization.
    public var replayKind: String { "bayesian" }

    /// Each sample's, and last the part of the item's damped mean.
    public var replayCoordinates: [(sample: Int?, range: Range<Int>)] {
        samples.indices.map { ($0, $0 * width..<$0 * width + options.factors + 1) }
            + [(nil, dimensions - 1..<dimensions)]
    }

    /// The constants, each sample's prior and z̄_j, what the user's attributes move it by, each
    /// rating's value and vectors, and what the item's rated neighbours are scored with.
    public func replayVectors(of profile: Profile, to item: ItemIndex) -> [ReplayVector] {
        let size = options.factors + 1
        let groups = inputs.groups(of: profile.user)
        let hasLinks = samples.contains { !$0.link.isEmpty }
        var vectors = [
            ReplayVector("base", [base(of: item)]),
            ReplayVector(
                "item_mean", single: [designs.rows[item.position, designs.dimensions - 1]]),
            ReplayVector("item_mean_strength", [Self.itemMeanStrength]),
            ReplayVector("mean", [mean]), ReplayVector("deviation", [deviation]),
            ReplayVector("samples", [Double(samples.count)]),
            ReplayVector("implicit_sets", [hasLinks ? 1 : 0]),
        ]
        func row(_ table: some RandomAccessCollection<Float>, _ position: Int) -> [Float] {
            Array(table.dropFirst(position * width).prefix(size))
        }
        for (number, sample) in samples.enumerated() {
            let start = number * width
            vectors += [
                ReplayVector(
                    "item_design", sample: number,
                    single: designs.rows.row(item.position).dropFirst(start).prefix(size)),
                ReplayVector("noise", sample: number, [sample.noise]),
                ReplayVector(
                    "prior_mean", sample: number, Array(sample.priorMean[..<size])),
                ReplayVector(
                    "prior_precision", sample: number,
                    (0..<size).flatMap { row in
                        sample.priorPrecision[row * width..<row * width + size]
                    }),
            ]
            vectors += groups.map { group in
                ReplayVector(
                    "attribute " + inputs.label(group), sample: number,
                    single: row(sample.shifts, group.column))
            }
        }
        for (rated, value) in zip(profile.items, profile.values) {
            let position = Int(rated)
            vectors.append(ReplayVector("rating", item: rated, single: [value]))
            vectors.append(
                ReplayVector("precision_root", item: rated, single: [itemRoots[position]]))
            for (number, sample) in samples.enumerated() {
                vectors.append(
                    ReplayVector(
                        "design", sample: number, item: rated,
                        single: row(sample.designs, position)))
                vectors.append(
                    ReplayVector(
                        "bias", sample: number, item: rated, single: [sample.biases[position]]))
                guard hasLinks else { continue }
                vectors.append(
                    ReplayVector(
                        "link", sample: number, item: rated, single: row(sample.link, position)))
            }
        }
        return vectors + neighbourVectors(of: profile, to: item)
    }

    private func neighbourVectors(of profile: Profile, to item: ItemIndex) -> [ReplayVector] {
        designs.neighbours(of: item, in: profile).flatMap { neighbour in
            let rated = profile.items[neighbour.position]
            let design = designs.rows.row(Int(rated))
            return [
                ReplayVector(
                    "neighbour_weight", item: rated, single: [Float(neighbour.weight)]),
                ReplayVector(
                    "neighbour_base", item: rated, [base(of: ItemIndex(rawValue: rated))]),
                ReplayVector(
                    "neighbour_item_mean", item: rated, single: design.suffix(1)),
            ]
                + samples.indices.map { number in
                    ReplayVector(
                        "neighbour_design", sample: number, item: rated,
                        single: design.dropFirst(number * width).prefix(options.factors + 1))
                }
        }
    }
}

extension ProjectionHead {
    /// A projection on frozen directions.
    public var replayKind: String { "projection" }

    /// All, the user's bias first.
    public var replayCoordinates: [(sample: Int?, range: Range<Int>)] { [(nil, 0..<dimensions)] }

    /// The item's base and direction, and each rating's residual and direction.
    public func replayVectors(of profile: Profile, to item: ItemIndex) -> [ReplayVector] {
        let first = userBiasDamping == nil ? 0 : 1
        func direction(_ position: Int) -> ArraySlice<Float> {
            designs.rows.row(position).dropFirst(first)
        }
        var vectors = [
            ReplayVector("base", [base(of: item)]),
            ReplayVector("user_damping", userBiasDamping.map { [$0] } ?? []),
            ReplayVector("item_design", single: direction(item.position)),
        ]
        for (rated, value) in zip(profile.items, profile.values) {
            let residual = Double(value) - base(of: ItemIndex(rawValue: rated))
            vectors.append(ReplayVector("residual", item: rated, [residual]))
            vectors.append(ReplayVector("design", item: rated, single: direction(Int(rated))))
        }
        return vectors
    }
}

extension BiasHead: ReplayableHead {}
extension MeanHead: ReplayableHead {}
extension PopularityHead: ReplayableHead {}
extension TruncatedSVDHead: ReplayableHead {}
