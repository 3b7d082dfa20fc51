// SPDX-License-Identifier: GPL-3.0-or-later

extension RatingMatrix {
    /// Wraps rows that are already sorted, as a saved matrix has them.
    ///
    /// O(ratings + users + items). Traps unless there is one timestamp per entry; columns must
    /// ascend strictly within each row and lie below `byUser.columnCount`.
    public init(byUser: SparseRows, timestamps: [Int64]) {
        precondition(timestamps.count == byUser.count, "one timestamp per rating")
        self.byUser = byUser
        self.timestamps = timestamps
        byItem = byUser.transposed()
    }
}
