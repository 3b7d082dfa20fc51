// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors

/// Why an item is not in a user's list, and what would bring it in.
public struct WhyNot: Sendable, Equatable {
    /// The item's score.
    public let score: Double
    /// Where the item stands among all candidates, itself counted also when it is none; from 1.
    public let rank: Int
    /// The last item of the list that was asked about, with its score; nil when the list is empty.
    public let last: ScoredItem?
    /// Whether the item is left out because the user has rated it.
    public let isRated: Bool
    /// Whether it is in the list.
    public let isListed: Bool
    /// The ratings without which the score would rise most, most first.
    public let pulls: [Pull]
    /// Single changes that bring it into the list, the best place first; each verified by a solve
    /// from scratch.
    public let lifts: [Lift]

    /// A rating that holds a score down.
    public struct Pull: Sendable, Equatable {
        /// Where it stands in the profile.
        public let position: Int
        /// What it adds to the score.
        public let share: Double
        /// What the score would gain without it, above 0.
        public let effect: Double
    }

    /// A change of one rating.
    public struct Lift: Sendable, Equatable {
        /// Where it stands in the profile.
        public let position: Int
        /// The rating instead; nil takes it out.
        public let value: Float?
        /// The item's score then.
        public let score: Double
        /// The item's place then, from 1.
        public let rank: Int
    }
}
