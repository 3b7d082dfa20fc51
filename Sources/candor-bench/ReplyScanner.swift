// SPDX-License-Identifier: GPL-3.0-or-later

/// Counts the complete replies in a stream that may be split anywhere.
///
/// Far cheaper than reading them: the generator must not be what limits the server.
protocol ReplyScanner {
    /// A scanner at the beginning of a stream.
    init()
    /// Takes the next bytes and returns how many replies they complete, and how many of those are
    /// errors.
    mutating func scan(_ bytes: UnsafeRawBufferPointer) -> (completed: Int, failed: Int)
}
