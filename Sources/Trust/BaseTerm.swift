// SPDX-License-Identifier: GPL-3.0-or-later

/// A named part of a score that is the same for every user.
public struct BaseTerm: Sendable, Equatable {
    /// What the term is: `mean`, `item`.
    public let name: String
    /// What it adds to the score.
    public let amount: Double
}
