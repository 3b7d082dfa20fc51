// SPDX-License-Identifier: GPL-3.0-or-later

/// One saved generation, as a list shows it.
public struct GenerationListing: Sendable, Equatable {
    /// What a saved generation is good for.
    public enum Status: Sendable, Equatable {
        /// It answers requests.
        case serving
        /// It served before, and is what ROLLBACK goes back to.
        case previous
        /// It is there to go back to.
        case kept
        /// The gates refused it: it serves only if an operator decides so.
        case refused
        /// It cannot be used, and why.
        case damaged(String)
    }

    /// The generation's number.
    public let number: Int
    /// What it says of itself; nil when that cannot be read.
    public let manifest: GenerationManifest?
    /// What it is good for, as far as its manifest and the sizes of its files tell.
    public let status: Status
}
