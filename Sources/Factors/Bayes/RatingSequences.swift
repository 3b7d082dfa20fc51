// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Ratings

/// Every user's ratings in the order of time, equal times by item, for the sampler's threads.
///
/// Users stand by how many ratings they have, most first, so that sixteen in turn end together.
/// 17 bytes a rating.
final class RatingSequences: @unchecked Sendable {
    // Safe to share because all but `shifts` is written by the initialiser alone, and of `shifts` each
    // place by the one thread that took its user.

    /// The components of the noise.
    let components: kernel_sequence_f32
    /// The item of each entry.
    let columns: UnsafeMutablePointer<Int32>
    /// Its rating.
    let values: UnsafeMutablePointer<Float>
    /// Where `byItem` has it.
    let places: UnsafeMutablePointer<Int32>
    /// What parts it from the user's rating before, a `TimeOrder.Gap`.
    let gaps: UnsafeMutablePointer<UInt8>
    /// What was drawn of the components for each rating, in the order of `byItem`.
    let shifts: FloatTable
    /// The most ratings of a user.
    let longest: Int
    /// The users in the order in which their ratings stand.
    let order: [Int32]
    /// Where each user's ratings begin.
    let starts: [Int]

    /// Sorts all ratings, in O(ratings · log of the longest history).
    init(_ matrix: RatingMatrix, _ components: [SequenceComponent], threads: Int) {
        self.components = components.narrow
        let count = max(matrix.count, 1)
        columns = .allocate(capacity: count)
        values = .allocate(capacity: count)
        places = .allocate(capacity: count)
        gaps = .allocate(capacity: count)
        shifts = FloatTable(rowCount: (count + 15) / 16, width: 16)
        let counts = matrix.byUser.counts
        longest = counts.max() ?? 0
        let order = (0..<Int32(matrix.userCount)).sorted {
            let (left, right) = (counts[Int($0)], counts[Int($1)])
            return left == right ? $0 < $1 : left > right
        }
        var starts = [Int](repeating: 0, count: matrix.userCount)
        var next = 0
        for user in order {
            starts[Int(user)] = next
            next += counts[Int(user)]
        }
        (self.order, self.starts) = (order, starts)
        let byItemPlaces = Self.byItemPlaces(matrix)
        let rows = matrix.byUser
        // Safe because every place is written by the one thread that took its user.
        nonisolated(unsafe) let (columns, values) = (columns, values)
        nonisolated(unsafe) let (places, gaps) = (places, gaps)
        let firsts = starts
        Parallel.forEachChunk(
            of: matrix.userCount, chunk: 64, threads: threads, makeScratch: {},
            body: { range, _ in
                for user in range {
                    let entries = rows.range(ofRow: user)
                    let order = TimeOrder.positions(entries.map { matrix.timestamps[$0] })
                    for (place, position) in order.enumerated() {
                        let (target, source) = (
                            firsts[user] + place, entries.lowerBound + Int(position)
                        )
                        (columns + target).initialize(to: rows.columns[source])
                        (values + target).initialize(to: rows.values[source])
                        (places + target).initialize(to: byItemPlaces[source])
                        let before = entries.lowerBound + Int(order[max(place, 1) - 1])
                        let gap = TimeOrder.gap(
                            matrix.timestamps[before], matrix.timestamps[source])
                        (gaps + target).initialize(to: gap.rawValue)
                    }
                }
            })
    }

    deinit {
        columns.deallocate()
        values.deallocate()
        places.deallocate()
        gaps.deallocate()
    }

    /// For each entry of `byUser` its place in `byItem`, whose rows list users in their order.
    private static func byItemPlaces(_ matrix: RatingMatrix) -> [Int32] {
        var next = (0..<matrix.itemCount).map { Int32(matrix.byItem.range(ofRow: $0).lowerBound) }
        return (0..<matrix.count).map { entry in
            let item = Int(matrix.byUser.columns[entry])
            defer { next[item] += 1 }
            return next[item]
        }
    }
}
