// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// How much memory training a head takes at most, told from sizes and options alone.
///
/// Every array that grows with users, items or ratings counts in the size that it is allocated in,
/// those at the same time together; what else there is (the ratings themselves, and some kilobytes)
/// does not. So it is an upper bound of what the trainers allocate, and depends on nothing that is only
/// known afterwards.
public struct TrainingMemory: Sendable, Equatable {
    /// The bytes at the worst moment of training, the head included.
    public let peakBytes: Int
    /// The bytes of the head that comes of it, with what its first answer adds.
    public let headBytes: Int
    /// The bytes of one user's vector.
    public let vectorBytes: Int

    /// Nothing is trained.
    public static let none = TrainingMemory(peakBytes: 0, headBytes: 0, columns: 0)

    /// Joins the parts; the head has designs of `columns`.
    init(peakBytes: Int, headBytes: Int, columns: Int) {
        self.peakBytes = peakBytes
        self.headBytes = headBytes
        vectorBytes = 8 * FactorMatrix.stride(forColumns: columns)
    }

    /// Blocks of 256 rows, each of `width` sums and `width`² products, as many as are there at a time.
    static func blockSums(rows: Int, width: Int, elementBytes: Int, threads: Int) -> Int {
        min((rows + 255) / 256, Parallel.valuesAtOnce * max(threads, 1))
            * (width + width * width) * elementBytes
    }

    /// Models that learn a number or none for each row: biases, means, counts.
    public static func ofBiases(_ size: MatrixSize) -> TrainingMemory {
        let head = DesignTable.byteCount(items: size.items, columns: 1) + 16 * size.items
        return TrainingMemory(
            peakBytes: head + 32 * (size.users + size.items), headBytes: head, columns: 1)
    }
}

extension DesignTable {
    /// The bytes of a table of so many items and columns, with what top-K scans and, while that is
    /// made, the order of the items.
    static func byteCount(items: Int, columns: Int) -> Int {
        let slots = (items + 15) / 16 * 16
        return slots * (FactorMatrix.stride(forColumns: columns) * 4 + (columns + 1) / 2 * 4 + 64)
    }
}
