// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Glibc

/// A linear classifier of two classes: P(true | x) = 1 / (1 + e^−(w·x + b)).
///
/// Minimises ½ λ |w|² + Σ log loss, the intercept b free (Hastie, Tibshirani & Friedman 2009, §4.4),
/// by Newton's method with halved steps: the minimum is unique, so the result is the same as that
/// of any solver that converges.
public struct LogisticRegression: Sendable {
    /// The weight of each feature.
    public let weights: [Double]
    /// The intercept.
    public let intercept: Double

    private static let stepsMax = 50
    private static let halvingsMax = 30
    /// Rows packed at a time.
    private static let rowsAtOnce = 64

    /// Fits rows of `width` features to labels.
    ///
    /// `features` holds `labels.count` rows; both classes must occur (traps otherwise) and
    /// `penalty` λ be positive. O(steps × rows × width²), about seven steps.
    public init(features: [Double], width: Int, labels: [Bool], penalty: Double = 1) {
        precondition(features.count == width * labels.count, "a row for each label")
        precondition(penalty > 0 && Set(labels).count == 2, "two classes and a penalty")
        var fit = Fit(features: features, width: width, labels: labels, penalty: penalty)
        var point = [Double](repeating: 0, count: fit.stride)
        var loss = fit.loss(point)
        for _ in 0..<Self.stepsMax {
            let step = fit.newtonStep(point)
            let largest = step.reduce(0) { max($0, abs($1)) }
            var factor = 1.0
            var next = point
            for _ in 0..<Self.halvingsMax {
                for place in next.indices { next[place] = point[place] - factor * step[place] }
                if fit.loss(next) <= loss { break }
                factor /= 2
            }
            point = next
            loss = fit.loss(point)
            if largest < 1e-10 { break }
        }
        weights = Array(point[..<width])
        intercept = point[width]
    }

    /// w·x + b of the row that begins at `start` of `features`.
    public func score(_ features: [Double], at start: Int) -> Double {
        var sum = intercept
        for (place, weight) in weights.enumerated() { sum += weight * features[start + place] }
        return sum
    }

    /// The rows of a fit, padded for the kernels, the intercept's column of ones behind the features.
    private struct Fit {
        let rows: [Double]
        let labels: [Bool]
        let stride: Int
        let width: Int
        let penalty: Double
        var packed: [Double]

        init(features: [Double], width: Int, labels: [Bool], penalty: Double) {
            let stride = (width + 1 + 15) / 16 * 16
            var rows = [Double](repeating: 0, count: labels.count * stride)
            for row in labels.indices {
                for column in 0..<width {
                    rows[row * stride + column] = features[row * width + column]
                }
                rows[row * stride + width] = 1
            }
            self.rows = rows
            self.labels = labels
            self.stride = stride
            self.width = width
            self.penalty = penalty
            packed = [Double](repeating: 0, count: LogisticRegression.rowsAtOnce * stride)
        }

        func product(_ row: Int, _ point: [Double]) -> Double {
            var sum = 0.0
            for column in 0...width { sum += rows[row * stride + column] * point[column] }
            return sum
        }

        func loss(_ point: [Double]) -> Double {
            var loss = 0.0
            for column in 0..<width { loss += penalty / 2 * point[column] * point[column] }
            for (row, label) in labels.enumerated() {
                // log(1 + e^−m) without overflow.
                let margin = (label ? 1 : -1) * product(row, point)
                loss += max(0, -margin) + log1p(exp(-abs(margin)))
            }
            return loss
        }

        /// The Hessian's inverse times the gradient.
        mutating func newtonStep(_ point: [Double]) -> [Double] {
            var matrix = [Double](repeating: 0, count: stride * stride)
            var gradient = [Double](repeating: 0, count: stride)
            for column in 0..<stride {
                matrix[column * stride + column] = column < width ? penalty : column > width ? 1 : 0
                gradient[column] = column < width ? penalty * point[column] : 0
            }
            for first in Swift.stride(
                from: 0, to: labels.count, by: LogisticRegression.rowsAtOnce)
            {
                let block = first..<min(first + LogisticRegression.rowsAtOnce, labels.count)
                for row in block {
                    let chance = 1 / (1 + exp(-product(row, point)))
                    let error = chance - (labels[row] ? 1 : 0)
                    let scale = (chance * (1 - chance)).squareRoot()
                    let target = (row - first) * stride
                    for column in 0...width {
                        gradient[column] += error * rows[row * stride + column]
                        packed[target + column] = scale * rows[row * stride + column]
                    }
                }
                kernel_add_gram_f64(packed, block.count, stride, &matrix)
            }
            _ = kernel_factor_f64(&matrix, stride)
            kernel_solve_f64(matrix, stride, &gradient)
            return gradient
        }
    }
}
