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
    /// Says as long as it holds that the same line gets the same answer; nil when nothing does.
    public let validity: Validity?

    /// Joins a response, its generation, its effect and its validity.
    public init(
        _ response: Result<Reply, WireError>, generation: Int, effect: ConnectionEffect = .none,
        validity: Validity? = nil
    ) {
        self.response = response
        self.generation = generation
        self.effect = effect
        self.validity = validity
    }
}
