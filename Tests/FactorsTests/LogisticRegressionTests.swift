// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Foundation
import Ratings
import Testing

@Suite("Logistic regression")
struct LogisticRegressionTests {
    /// Rows of `width` normal numbers whose labels follow the first two, with noise.
    private static func data(
        _ count: Int, width: Int, seed: UInt64
    ) -> (features: [Double], labels: [Bool]) {
        let random = CounterRandom(seed: seed)
        let features = (0..<count * width).map { random.normal(UInt64($0)) }
        let labels = (0..<count).map { row in
            let signal = 2 * features[row * width] - features[row * width + 1] + 0.5
            return random.uniform(UInt64(1_000_000 + row)) < 1 / (1 + exp(-signal))
        }
        return (features, labels)
    }

    @Test("the gradient is zero at the fit, for widths beside and at the kernels' own")
    func optimum() {
        for width in [2, 15, 16, 33] {
            let (features, labels) = Self.data(400, width: width, seed: UInt64(width))
            let fit = LogisticRegression(features: features, width: width, labels: labels)
            var gradient = fit.weights + [0]
            for (row, label) in labels.enumerated() {
                let score = fit.score(features, at: row * width)
                let error = 1 / (1 + exp(-score)) - (label ? 1 : 0)
                for column in 0..<width {
                    gradient[column] += error * features[row * width + column]
                }
                gradient[width] += error
            }
            #expect(gradient.allSatisfy { abs($0) < 1e-8 }, "\(width): \(gradient)")
        }
    }

    @Test("planted weights are found")
    func planted() {
        let (features, labels) = Self.data(20_000, width: 3, seed: 9)
        let fit = LogisticRegression(features: features, width: 3, labels: labels)
        #expect(abs(fit.weights[0] - 2) < 0.1 && abs(fit.weights[1] + 1) < 0.1)
        #expect(abs(fit.weights[2]) < 0.1 && abs(fit.intercept - 0.5) < 0.1)
    }

    @Test("classes that a line parts do not run away")
    func separable() {
        let fit = LogisticRegression(
            features: [-2, -1, 1, 2], width: 1, labels: [false, false, true, true])
        #expect(fit.weights[0] > 0 && fit.weights[0] < 5 && abs(fit.intercept) < 1e-8)
    }

    @Test("principal components keep the distances of rows that lie in few dimensions")
    func components() {
        let random = CounterRandom(seed: 3)
        let (count, width) = (50, 20)
        let axes = (0..<3 * width).map { random.normal(UInt64($0)) }
        var rows: [Double] = []
        for row in 0..<count {
            let place = (0..<3).map { random.normal(UInt64(1000 + row * 3 + $0)) }
            for column in 0..<width {
                rows.append((0..<3).reduce(0) { $0 + place[$1] * axes[$1 * width + column] })
            }
        }
        let reduced = PrincipalComponents.reduce(rows, width: width, to: 4)
        func distance(_ rows: [Double], _ width: Int, _ left: Int, _ right: Int) -> Double {
            (0..<width).reduce(0) {
                $0 + pow(rows[left * width + $1] - rows[right * width + $1], 2)
            }.squareRoot()
        }
        for other in 1..<count {
            let difference = distance(rows, width, 0, other) - distance(reduced, 4, 0, other)
            #expect(abs(difference) < 1e-9)
        }
        // A fourth dimension has nothing to hold.
        #expect((0..<count).allSatisfy { abs(reduced[$0 * 4 + 3]) < 1e-6 })
        #expect(PrincipalComponents.reduce(rows, width: width, to: 20) == rows)
    }
}
