// SPDX-License-Identifier: GPL-3.0-or-later

/// What became of one saved generation when a user was forgotten.
public struct ForgottenGeneration: Sendable, Equatable {
    /// What was done with its directory.
    public enum Outcome: Sendable, Equatable {
        /// Its data was written anew without the user, who had so many ratings in it.
        case rewritten(ratingCount: Int)
        /// It was removed, because it was damaged and nobody could tell what it held.
        case removed
    }

    /// The generation's number.
    public let number: Int
    /// The user attributes that its rating model was given.
    public var inputs: [String] = []
    /// What was done.
    public let outcome: Outcome
}
