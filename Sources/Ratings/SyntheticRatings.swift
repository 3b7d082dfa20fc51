// SPDX-License-Identifier: GPL-3.0-or-later

/// Made-up data all in memory; `SyntheticSource` makes it and says what is in it.
public struct SyntheticRatings: Sendable, Equatable {
    /// The data, marked synthetic, users and items numbered from 1, ratings user after user.
    public let dataset: Dataset
    /// What it was drawn from.
    public let truth: SyntheticTruth

    /// Makes the data, in O(ratings · log items); traps where `options.problem` is not nil.
    public init(_ options: SyntheticOptions) {
        let source = SyntheticSource(options)
        var ratings = RatingColumns()
        ratings.reserveCapacity(source.ratingCount)
        source.write(to: &ratings)
        truth = source.truth
        dataset = Dataset(
            name: SyntheticSource.name, isSynthetic: true, users: source.users,
            items: source.items, ratings: ratings, scale: SyntheticSource.scale)
    }
}
