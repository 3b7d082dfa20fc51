// SPDX-License-Identifier: GPL-3.0-or-later

/// The pseudo-inverse of a symmetric matrix without negative eigenvalues.
struct SpreadInverse {
    /// Eigenvalues below this part of the largest count as zero.
    private static let smallest = 1e-10

    private let order: Int
    private let numbers: [Double]

    /// Inverts `matrix`, order × order, where it stretches; O(order³).
    init(_ matrix: [Double], order: Int) {
        self.order = order
        let eigen = SymmetricEigen(matrix, order: order)
        let floor = Self.smallest * max(eigen.values.first ?? 0, 0)
        var numbers = [Double](repeating: 0, count: order * order)
        for (column, value) in eigen.values.enumerated() where value > floor {
            for row in 0..<order {
                let factor = eigen.vectors[row * order + column] / value
                for other in 0..<order {
                    numbers[row * order + other] += factor * eigen.vectors[other * order + column]
                }
            }
        }
        self.numbers = numbers
    }

    /// One row.
    func row(_ row: Int) -> [Double] { Array(numbers[row * order..<(row + 1) * order]) }

    /// The product with a vector.
    func product(_ vector: [Double]) -> [Double] {
        (0..<order).map { row in
            var sum = 0.0
            for column in 0..<order { sum += numbers[row * order + column] * vector[column] }
            return sum
        }
    }
}
