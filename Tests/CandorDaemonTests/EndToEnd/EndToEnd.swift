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
}
