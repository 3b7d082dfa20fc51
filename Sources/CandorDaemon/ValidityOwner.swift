// SPDX-License-Identifier: GPL-3.0-or-later

/// Has answers hold as long as it exists.
///
/// It lies with what the answers were made from, so that letting go of that is all it takes: no
/// answer outlives what it was made from because somebody forgot to say so.
final class ValidityOwner: Sendable {
    /// What the answers refer to.
    let validity = Validity()

    deinit { validity.end() }
}
