// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings
import Testing

@testable import Factors

/// The sampler's algebra and distributions.
@Suite("Bayesian algebra")
struct BayesianAlgebraTests {
    private func numbers(_ count: Int, seed: UInt64) -> [Double] {
        var random = TestRandom(seed)
        return (0..<count).map { _ in random.uniform() }
    }

    private func definite(_ size: Int, ridge: Double) -> [[Double]] {
        ReferenceAlgebra.normalMatrix(
            rows: (0..<size + 5).map { numbers(size, seed: UInt64($0 + 1)) },
            weights: (0..<size + 5).map { _ in 1 },
            prior: ReferenceAlgebra.diagonal(size) { _ in ridge })
    }

    @Test("a large matrix is inverted as elimination does", arguments: [1, 16, 63, 64, 65, 150])
    func symmetricInverse(size: Int) {
        let matrix = definite(size, ridge: 3)
        for threads in [1, 3] {
            let table = FloatTable(rowCount: size, width: (size + 15) / 16 * 16)
            for row in 0..<size {
                // Whatever stands below the diagonal must not matter.
                for column in 0..<size {
                    table.row(row)[column] = row <= column ? Float(matrix[row][column]) : 77
                }
            }
            SymmetricInverse.invert(table, threads: threads)
            for column in [0, size / 2, size - 1] {
                let unit = (0..<size).map { $0 == column ? 1.0 : 0 }
                let expected = ReferenceAlgebra.solve(matrix, unit)
                for row in 0..<size {
                    #expect(abs(Double(table.row(row)[column]) - expected[row]) < 1e-4)
                }
            }
        }
    }

    @Test("conjugate gradients solve every column as elimination does, at any number of threads")
    func conjugateGradients() {
        let size = 70
        let matrix = definite(size, ridge: 3)
        let right = FloatTable(rowCount: size, width: 16)
        for row in 0..<size {
            for (d, value) in numbers(16, seed: UInt64(row + 500)).enumerated() {
                right.row(row)[d] = Float(value)
            }
        }
        let solutions = [1, 3].map { threads in
            let solution = FloatTable(rowCount: size, width: 16)
            ConjugateGradients(
                inverseDiagonal: (0..<size).map { Float(1 / matrix[$0][$0]) }, threads: threads
            ).solve(right, into: solution) { source, target in
                for row in 0..<size {
                    for d in 0..<16 {
                        target.row(row)[d] = (0..<size).reduce(Float(0)) {
                            $0 + Float(matrix[row][$1]) * source.row($1)[d]
                        }
                    }
                }
            }
            return solution.numbers
        }
        #expect(solutions[0] == solutions[1])
        for d in [0, 7, 15] {
            let expected = ReferenceAlgebra.solve(
                matrix, (0..<size).map { Double(right.row($0)[d]) })
            for row in 0..<size {
                #expect(abs(Double(solutions[0][row * 16 + d]) - expected[row]) < 1e-2)
            }
        }
    }

    @Test("a small factor is inverted exactly")
    func upperFactor() {
        let matrix = definite(16, ridge: 1)
        let inverse = UpperFactor(of: matrix.flatMap(\.self), width: 16).inverse()
        for column in 0..<16 {
            // U⁻¹U⁻ᵀ = A⁻¹.
            let own = (0..<16).map { row in
                (0..<16).reduce(0.0) { $0 + inverse[row * 16 + $1] * inverse[column * 16 + $1] }
            }
            let unit = (0..<16).map { $0 == column ? 1.0 : 0 }
            for (value, expected) in zip(own, ReferenceAlgebra.solve(matrix, unit)) {
                #expect(abs(value - expected) < 1e-12)
            }
        }
    }

