// SPDX-License-Identifier: GPL-3.0-or-later

/// What a generation says of itself: where it comes from and what identifies it.
public struct GenerationManifest: Sendable, Equatable, Codable {
    /// The generation's number, from 1, never used again in a state directory.
    public let number: Int
    /// When training ended, in seconds since 1970.
    public let createdAtSeconds: Int64
    /// How long training took.
    public let trainingSeconds: Double
    /// The data's name, for example `ml-1m`.
    public let datasetName: String
    /// Whether the data was made up by `candord generate`.
    public let isSynthetic: Bool
    /// The number of users, those without ratings included.
    public let userCount: Int
    /// The number of items, those without ratings included.
    public let itemCount: Int
    /// The number of ratings.
    public let ratingCount: Int
    /// The lowest rating of the data's scale.
    public let scaleMinimum: Float
    /// The highest rating of the data's scale.
    public let scaleMaximum: Float
    /// The newest journal entry that the data contains, or 0; later ones are laid over it.
    public let journalSequence: Int64
    /// The mean of all ratings; 0 without ratings.
    public let meanRating: Double
    /// Which models the heads are and what they were trained with, the seed included.
    public let training: TrainingOptions
    /// SHA-256 of the data, in the layout it is saved in: equal data has equal hashes.
    public let dataHash: String
    /// SHA-256 of both heads' bytes, the rating head's first: two trainings of the same data with
    /// the same options agree in it, whatever the number of threads.
    public let factorHash: String
    /// How many users were taken out of the data since the factors were trained with them; nil, as
    /// earlier programs wrote it, is none.
    let forgottenUsers: Int?
    /// What the gates found before it could serve; nil where none was asked, as for the first one.
    public internal(set) var gates: GateVerdict?

    /// Whether the gates refused it: it serves only if an operator decides so.
    public var isRefused: Bool { gates?.isRefused ?? false }

    /// How many users were taken out of the data since the factors were trained with them.
    public var forgottenUserCount: Int { forgottenUsers ?? 0 }
}
