// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a `JournalWriter` puts changes: the `Journal`, or a failing stand-in under test.
public protocol JournalStorage: Sendable {
    /// Makes all `changes` durable or none, and returns their sequences in order.
    func append(_ changes: [RatingChange]) throws(JournalError) -> Range<Int64>

    /// Moves what was appended into its final place, so that the log does not grow for ever.
    ///
    /// Returns false, and changes nothing, while a backup copies the files: try again later.
    @discardableResult
    func checkpoint() throws(JournalError) -> Bool
}
