// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Ratings

/// One user's normal equations against each sample of a head.
struct BayesianEquations {
    /// The most ratings whose rows are asked for ahead: 256 bytes each, of a megabyte or two.
    private static let prefetchedMax = 1024
    /// Rows packed at a time: 64 rows of 32 doubles are 16 KB.
    private static let rowsAtOnce = 64

    /// How the ratings hang together in time; nil takes them as independent.
    let filter: SequenceFilter?
    /// The rated items, in the filter's order.
    let columns: [Int32]
    private let head: BayesianHead
    private let profile: Profile
    /// (r_i − μ)/σ, in the filter's order.
    private let values: [Double]
    /// √a_i of the rated items, in the filter's order.
    private let roots: [Double]
    /// The groups that the user is known to be in.
    private let groups: [Int]

    init(_ head: BayesianHead, _ profile: Profile, _ filter: SequenceFilter? = nil) {
        precondition(
            profile.isEmpty
                || (profile.items[0] >= 0
                    && Int(profile.items[profile.count - 1]) < head.itemCount),
            "the profile has items the head lacks")
        self.head = head
        self.profile = profile
        self.filter = filter
        columns = filter?.columns ?? profile.items
        roots = columns.map { Double(head.itemRoots[Int($0)]) }
        groups = head.inputs.groups(of: profile.user).map(\.column)
        let inverse = 1 / head.deviation
        func standardised(_ value: Float) -> Double { (Double(value) - head.mean) * inverse }
        values =
            filter.map { $0.order.map { standardised(profile.values[Int($0)]) } }
            ?? profile.values.map(standardised)
    }

    /// Writes A (upper triangle) and, over zeros, b of one sample.
    func write(
        _ sample: BayesianSample, matrix: UnsafeMutablePointer<Double>,
        rightSide: UnsafeMutablePointer<Double>
    ) {
        let width = head.width
        matrix.update(from: sample.priorPrecision, count: width * width)
        let expected = expected(sample)
        // By columns of the symmetric Λ, so that the sums of all rows run side by side.
        for column in 0..<width {
            let factor = expected[column]
            let own = matrix + column * width
            for row in 0..<width { rightSide[row] += own[row] * factor }
        }
        if !profile.isEmpty { accumulate(sample, matrix, rightSide) }
    }

    /// Asks for what `write` will read of a sample, for which some time is left.
    func prefetch(_ sample: BayesianSample) {
        // Of more ratings the first are gone from the cache before the last have come.
        let count = min(columns.count, Self.prefetchedMax)
        for table in [sample.link, sample.designs] {
            table.withUnsafeBufferPointer { rows in
                guard let start = rows.baseAddress, !rows.isEmpty else { return }
                kernel_prefetch_rows_f32(start, head.width, columns, count)
            }
        }
    }

    /// t_i = (r_i − μ)/σ − b_i in the filter's order.
    func targets(_ sample: BayesianSample) -> [Double] {
        sample.biases.withUnsafeBufferPointer { biases in
            columns.indices.map { k in values[k] - Double(biases[Int(columns[k])]) }
        }
    }

    /// The rated items' rows of a sample's table, each times a vector, in the filter's order.
    func products(_ table: FrozenArray<Float>, with vector: UnsafePointer<Double>) -> [Double] {
        head.products(table, columns, vector)
    }

    /// Σ⁻¹ y in the filter's order.
    func weighted(_ values: [Double]) -> [Double] {
        if let filter { return filter.weighted(values) }
        return values.indices.map { k in values[k] * roots[k] * roots[k] }
    }

    /// What is expected of the user: of all who rated the same items, moved by what the user has told.
    private func expected(_ sample: BayesianSample) -> [Double] {
        var expected = expectedOfRaters(sample)
        for group in groups {
            let start = group * head.width
            for d in expected.indices { expected[d] += Double(sample.shifts[start + d]) }
        }
        return expected
    }

