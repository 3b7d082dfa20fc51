// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// What a list is calibrated to, and how much that counts.
public struct GenreCalibration: Sendable, Equatable {
    /// p(g|u): the user's own mix of genres; sums to 1.
    public let target: [Double]
    /// λ, 0…1: 0 orders by score alone, 1 by genres alone.
    public let strength: Double

    /// Puts the two together.
    public init(target: [Double], strength: Double) {
        precondition((0...1).contains(strength), "a strength outside 0…1")
        self.target = target
        self.strength = strength
    }

    /// A list as it is being filled.
    struct Progress {
        private let calibration: GenreCalibration
        /// Σ p(g|i) over the list so far.
        private var sums: [Double]
        private var count = 0.0
        /// KL(p‖q̃) of the list so far; of an empty one ln(1/α), as if it had none of the genres.
        private var divergence: Double
        /// For each genre its term of the divergence if the next item does not have it.
        private var terms: [Double] = []
        private var termSum = 0.0

        init(_ calibration: GenreCalibration) {
            self.calibration = calibration
            sums = [Double](repeating: 0, count: calibration.target.count)
            divergence = -log(GenreShares.smoothing)
            refresh()
        }

        /// What an item of these genres and this score would add to the list's objective.
        func gain(of genres: [Int], score: Double) -> Double {
            let strength = calibration.strength
            return (1 - strength) * score + strength * fall(genres)
        }

        /// How much the divergence falls when an item of these genres comes next.
        func fall(_ genres: [Int]) -> Double {
            var after = termSum
            for genre in genres where calibration.target[genre] > 0 {
                after += term(genre, sums[genre] + 1 / Double(genres.count)) - terms[genre]
            }
            return divergence - after
        }

        /// Takes an item of these genres into the list.
        mutating func add(_ genres: [Int]) {
            for genre in genres { sums[genre] += 1 / Double(genres.count) }
            count += 1
            divergence = 0
            for genre in sums.indices where calibration.target[genre] > 0 {
                divergence += term(genre, sums[genre], of: count)
            }
            refresh()
        }

        private mutating func refresh() {
            terms = sums.indices.map { genre in
                calibration.target[genre] > 0 ? term(genre, sums[genre]) : 0
            }
            termSum = terms.reduce(0, +)
        }

        /// p ln(p/q̃) of one genre in a list that is one item longer.
        private func term(_ genre: Int, _ sum: Double) -> Double { term(genre, sum, of: count + 1) }

        private func term(_ genre: Int, _ sum: Double, of count: Double) -> Double {
            let p = calibration.target[genre]
            let mixed = (1 - GenreShares.smoothing) * sum / count + GenreShares.smoothing * p
            return p * log(p / mixed)
        }
    }
}
