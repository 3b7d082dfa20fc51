// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// A request that waits until those before it are answered.
///
/// A class, because a session is looked at many times a turn and a parsed line is large to carry
/// along.
final class HeldLine {
    let line: ParsedLine
    /// Whether it may begin while requests are under way that allow it.
    let mayOverlap: Bool

    /// Holds a line.
    init(_ line: ParsedLine, mayOverlap: Bool) {
        self.line = line
        self.mayOverlap = mayOverlap
    }
}
