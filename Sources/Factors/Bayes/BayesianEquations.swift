// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Ratings

/// One user's normal equations against each sample of a head.
struct BayesianEquations {
    /// Rows packed at a time: 64 rows of 32 doubles are 16 KB.
    private static let rowsAtOnce = 64

    let filter: SequenceFilter
    private let head: BayesianHead
    private let profile: Profile
    private let values: [Double]

    init(_ head: BayesianHead, _ profile: Profile) {
        precondition(
            profile.isEmpty
                || (profile.items[0] >= 0
                    && Int(profile.items[profile.count - 1]) < head.itemCount),
            "the profile has items the head lacks")
        self.head = head
        self.profile = profile
        filter = head.filter(of: profile)
        values = filter.order.map {
            (Double(profile.values[Int($0)]) - head.mean) / head.deviation
        }
    }

    /// Writes A (upper triangle, over zeros) and b (over zeros) of one sample.
    func write(
        _ sample: BayesianSample, matrix: UnsafeMutablePointer<Double>,
        rightSide: UnsafeMutablePointer<Double>
    ) {
        let width = head.width
        let expected = priorMean(sample)
        for row in 0..<width {
            var sum = 0.0
            for column in 0..<width {
                let value = sample.priorPrecision[row * width + column]
                matrix[row * width + column] = value
                sum += value * expected[column]
            }
            rightSide[row] = sum
        }
        if !profile.isEmpty { accumulate(sample, matrix, rightSide) }
    }

    /// t_i = (r_i − μ)/σ − b_i in the order of time.
    func targets(_ sample: BayesianSample) -> [Double] {
        filter.columns.indices.map { k in
            values[k] - Double(sample.biases[Int(filter.columns[k])])
        }
    }

    /// z_i·x in the order of time.
    func products(_ sample: BayesianSample, with vector: UnsafePointer<Double>) -> [Double] {
        let width = head.width
        return sample.designs.withUnsafeBufferPointer { designs in
            filter.columns.map { column in
                // Non-nil because a sample has items where a profile has.
                guard let rows = designs.baseAddress else { return 0 }
                return kernel_dot_f64(rows + Int(column) * width, vector, width)
            }
        }
    }

    /// m + Bᵀx_u, or the population's mean without ratings.
    private func priorMean(_ sample: BayesianSample) -> [Double] {
        guard !profile.isEmpty else { return sample.population }
        var mean = sample.priorMean
        guard !sample.link.isEmpty else { return mean }
        let scale = head.linkScale(of: profile)
        var sum = [Float](repeating: 0, count: head.width)
        kernel_sum_rows_f32(sample.link, head.width, profile.items, profile.count, &sum)
        for d in mean.indices { mean[d] += scale * Double(sum[d]) }
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
            // Non-nil because it is never empty.
            guard let packed = room.baseAddress else { return }
            let states = packed + count * width
            states.initialize(repeating: 0, count: 2 * width + 2)
            targets.withUnsafeMutableBufferPointer { targets in
                withFilter { columns, decays, gains, scales in
                    guard let target = targets.baseAddress else { return }
                    for first in stride(from: 0, to: profile.count, by: count) {
                        let some = min(count, profile.count - first)
                        kernel_whiten_f64(
                            sample.designs, width, columns + first, some, decays + 2 * first,
                            gains + 2 * first, scales + first, root, target + first, packed,
                            states, vector)
                        kernel_add_gram_f64(packed, some, width, matrix)
                    }
                }
            }
        }
    }

    private func withFilter(
        _ body: (
            UnsafePointer<Int32>, UnsafePointer<Double>, UnsafePointer<Double>,
            UnsafePointer<Double>
        ) -> Void
    ) {
        filter.columns.withUnsafeBufferPointer { columns in
            filter.decays.withUnsafeBufferPointer { decays in
                filter.gains.withUnsafeBufferPointer { gains in
                    filter.scales.withUnsafeBufferPointer { scales in
                        // Nil only without ratings, when there is nothing to add.
                        guard let columns = columns.baseAddress, let decays = decays.baseAddress,
                            let gains = gains.baseAddress, let scales = scales.baseAddress
                        else { return }
                        body(columns, decays, gains, scales)
                    }
                }
            }
        }
    }
}
