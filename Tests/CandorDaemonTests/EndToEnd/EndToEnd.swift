// SPDX-License-Identifier: GPL-3.0-or-later

import TestSupport
import Testing

/// Tests of the built programs: each starts processes of its own on made-up data.
///
/// Serialized, because they compete for the processors and their bounds are in seconds.
@Suite("End to end", .serialized)
enum EndToEnd {
    /// How long anything may take before a test fails instead of waiting on.
    ///
    /// Where the processors are shared, a start that is over in a moment elsewhere can take half of it.
    static let timeoutSeconds = Sanitizer.patience(60)

    /// Whether `isOver`, which waits a second, becomes true within `timeoutSeconds`.
    ///
    /// Counts the waits and not the time: what all processes were stopped for is nobody's delay.
    static func waits(until isOver: () -> Bool) -> Bool {
        for _ in 0..<Int(timeoutSeconds) where isOver() { return true }
        return false
    }
}
