// SPDX-License-Identifier: GPL-3.0-or-later

/// How long an answer holds: as long as this object exists.
///
/// The service keeps the object while the same line would get the same answer; who keeps an answer
/// refers to it weakly. Nobody has to be told when something changes: letting go is enough.
public final class Validity: Sendable {
    /// Begins.
    public init() {}
}
