// SPDX-License-Identifier: GPL-3.0-or-later

/// The least change to user vectors after which no linear function of them tells an attribute.
///
/// LEACE (Belrose et al. 2023, theorem 4.3): r(x) = x − W⁺ P W (x − E[x]) with the whitening
/// W = (Σ_xx^½)⁺ and P the orthogonal projection onto the columns of W Σ_xz; z marks the groups. As
/// W⁺ W Σ_xz = Σ_xz, that is r(x) = x − Σ_xz (Σ_zx Σ_xx⁺ Σ_xz)⁻¹ Σ_zx Σ_xx⁺ (x − E[x]), with one column of z
/// for each group but the last. The mean of r(x) is the same in every group, hence so is the mean score
/// of every item. At a strength s below 1 only that part of the change is made. Beyond the vectors it was
/// learned from nothing is extrapolated: readings are limited to the range they had there.
public struct LinearErasure: Sendable, Equatable {
    /// The length of the vectors it changes.
    public let dimensions: Int
    /// How many linear traces it removes: groups less one.
    public let rank: Int
    /// s: the part of the trace that is taken out.
    public let strength: Double
    /// E[x].
    public let mean: [Double]
    /// dimensions × rank, column by column: s · Σ_xz.
    let directions: [Double]
    /// dimensions × rank, column by column: what is read off x − E[x] for each of `directions`.
    let readings: [Double]
    /// The lowest reading of each of `directions` among the vectors learned from.
    private(set) var lowest: [Double]
    /// The highest one.
    private(set) var highest: [Double]

    init(
        dimensions: Int, strength: Double, mean: [Double], directions: [Double], readings: [Double],
        lowest: [Double], highest: [Double]
    ) {
        rank = lowest.count
        precondition(
            mean.count == dimensions && directions.count == rank * dimensions
                && readings.count == rank * dimensions && highest.count == rank,
            "an erasure of other dimensions")
        self.dimensions = dimensions
        self.strength = strength
        self.lowest = lowest
        self.highest = highest
        self.mean = mean
        self.directions = directions
        self.readings = readings
    }

    /// Learns the change from vectors and the group each belongs to.
    ///
    /// `groups` holds a number from 0 below `groupCount` for each vector. Groups without a member are
    /// left out; nil when fewer than two are left. O(vectors · dimensions² + dimensions³).
    ///
    /// - Parameters:
    ///   - vectors: All of one length.
    ///   - groups: The group of each.
    ///   - groupCount: How many groups there may be.
    ///   - strength: s, 0…1.
    public init?(
        _ vectors: [UserVector], groups: [Int], groupCount: Int, strength: Double = 1
    ) {
        precondition(vectors.count == groups.count, "a group for each vector")
        precondition((0...1).contains(strength), "a strength outside 0…1")
        let present = Set(groups).sorted()
        guard present.count >= 2, let first = vectors.first else { return nil }
        precondition(present.allSatisfy { (0..<groupCount).contains($0) }, "an unknown group")
        let dimensions = first.dimensions
        let moments = VectorMoments(vectors.map(\.padded), dimensions: dimensions)
        let columns = present.dropLast().map { group in
            moments.covariance(with: groups.map { $0 == group ? 1 : 0 })
        }
        let spread = moments.pseudoInverse()
        // Σ_xx⁺ Σ_xz, then M = Σ_zx Σ_xx⁺ Σ_xz and its inverse.
        let whitened = columns.map { spread.product($0) }
        let rank = columns.count
        var between = [Double](repeating: 0, count: rank * rank)
        for row in 0..<rank {
            for column in 0..<rank {
                between[row * rank + column] = zip(columns[row], whitened[column])
                    .reduce(0) { $0 + $1.0 * $1.1 }
            }
        }
        let inverse = SpreadInverse(between, order: rank)
        var readings: [Double] = []
        for row in 0..<rank {
            // Rows of M⁻¹ Σ_zx Σ_xx⁺.
            let weights = inverse.row(row)
            for d in 0..<dimensions {
                readings.append(
                    (0..<rank).reduce(0) { $0 + weights[$1] * whitened[$1][d] })
            }
        }
        self.init(
            dimensions: dimensions, strength: strength, mean: moments.mean,
            directions: columns.flatMap { $0.map { strength * $0 } }, readings: readings,
            lowest: [Double](repeating: -.infinity, count: rank),
            highest: [Double](repeating: .infinity, count: rank))
        let read = vectors.map { amounts(of: $0) }
        for k in 0..<rank {
            lowest[k] = read.map { $0[k] }.min() ?? 0
            highest[k] = read.map { $0[k] }.max() ?? 0
        }
    }

    /// What a vector's scores lose: r(x) = x − Σ_k amounts[k] · directions[k].
    func amounts(of vector: UserVector) -> [Double] {
        precondition(vector.dimensions == dimensions, "a vector of other dimensions")
        return (0..<rank).map { k in
            var sum = 0.0
            for d in 0..<dimensions {
                sum += readings[k * dimensions + d] * (vector.padded[d] - mean[d])
            }
            return min(max(sum, lowest[k]), highest[k])
        }
    }

    /// r(x).
    public func applied(to vector: UserVector) -> UserVector {
        let amounts = amounts(of: vector)
        var padded = vector.padded
        for (k, amount) in amounts.enumerated() {
            for d in 0..<dimensions { padded[d] -= amount * directions[k * dimensions + d] }
        }
        return UserVector(dimensions: dimensions, padded: padded)
    }
}
