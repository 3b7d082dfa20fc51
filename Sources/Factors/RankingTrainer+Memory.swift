// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

extension RankingTrainer {
    /// The memory that `train` takes on a matrix of `size` on `threads` threads, at most.
    public static func memory(
        for size: MatrixSize, options: RankingHeadOptions, threads: Int
    ) -> TrainingMemory {
        let width = FactorMatrix.stride(forColumns: options.factors)
        // The items' factors are the designs' rows.
        let head =
            DesignTable.byteCount(items: size.items, columns: options.factors)
            + 16 * width * width
        let scratch = 4 * (RowScratch.rowsAtOnce * (width + 2) + width * width)
        return TrainingMemory(
            peakBytes: head + 4 * width * size.users
                + TrainingMemory.blockSums(
                    rows: max(size.users, size.items), width: width, elementBytes: 4,
                    threads: threads)
                + max(threads, 1) * scratch + 24 * (size.users + size.items),
            headBytes: head, columns: options.factors)
    }
}
