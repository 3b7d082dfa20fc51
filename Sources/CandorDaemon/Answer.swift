// SPDX-License-Identifier: GPL-3.0-or-later

public import CandorProtocol

/// A complete answer.
public struct Answer: Sendable {
    /// What to say.
    public let response: Result<Reply, WireError>
    /// The generation that all of it came from.
    public let generation: Int
    /// What it does to the connection.
    public let effect: ConnectionEffect

    /// Joins a response, its generation and its effect.
    public init(
        _ response: Result<Reply, WireError>, generation: Int, effect: ConnectionEffect = .none
    ) {
        self.response = response
        self.generation = generation
        self.effect = effect
    }
}
