// SPDX-License-Identifier: GPL-3.0-or-later

import CKernels

/// rows × columns floats, row-major, each row padded with zeros to `stride`.
///
/// The stride is a multiple of 16 floats (one 64-byte vector), so that kernels never need a tail loop.
public struct FactorMatrix: Sendable, Equatable {
    /// The number of rows.
    public let rowCount: Int
    /// The number of columns that mean something.
    public let columnCount: Int
    /// Floats from one row to the next: `columnCount` rounded up to a multiple of 16.
    public let stride: Int
    /// rowCount × stride floats; those beyond `columnCount` in each row are zero.
    public internal(set) var storage: [Float]

    /// A matrix of zeros; traps unless `rowCount` ≥ 0 and `columnCount` ≥ 1.
    public init(rowCount: Int, columnCount: Int) {
        precondition(rowCount >= 0 && columnCount >= 1, "a factor matrix needs a column")
        self.rowCount = rowCount
        self.columnCount = columnCount
        stride = Self.stride(forColumns: columnCount)
        storage = [Float](repeating: 0, count: rowCount * stride)
    }

    /// Wraps padded rows.
    ///
    /// Traps unless `stride` is the one that `columnCount` calls for, `storage` holds whole rows and
    /// the padding is zero.
    public init(columnCount: Int, stride: Int, storage: [Float]) {
        precondition(
            columnCount >= 1 && stride == Self.stride(forColumns: columnCount)
                && storage.count.isMultiple(of: stride), "factor rows of a wrong length")
        rowCount = storage.count / stride
        self.columnCount = columnCount
        self.stride = stride
        self.storage = storage
        for row in 0..<rowCount {
            precondition(
                storage[row * stride + columnCount..<(row + 1) * stride].allSatisfy { $0 == 0 },
                "factor rows must be padded with zeros")
        }
    }

    /// `columnCount` rounded up to a multiple of 16.
    public static func stride(forColumns columnCount: Int) -> Int { (columnCount + 15) / 16 * 16 }

    /// One element; traps outside the matrix.
    public subscript(row: Int, column: Int) -> Float {
        get {
            precondition(column >= 0 && column < columnCount, "no such column")
            return storage[row * stride + column]
        }
        set {
            precondition(column >= 0 && column < columnCount, "no such column")
            storage[row * stride + column] = newValue
        }
    }

    /// One row without its padding.
    public func row(_ row: Int) -> ArraySlice<Float> {
        storage[row * stride..<row * stride + columnCount]
    }

    /// A row times a vector of `stride` numbers, in Double; traps unless there is such a row.
    func product(ofRow row: Int, with vector: UnsafePointer<Double>) -> Double {
        precondition(row >= 0 && row < rowCount, "no such row")
        return storage.withUnsafeBufferPointer { storage in
            // Non-nil because there is a row.
            guard let start = storage.baseAddress else { return 0 }
            return kernel_dot_f64(start + row * stride, vector, stride)
        }
    }

    /// Whether no element is infinite or NaN.
    public var isFinite: Bool { storage.allSatisfy(\.isFinite) }
}
