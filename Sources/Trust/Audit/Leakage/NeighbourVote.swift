// SPDX-License-Identifier: GPL-3.0-or-later

import Factors

/// An attacker without a model: it guesses by the users whose vectors are nearest.
struct NeighbourVote: Sendable {
    /// How many neighbours vote.
    static let neighbourCount = 50

    /// For each guessed user the places of the nearest known ones, nearest first.
    private let neighbours: [[Int32]]

    /// Finds the neighbours by Euclidean distance, ties by place.
    ///
    /// O(known × guessed × width).
    init(_ sample: AttackSample, threads: Int) {
        let width = sample.width
        let count = min(Self.neighbourCount, sample.known.count)
        neighbours = Parallel.map(
            count: sample.guessed.count, chunk: 16, threads: threads
        ) { guessed in
            let distances = sample.known.indices.map { known in
                Self.distance(
                    sample.knownRows, known * width, sample.guessedRows, guessed * width, width)
            }
            return Self.smallest(count, of: distances)
        }
    }

    /// The part of each guessed user's neighbours that is in the group, of those whose group is
    /// known; 0 where none is.
    func scores(_ group: Int32, codes: [Int32]) -> [Double] {
        neighbours.map { neighbours in
            let known = neighbours.count { codes[Int($0)] >= 0 }
            let own = neighbours.count { codes[Int($0)] == group }
            return known == 0 ? 0 : Double(own) / Double(known)
        }
    }

    private static func distance(
        _ left: [Double], _ leftStart: Int, _ right: [Double], _ rightStart: Int, _ width: Int
    ) -> Double {
        left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                // Four sums, so that additions need not wait for each other.
                var sums = (0.0, 0.0, 0.0, 0.0)
                var place = 0
                while place + 4 <= width {
                    let a = left[leftStart + place] - right[rightStart + place]
                    let b = left[leftStart + place + 1] - right[rightStart + place + 1]
                    let c = left[leftStart + place + 2] - right[rightStart + place + 2]
                    let d = left[leftStart + place + 3] - right[rightStart + place + 3]
                    sums.0 += a * a
                    sums.1 += b * b
                    sums.2 += c * c
                    sums.3 += d * d
                    place += 4
                }
                while place < width {
                    let a = left[leftStart + place] - right[rightStart + place]
                    sums.0 += a * a
                    place += 1
                }
                return (sums.0 + sums.1) + (sums.2 + sums.3)
            }
        }
    }

    /// The places of the `count` smallest numbers, ascending; ties by place.
    private static func smallest(_ count: Int, of numbers: [Double]) -> [Int32] {
        var best: [(number: Double, place: Int32)] = []
        best.reserveCapacity(count + 1)
        for (place, number) in numbers.enumerated()
        where best.count < count || number < best[best.count - 1].number {
            var at = best.count
            while at > 0, best[at - 1].number > number { at -= 1 }
            best.insert((number, Int32(place)), at: at)
            if best.count > count { best.removeLast() }
        }
        return best.map(\.place)
    }
}
