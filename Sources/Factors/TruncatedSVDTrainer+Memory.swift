// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

extension TruncatedSVDTrainer {
    /// The memory that `train` takes on a matrix of `size` on `threads` threads, at most.
    public static func memory(
        for size: MatrixSize, options: TruncatedSVDOptions, threads: Int
    ) -> TrainingMemory {
        let width = FactorMatrix.stride(forColumns: options.factors + options.oversampling)
        let head =
            2 * DesignTable.byteCount(items: size.items, columns: options.factors)
            + 16 * size.items
        // Seven tables of the users while a polynomial is applied: the basis, two terms of the
        // recurrence, their sum, its parts and what makes it orthonormal.
        let tables = 8 * width * (7 * size.users + 4 * size.items)
        return TrainingMemory(
            peakBytes: head + tables + 32 * (size.users + size.items)
                + TrainingMemory.blockSums(
                    rows: max(size.users, size.items), width: width, elementBytes: 8,
                    threads: threads),
            headBytes: head, columns: options.factors)
    }
}
