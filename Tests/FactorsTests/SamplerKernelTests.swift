// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Testing

/// The kernels of the rating head's sampler against plain loops.
@Suite("Sampler kernels")
struct SamplerKernelTests {
    static let widths = [16, 32, 48, 96]
    private static let lanes32 = Int(batch_lanes_f32)
    private static let lanes64 = Int(batch_lanes_f64)

    private func numbers(_ count: Int, seed: UInt64) -> [Float] {
        var random = TestRandom(seed)
        return (0..<count).map { _ in Float(random.uniform()) }
    }

    /// One positive definite matrix for each lane.
    private func systems(_ count: Int, width: Int) -> [[[Double]]] {
        (0..<count).map { system in
            let rows = (0..<2 * width).map { row in
                numbers(width, seed: UInt64(1000 * system + row)).map(Double.init)
            }
            return ReferenceAlgebra.normalMatrix(
                rows: rows, weights: rows.map { _ in 0.5 },
                prior: ReferenceAlgebra.diagonal(width) { _ in 2 })
        }
    }

    /// A batch of matrices as the kernels keep them.
    private func loaded(_ systems: [[[Double]]], width: Int) -> [Float] {
        var matrices = [Float](repeating: 0, count: width * (width + 1) / 2 * Self.lanes32)
        var vectors = [Float](repeating: 0, count: width * Self.lanes32)
        kernel_batch_load_f32(
            systems.flatMap { flat($0).map(Float.init) },
            [Float](repeating: 0, count: width * Self.lanes32),
            [Float](repeating: 1, count: Self.lanes32),
            [Float](repeating: 0, count: width * width), width, &matrices, &vectors)
        return matrices
    }

    private func flat(_ matrix: [[Double]]) -> [Double] { matrix.flatMap(\.self) }

    @Test("a row's sums are the plain ones", arguments: widths + [80], [0, 1, 5, 64, 128, 512])
    func rowSums(width: Int, count: Int) {
        rowSums(width, count, isCoded: false)
        rowSums(width, count, isCoded: true)
    }

    private func rowSums(_ width: Int, _ count: Int, isCoded: Bool) {
        let table = numbers(31 * width, seed: 1)
        let offsets = numbers(31, seed: 2)
        let columns = (0..<count + 200).map { Int32($0 * 7 % 31) }
        let codes = (0..<count).map { UInt8($0 * 11 % 256) }
        let distinct = numbers(256, seed: 4)
        let values = codes.map { distinct[Int($0)] }
        var matrix = [Float](repeating: 1, count: width * width)
        var right = [Float](repeating: 1, count: width)
        let squares = columns.withUnsafeBufferPointer { columns in
            (isCoded ? distinct : values).withUnsafeBufferPointer { values in
                codes.withUnsafeBufferPointer { codes in
                    var entries = kernel_entries(
                        columns: columns.baseAddress, codes: isCoded ? codes.baseAddress : nil,
                        values: values.baseAddress, count: count,
                        following: isCoded ? columns.count - count : 0,
                        asks_for_offsets: width == 32)
                    return kernel_row_sums_f32(
                        table, offsets, width, &entries, &matrix, &right)
                }
            }
        }
        var expected = (
            squares: 0.0, right: [Double](repeating: 1, count: width),
            matrix: [[Double]](
                repeating: [Double](repeating: 1, count: width), count: width)
        )
        for k in 0..<count {
            let column = Int(columns[k])
            let target =
                Double(table[column * width]) * (Double(values[k]) - Double(offsets[column]))
            let design = (0..<width).map { Double(table[column * width + $0]) }
            expected.squares += target * target
            for i in 0..<width {
                expected.right[i] += target * design[i]
                for j in i..<width { expected.matrix[i][j] += design[i] * design[j] }
            }
        }
        let tolerance = 1e-5 * Double(count + 1)
        #expect(abs(Double(squares) - expected.squares) < tolerance)
        for i in 0..<width {
            #expect(abs(Double(right[i]) - expected.right[i]) < tolerance)
            for j in i..<width {
                #expect(abs(Double(matrix[i * width + j]) - expected.matrix[i][j]) < tolerance)
            }
        }
    }

