// SPDX-License-Identifier: GPL-3.0-or-later

/// Sizes, seed and planted structure of made-up data.
public struct SyntheticOptions: Sendable, Equatable {
    /// The number of users.
    public var userCount = 6_000
    /// The number of items.
    public var itemCount = 3_900
    /// The number of ratings wished for; the data has it within a few percent.
    public var ratingCount = 1_000_000
    /// Which of the possible data sets.
    public var seed: UInt64 = 1
    /// The number of taste groups, of users and of items alike.
    public var groupCount = 8
    /// How much more stars a user gives to items of the own group than the mean over groups.
    public var affinity = 0.8
    /// The standard deviation of ratings about what is expected of them, in stars.
    public var noise = 0.8
    /// How much greater it is for users of gender F: their lowest possible RMSE is higher by this.
    public var genderGap = 0.1
    /// How much greater it is for users of the age bracket 56+.
    public var ageGap = 0.0

    /// The standard options; set what should differ.
    public init() {}

    /// What is wrong with the options and which values are possible, or nil when nothing is.
    public var problem: String? {
        if userCount < 1 || itemCount < 2 { return "at least 1 user and 2 items are needed" }
        if userCount > 10_000_000 || itemCount > 1_000_000 {
            return "at most 10,000,000 users and 1,000,000 items are possible"
        }
        if ratingCount < userCount {
            return "at least one rating per user is needed: \(userCount) or more ratings"
        }
        if ratingCount > userCount * itemCount / 4 {
            return "at most a quarter of all pairs can be rated: "
                + "\(userCount * itemCount / 4) ratings or fewer"
        }
        if ratingCount > 200_000_000 { return "at most 200,000,000 ratings are possible" }
        if !(1...Demographics.genres.count).contains(groupCount) {
            return "1 to \(Demographics.genres.count) taste groups are possible"
        }
        if !(0...2).contains(affinity) { return "the affinity must be within 0 and 2 stars" }
        let deviations = [
            noise, noise + genderGap, noise + ageGap, noise + genderGap + ageGap,
        ]
        if !deviations.allSatisfy({ (0.5...1.3).contains($0) }) {
            return "noise, and noise with the gaps added, must be within 0.5 and 1.3 stars"
        }
        return nil
    }
}
