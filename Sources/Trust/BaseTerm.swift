// SPDX-License-Identifier: GPL-3.0-or-later

/// A named part of a score that no rating of the user makes.
public struct BaseTerm: Sendable, Equatable {
    /// What the term is: `mean`, `item`.
    public let name: String
    /// What it adds to the score.
    public let amount: Double

    /// Names an amount.
    public init(name: String, amount: Double) {
        self.name = name
        self.amount = amount
    }
}