    @Test("draws of mean and precision have the posterior's moments")
    func normalWishart() {
        let (dimensions, width, count) = (3, 16, 40.0)
        let rows = (0..<Int(count)).map { row in
            numbers(dimensions, seed: UInt64(row + 1)).enumerated().map { $1 + Double($0) }
        }
        var evidence = NormalWishart.Evidence(
            count: count, sum: [Double](repeating: 0, count: width),
            squares: [Double](repeating: 0, count: width * width))
        for row in rows {
            for i in 0..<dimensions {
                evidence.sum[i] += row[i]
                for j in i..<dimensions { evidence.squares[i * width + j] += row[i] * row[j] }
            }
        }
        let prior = NormalWishart(scale: 4, dimensions: dimensions)
        let draws = 4000
        var mean = [Double](repeating: 0, count: dimensions)
        var precision = [Double](repeating: 0, count: width * width)
        for draw in 0..<draws {
            let drawn = prior.draw(evidence, CounterRandom(seed: UInt64(draw)))
            #expect(drawn.precision[5 * width + 5] == 1 && drawn.mean[5] == 0)
            for d in 0..<dimensions { mean[d] += drawn.mean[d] / Double(draws) }
            for place in precision.indices {
                precision[place] += drawn.precision[place] / Double(draws)
            }
        }
        // E m = Σ rows / (n + β₀).
        for d in 0..<dimensions {
            let expected = evidence.sum[d] / (count + NormalWishart.meanStrength)
            #expect(abs(mean[d] - expected) < 0.01)
        }
        // E Λ = (ν₀ + n) W with W⁻¹ = scale I + S + n β₀/(n + β₀) x̄x̄ᵀ.
        let centre = evidence.sum.map { $0 / count }
        let shrunk =
            count * NormalWishart.meanStrength / (count + NormalWishart.meanStrength)
        let scatter = (0..<dimensions).map { i in
            (0..<dimensions).map { j in
                rows.reduce(i == j ? 4.0 : 0) { $0 + ($1[i] - centre[i]) * ($1[j] - centre[j]) }
                    + shrunk * centre[i] * centre[j]
            }
        }
        for column in 0..<dimensions {
            let unit = (0..<dimensions).map { $0 == column ? 1.0 : 0 }
            let expected = ReferenceAlgebra.solve(scatter, unit)
            for row in 0..<dimensions {
                let reference = (Double(dimensions) + count) * expected[row]
                #expect(abs(precision[row * width + column] - reference) < 0.05)
            }
        }
    }

    @Test("a Gaussian prior's noise has its covariance")
    func gaussianPrior() {
        let matrix = definite(3, ridge: 2)
        var precision = [Double](repeating: 0, count: 256)
        for d in 0..<16 { precision[d * 17] = 1 }
        for i in 0..<3 { for j in 0..<3 { precision[i * 16 + j] = matrix[i][j] } }
        let prior = GaussianPrior(
            mean: [Double](repeating: 0, count: 16), precision: precision, dimensions: 3)
        // The factor's rows R⁻ᵀ: covariance = Σ_k row_k row_kᵀ.
        for column in 0..<3 {
            let unit = (0..<3).map { $0 == column ? 1.0 : 0 }
            for (row, expected) in ReferenceAlgebra.solve(matrix, unit).enumerated() {
                let value = (0..<16).reduce(0.0) {
                    $0 + Double(prior.noiseFactor[$1 * 16 + row])
                        * Double(prior.noiseFactor[$1 * 16 + column])
                }
                #expect(abs(value - expected) < 1e-6)
            }
        }
    }

    @Test("items without ratings and without features get finite, unremarkable scores")
    func unrated() throws {
        let data = SmallData.random(users: 30, items: 25, density: 0.5, seed: 4)
        let head = try BayesianTrainer.train(
            data, options: .init(factors: 3, sweeps: 12, burnIn: 4))
        let last = ItemIndex(head.itemCount - 1)
        for user in [0, 11, 29] {
            let vector = head.foldIn(data.profile(of: UserIndex(user))).vector
            let score = head.score(of: last, for: vector)
            #expect((1...5).contains(score), "\(score)")
        }
    }

    @Test("samples are kept evenly, the last sweep's among them")
    func kept() {
        let options = BayesianOptions(sweeps: 30, burnIn: 6, samples: 4)
        #expect((0..<30).filter { BayesianTrainer.isKept($0, options) } == [11, 17, 23, 29])
        let few = BayesianOptions(sweeps: 5, burnIn: 3, samples: 8)
        #expect((0..<5).filter { BayesianTrainer.isKept($0, few) } == [3, 4])
    }
}
