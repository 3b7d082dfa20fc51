// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels
import Testing

/// Every fast kernel against plain loops.
@Suite("Kernels")
struct KernelTests {
    static let widths = [16, 32, 48, 64, 112]
    static let counts = [0, 1, 7, 64, 131]

    private func numbers(_ count: Int, seed: UInt64) -> [Float] {
        var random = TestRandom(seed)
        return (0..<count).map { _ in Float(random.uniform()) }
    }

    @Test(
        "packing scales the chosen rows and sums the right side", arguments: widths, counts)
    func pack(width: Int, count: Int) {
        let table = numbers(9 * width, seed: 1)
        let columns = (0..<count).map { Int32($0 * 5 % 9) }
        let scales = numbers(count, seed: 2)
        let targets = numbers(count, seed: 3)
        var packed32 = [Float](repeating: 0, count: count * width)
        var right32 = [Float](repeating: 0.5, count: width)
        var packed64 = [Double](repeating: 0, count: count * width)
        var right64 = [Double](repeating: 0.5, count: width)
        kernel_pack_f32(table, width, columns, scales, targets, count, &packed32, &right32)
        kernel_pack_f64(
            table, width, columns, scales.map(Double.init), targets.map(Double.init), count,
            &packed64, &right64)
        var right = [Double](repeating: 0.5, count: width)
        for k in 0..<count {
            for d in 0..<width {
                let expected = Double(scales[k]) * Double(table[Int(columns[k]) * width + d])
                right[d] += Double(targets[k]) * expected
                #expect(abs(packed64[k * width + d] - expected) < 1e-15)
                #expect(abs(Double(packed32[k * width + d]) - expected) < 1e-6)
            }
        }
        for d in 0..<width {
            #expect(abs(right64[d] - right[d]) < 1e-12)
            #expect(abs(Double(right32[d]) - right[d]) < 1e-4)
        }
    }

    @Test("the Gram matrix is added to the upper triangle", arguments: widths, counts)
    func gram(width: Int, count: Int) {
        let packed = numbers(count * width, seed: 4)
        var matrix32 = [Float](repeating: 2, count: width * width)
        var matrix64 = [Double](repeating: 2, count: width * width)
        kernel_add_gram_f32(packed, count, width, &matrix32)
        kernel_add_gram_f64(packed.map(Double.init), count, width, &matrix64)
        var asking = [Float](repeating: 2, count: width * width)
        kernel_add_gram_asking_f32(
            packed, count, width, &asking, packed, (0..<Int32(count)).reversed(),
            max(0, count - 1))
        #expect(asking == matrix32, "asking for rows changes nothing")
        var largest = (0.0, 0.0)
        for i in 0..<width {
            for j in i..<width {
                var expected = 2.0
                for k in 0..<count {
                    expected += Double(packed[k * width + i]) * Double(packed[k * width + j])
                }
                largest.0 = max(largest.0, abs(Double(matrix32[i * width + j]) - expected))
                largest.1 = max(largest.1, abs(matrix64[i * width + j] - expected))
            }
        }
        #expect(largest.0 < 1e-4)
        #expect(largest.1 < 1e-12)
        #expect(matrix32.allSatisfy(\.isFinite) && matrix64.allSatisfy(\.isFinite))
    }

    @Test("factor and solve give the solution of elimination", arguments: widths)
    func solve(width: Int) {
        let rows = (0..<2 * width).map { numbers(width, seed: UInt64(100 + $0)).map(Double.init) }
        let full = ReferenceAlgebra.normalMatrix(
            rows: rows, weights: rows.map { _ in 1 },
            prior: ReferenceAlgebra.diagonal(width) { _ in 3 })
        let right = numbers(width, seed: 5).map(Double.init)
        let expected = ReferenceAlgebra.solve(full, right)
        // Whatever stands below the diagonal must not matter.
        var matrix = (0..<width * width).map { place in
            place / width <= place % width ? full[place / width][place % width] : 77
        }
        var x = right
        #expect(kernel_factor_f64(&matrix, width) == 0)
        for i in 0..<width {
            for below in 0..<i { #expect(matrix[i * width + below] == 0) }
            for j in i..<width {
                let product = (0..<width).reduce(0.0) {
                    $0 + matrix[$1 * width + i] * matrix[$1 * width + j]
                }
                #expect(abs(product - full[i][j]) < 1e-12)
            }
        }
        kernel_solve_f64(matrix, width, &x)
        for d in 0..<width { #expect(abs(x[d] - expected[d]) < 1e-13) }
    }

    @Test("a singular matrix is factored with raised pivots and still solved finitely")
    func singular() {
        let width = 16
        var matrix = [Double](repeating: 1, count: width * width)
        #expect(kernel_factor_f64(&matrix, width) == width - 1)
        var x = [Double](repeating: 1, count: width)
        kernel_solve_f64(matrix, width, &x)
        #expect(x.allSatisfy { $0.isFinite })
    }

    @Test("the exact dot product agrees with the plain sum", arguments: widths, counts)
    func dot(width: Int, count: Int) {
        let table = numbers(count * width, seed: 6)
        let vector = numbers(width, seed: 8)
        for j in 0..<count {
            let row = Array(table[j * width..<(j + 1) * width])
            let expected = ReferenceAlgebra.dot(row.map(Double.init), vector.map(Double.init))
            let exact = kernel_dot_f64(row, vector.map(Double.init), width)
            #expect(abs(exact - expected) < 1e-13)
        }
    }

    @Test("products of chosen rows are each row's, to the bit", arguments: widths, counts)
    func dotRows(width: Int, count: Int) {
        let table = numbers(9 * width, seed: 11)
        let vector = numbers(width, seed: 12).map(Double.init)
        let columns = (0..<count).map { Int32($0 * 5 % 9) }
        var products = [Double](repeating: .nan, count: count)
        kernel_dot_rows_f64(table, width, columns, count, vector, &products)
        for k in 0..<count {
            let row = Array(table[Int(columns[k]) * width..<(Int(columns[k]) + 1) * width])
            #expect(products[k] == kernel_dot_f64(row, vector, width))
        }
    }

    @Test("rows are scaled and summed", arguments: widths)
    func scaledRows(width: Int) {
        let matrix = numbers(width * width, seed: 13).map(Double.init)
        let vector = numbers(width, seed: 14).map(Double.init)
        var product = [Double](repeating: .nan, count: width)
        kernel_sum_scaled_rows_f64(matrix, width, vector, &product)
        for d in 0..<width {
            var expected = 0.0
            for i in 0..<width { expected += vector[i] * matrix[i * width + d] }
            #expect(abs(product[d] - expected) < 1e-12)
        }
    }
}