    /// m + Bᵀx_u, or the population's mean without ratings.
    func expectedOfRaters(_ sample: BayesianSample) -> [Double] {
        guard !profile.isEmpty else { return sample.population }
        var mean = sample.priorMean
        guard !sample.link.isEmpty else { return mean }
        let scale = head.linkScale(ratingCount: profile.count)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: head.width) { sum in
            // Non-nil because the width is above zero.
            guard let start = sum.baseAddress else { return }
            sample.link.withUnsafeBufferPointer { link in
                guard let rows = link.baseAddress else { return }
                kernel_sum_rows_f64(rows, head.width, profile.items, profile.count, start)
            }
            for d in mean.indices { mean[d] += scale * start[d] }
        }
        return mean
    }

    private func accumulate(
        _ sample: BayesianSample, _ matrix: UnsafeMutablePointer<Double>,
        _ vector: UnsafeMutablePointer<Double>
    ) {
        let width = head.width
        let count = Self.rowsAtOnce
        let root = sample.noise.squareRoot()
        var targets = targets(sample)
        withUnsafeTemporaryAllocation(
            byteCount: ((count + 2) * width + 2) * MemoryLayout<Double>.stride, alignment: 64
        ) { raw in
            let room = raw.bindMemory(to: Double.self)
            // Non-nil because neither is ever empty.
            guard let packed = room.baseAddress else { return }
            let states = packed + count * width
            states.initialize(repeating: 0, count: 2 * width + 2)
            targets.withUnsafeMutableBufferPointer { targets in
                sample.designs.withUnsafeBufferPointer { designs in
                    guard let target = targets.baseAddress, let rows = designs.baseAddress else {
                        return
                    }
                    for first in stride(from: 0, to: profile.count, by: count) {
                        let some = first..<min(first + count, profile.count)
                        if let filter {
                            whiten(some, rows, filter, root, target, packed, states, vector)
                        } else {
                            pack(some, rows, root, target, packed, vector)
                        }
                        kernel_add_gram_f64(packed, some.count, width, matrix)
                    }
                }
            }
        }
    }

    /// Packs independent ratings: rows √(α a_i) z_i.
    private func pack(
        _ some: Range<Int>, _ designs: UnsafePointer<Float>, _ root: Double,
        _ targets: UnsafeMutablePointer<Double>, _ packed: UnsafeMutablePointer<Double>,
        _ vector: UnsafeMutablePointer<Double>
    ) {
        withUnsafeTemporaryAllocation(of: Double.self, capacity: some.count) { scales in
            columns.withUnsafeBufferPointer { columns in
                guard let column = columns.baseAddress, let scale = scales.baseAddress else {
                    return
                }
                for (place, k) in some.enumerated() {
                    scale[place] = root * roots[k]
                    targets[k] *= scale[place]
                }
                kernel_pack_f64(
                    designs, head.width, column + some.lowerBound, scale,
                    targets + some.lowerBound, some.count, packed, vector)
            }
        }
    }

    /// Packs ratings that hang together, whitened.
    private func whiten(
        _ some: Range<Int>, _ designs: UnsafePointer<Float>, _ filter: SequenceFilter,
        _ root: Double,
        _ targets: UnsafeMutablePointer<Double>, _ packed: UnsafeMutablePointer<Double>,
        _ states: UnsafeMutablePointer<Double>, _ vector: UnsafeMutablePointer<Double>
    ) {
        let first = some.lowerBound
        columns.withUnsafeBufferPointer { columns in
            filter.decays.withUnsafeBufferPointer { decays in
                filter.gains.withUnsafeBufferPointer { gains in
                    filter.scales.withUnsafeBufferPointer { scales in
                        // Non-nil because the profile has ratings.
                        guard let columns = columns.baseAddress, let decays = decays.baseAddress,
                            let gains = gains.baseAddress, let scales = scales.baseAddress
                        else { return }
                        kernel_whiten_f64(
                            designs, head.width, columns + first, some.count,
                            decays + 2 * first, gains + 2 * first, scales + first, root,
                            targets + first, packed, states, vector)
                    }
                }
            }
        }
    }
}
