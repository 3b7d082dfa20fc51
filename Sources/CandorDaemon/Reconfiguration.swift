// SPDX-License-Identifier: GPL-3.0-or-later

/// What a reload changes for the server.
public struct Reconfiguration: Sendable, Equatable {
    /// The bounds that it keeps from now on.
    public let options: ServingOptions
    /// The connections whose token is no longer in force: they are closed.
    public let revoked: [Int]

    /// Joins the parts.
    public init(_ options: ServingOptions, revoked: [Int] = []) {
        self.options = options
        self.revoked = revoked
    }
}
