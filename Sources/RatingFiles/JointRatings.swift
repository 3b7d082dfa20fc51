// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Several ratings files that were read into one space of users and items.
public struct JointRatings: Sendable, Equatable {
    /// The users of all files.
    public let users: UserTable
    /// The items of all files, known by identifier only.
    public let items: Catalogue
    /// The ratings of each file, in the order the files were named.
    public let parts: [RatingColumns]
    /// The range from the lowest to the highest rating of all files.
    public let scale: RatingScale
    /// How many ratings repeat a (user, item) pair of another of the files.
    ///
    /// Between training and test data this should be 0: a shared pair is known beforehand.
    public let sharedPairCount: Int
    /// What reading found besides.
    public let report: ReadReport
}
