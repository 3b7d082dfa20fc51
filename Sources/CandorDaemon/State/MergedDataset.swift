// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// A data set with rating changes worked in, and what the working-in met.
public struct MergedDataset: Sendable, Equatable {
    /// The new data.
    public let data: GenerationData
    /// How many users the data did not have before.
    public let newUserCount: Int
    /// How many (user, item) pairs were left out because the catalogue lacks the item.
    public let ignoredCount: Int
}
