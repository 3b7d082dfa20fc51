// SPDX-License-Identifier: GPL-3.0-or-later

public import Trust

/// What was measured of how far a generation's explanations can be trusted.
public struct Fidelity: Sendable, Equatable, Codable {
    /// The seed of the users who lost a rating.
    public let seed: UInt64
    /// The rating head's; nil where its effects are all alike.
    public let rating: RetrainSlope?
    /// The ranking head's.
    public let ranking: RetrainSlope?
}