    @Test("a batch is loaded from its rows' sums, element by element", arguments: widths)
    func load(width: Int) {
        let lanes = Self.lanes32
        let sums = numbers(lanes * width * width, seed: 1)
        let rights = numbers(lanes * width, seed: 2)
        let weights = numbers(lanes, seed: 3)
        let precision = numbers(width * width, seed: 4)
        var matrices = [Float](repeating: .nan, count: width * (width + 1) / 2 * lanes)
        var vectors = [Float](repeating: .nan, count: width * lanes)
        kernel_batch_load_f32(sums, rights, weights, precision, width, &matrices, &vectors)
        for lane in 0..<lanes {
            let weight = Double(weights[lane])
            var element = 0
            for i in 0..<width {
                for j in i..<width {
                    let expected =
                        Double(precision[i * width + j])
                        + weight * Double(sums[(lane * width + i) * width + j])
                    #expect(abs(Double(matrices[element * lanes + lane]) - expected) < 1e-6)
                    element += 1
                }
                #expect(vectors[i * lanes + lane] == weights[lane] * rights[lane * width + i])
            }
        }
    }

    @Test("rows join to a batch and part again", arguments: widths)
    func joined(width: Int) {
        let lanes = Self.lanes32
        let rows = numbers(lanes * width, seed: 1)
        var vectors = [Float](repeating: .nan, count: width * lanes)
        kernel_batch_join_f32(rows, width, &vectors)
        for lane in 0..<lanes {
            for d in 0..<width { #expect(vectors[d * lanes + lane] == rows[lane * width + d]) }
        }
        var parted = [Float](repeating: .nan, count: width * lanes)
        kernel_batch_part_f32(vectors, width, &parted)
        #expect(parted == rows)
    }

    @Test("a batch in double is solved as elimination solves each system", arguments: widths)
    func batch64(width: Int) {
        let systems = systems(Self.lanes64, width: width)
        var matrices = [Double](repeating: 0, count: width * (width + 1) / 2 * Self.lanes64)
        kernel_batch_gather_f64(systems.flatMap(flat), width, &matrices)
        var inverses = [Double](repeating: 0, count: width * Self.lanes64)
        kernel_batch_factor_f64(&matrices, width, &inverses)
        let right = numbers(width * Self.lanes64, seed: 9).map(Double.init)
        var vectors = right
        kernel_batch_forward_f64(matrices, inverses, width, &vectors)
        let forward = vectors
        kernel_batch_backward_f64(matrices, inverses, width, &vectors)
        for (lane, system) in systems.enumerated() {
            func own(_ all: [Double]) -> [Double] {
                (0..<width).map { all[$0 * Self.lanes64 + lane] }
            }
            let expected = ReferenceAlgebra.solve(system, own(right))
            for (value, reference) in zip(own(vectors), expected) {
                #expect(abs(value - reference) < 1e-11)
            }
            // |U⁻ᵀb|² = bᵀA⁻¹b.
            let square = ReferenceAlgebra.dot(own(forward), own(forward))
            #expect(abs(square - ReferenceAlgebra.dot(own(right), expected)) < 1e-10)
        }
    }

    @Test("a batch in float is solved too, and a lane does not depend on the others")
    func batch32() {
        let width = 32
        let systems = systems(Self.lanes32, width: width)
        func solve(_ systems: [[[Double]]], _ right: [Float]) -> [Float] {
            var matrices = loaded(systems, width: width)
            var inverses = [Float](repeating: 0, count: width * Self.lanes32)
            kernel_batch_factor_f32(&matrices, width, &inverses)
            var vectors = right
            kernel_batch_forward_f32(matrices, inverses, width, &vectors)
            kernel_batch_backward_f32(matrices, inverses, width, &vectors)
            return vectors
        }
        let right = numbers(width * Self.lanes32, seed: 9)
        let all = solve(systems, right)
        for (lane, system) in systems.enumerated() {
            let own = (0..<width).map { Double(right[$0 * Self.lanes32 + lane]) }
            for (d, reference) in ReferenceAlgebra.solve(system, own).enumerated() {
                #expect(abs(Double(all[d * Self.lanes32 + lane]) - reference) < 1e-5)
            }
        }
        var others = systems
        for lane in 1..<Self.lanes32 { others[lane] = systems[0] }
        let mixed = solve(others, right)
        for d in 0..<width {
            #expect(mixed[d * Self.lanes32] == all[d * Self.lanes32])
        }
    }

    @Test("a singular matrix is factored with raised pivots and solved finitely")
    func singular() {
        let width = 16
        var matrices = [Double](repeating: 1, count: width * (width + 1) / 2 * Self.lanes64)
        var inverses = [Double](repeating: 0, count: width * Self.lanes64)
        kernel_batch_factor_f64(&matrices, width, &inverses)
        #expect(matrices.allSatisfy(\.isFinite) && inverses.allSatisfy { $0 <= 0x1p25 })
        var narrow = [Float](repeating: 1, count: width * (width + 1) / 2 * Self.lanes32)
        var narrowInverses = [Float](repeating: 0, count: width * Self.lanes32)
        kernel_batch_factor_f32(&narrow, width, &narrowInverses)
        #expect(narrow.allSatisfy(\.isFinite) && narrowInverses.allSatisfy { $0 <= 0x1p11 })
    }

    @Test("draws have the mean of elimination, and residuals are those of the draw")
    func draw() {
        let (width, lanes, ratings) = (32, Self.lanes32, 40)
        let precision = systems(1, width: width)[0]
        let means = numbers(width * lanes, seed: 21)
        let noise = numbers(width * lanes, seed: 22)
        let designs = (0..<lanes).map { lane in
            (0..<ratings).map { numbers(width, seed: UInt64(lane * 100 + $0)).map(Double.init) }
        }
        let targets = (0..<lanes).map { lane in
            numbers(ratings, seed: UInt64(lane + 5000)).map(Double.init)
        }
        var vectors = [Float](repeating: 0, count: width * lanes)
        var residuals = [Float](repeating: 0, count: lanes)
        var systems: [[[Double]]] = []
        for lane in 0..<lanes {
            let system = ReferenceAlgebra.normalMatrix(
                rows: designs[lane], weights: targets[lane].map { _ in 1 }, prior: precision)
            systems.append(system)
            for (row, target) in zip(designs[lane], targets[lane]) {
                for d in 0..<width { vectors[d * lanes + lane] += Float(target * row[d]) }
            }
            residuals[lane] = Float(ReferenceAlgebra.dot(targets[lane], targets[lane]))
        }
        let right = vectors
        var matrices = loaded(systems, width: width)
        var expected = [Float](repeating: 0, count: width * lanes)
        var scratch = [Float](repeating: 0, count: 3 * width * lanes)
        kernel_batch_draw_f32(
            &matrices, flat(precision).map(Float.init), means, noise, width, &vectors, &expected,
            &residuals, &scratch)
        for lane in 0..<lanes {
            func own(_ all: [Float]) -> [Double] {
                (0..<width).map { Double(all[$0 * lanes + lane]) }
            }
            let prior = precision.map { ReferenceAlgebra.dot($0, own(means)) }
            let mean = ReferenceAlgebra.solve(
                systems[lane], zip(own(right), prior).map { $0 + $1 })
            for (value, reference) in zip(own(expected), mean) {
                #expect(abs(value - reference) < 1e-5)
            }
            // A draw's distance from the mean is |noise|² in the metric of A.
            let moved = zip(own(vectors), mean).map { $0 - $1 }
            let square = systems[lane].map { ReferenceAlgebra.dot($0, moved) }
            let length = ReferenceAlgebra.dot(own(noise), own(noise))
            #expect(abs(ReferenceAlgebra.dot(square, moved) - length) < 1e-3)
            let error = zip(designs[lane], targets[lane]).reduce(0.0) { sum, entry in
                let rest = entry.1 - ReferenceAlgebra.dot(entry.0, own(vectors))
                return sum + rest * rest
            }
            #expect(abs(Double(residuals[lane]) - error) < 1e-3)
        }
    }

    @Test("normal numbers are a pure function of key and place, with a normal's moments")
    func normals() {
        let count = 1 << 18
        var numbers = [Float](repeating: 0, count: count)
        kernel_normals_f32(7, count, &numbers)
        var again = [Float](repeating: 0, count: 64)
        kernel_normals_f32(7, 64, &again)
        #expect(again == Array(numbers.prefix(64)))
        kernel_normals_f32(8, 64, &again)
        #expect(again != Array(numbers.prefix(64)))
        func moment(_ power: Int) -> Double {
            numbers.reduce(0.0) { sum, x in
                sum + (0..<power).reduce(1.0) { product, _ in product * Double(x) }
            } / Double(count)
        }
        #expect(abs(moment(1)) < 0.01)
        #expect(abs(moment(2) - 1) < 0.015)
        #expect(abs(moment(3)) < 0.03)
        #expect(abs(moment(4) - 3) < 0.08)
        let beyond = Double(numbers.count { abs($0) > 1.959_964 }) / Double(count)
        #expect(abs(beyond - 0.05) < 0.002)
        #expect(numbers.allSatisfy { abs($0) <= 5.9 })
        let neighbours = zip(numbers, numbers.dropFirst()).reduce(0.0) {
            $0 + Double($1.0) * Double($1.1)
        }
        #expect(abs(neighbours / Double(count)) < 0.01)
    }

    @Test("products are added, of a matrix and of its transpose", arguments: [1, 7, 64], [16, 48])
    func product(inner: Int, columns: Int) {
        let rows = 13
        let left = numbers(rows * inner, seed: 1)
        let right = numbers(inner * columns, seed: 2)
        let transposed = (0..<inner * rows).map { left[$0 % rows * inner + $0 / rows] }
        var one = [Float](repeating: 2, count: rows * columns)
        var other = one
        kernel_add_product_f32(left, inner, 1, right, columns, &one, columns, rows, inner, columns)
        kernel_add_product_f32(
            transposed, 1, rows, right, columns, &other, columns, rows, inner, columns)
        #expect(one == other)
        for row in 0..<rows {
            for column in 0..<columns {
                let expected = (0..<inner).reduce(2.0) { sum, k in
                    sum + Double(left[row * inner + k]) * Double(right[k * columns + column])
                }
                #expect(abs(Double(one[row * columns + column]) - expected) < 1e-4)
            }
        }
    }

    @Test("codes stand for their numbers", arguments: [0, 1, 17, 300])
    func decode(count: Int) {
        let distinct = (0..<256).map { Float($0) / 2 }
        let codes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37) }
        var values = [Float](repeating: .nan, count: max(count, 1))
        kernel_decode_f32(codes, distinct, count, &values)
        #expect(Array(values[..<count]) == codes.map { Float($0) / 2 })
    }

    @Test("rows of a table are summed in order", arguments: widths, [0, 1, 9, 130])
    func sums(width: Int, count: Int) {
        let table = numbers(17 * width, seed: 3)
        let columns = (0..<count).map { Int32($0 * 5 % 17) }
        var narrow = [Float](repeating: .nan, count: width)
        var wide = [Double](repeating: .nan, count: width)
        kernel_sum_rows_f32(table, width, columns, count, &narrow)
        kernel_sum_rows_f64(table, width, columns, count, &wide)
        for d in 0..<width {
            let expected = columns.reduce(0.0) { $0 + Double(table[Int($1) * width + d]) }
            #expect(abs(wide[d] - expected) < 1e-12)
            #expect(abs(Double(narrow[d]) - expected) < 1e-4)
        }
    }
}
