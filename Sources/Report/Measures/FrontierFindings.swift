// SPDX-License-Identifier: GPL-3.0-or-later

public import Trust

/// What calibrated lists gain and cost at some strengths.
public struct FrontierFindings: Sendable {
    /// The measured strengths.
    public let frontier: MitigationFrontier
    /// The user attribute whose groups are compared.
    public let attribute: String
    /// How many users were measured.
    public let users: Int
    /// Bootstrap samples of users.
    public let resamples: Int

    /// Joins the parts.
    public init(_ frontier: MitigationFrontier, attribute: String, users: Int, resamples: Int) {
        self.frontier = frontier
        self.attribute = attribute
        self.users = users
        self.resamples = resamples
    }
}
