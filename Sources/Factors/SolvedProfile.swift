// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// A user solved once by one head for many questions: what scores are made of, and what they would be
/// otherwise.
///
/// Not for several threads at a time: what one question takes is kept for the next.
public struct SolvedProfile {
    /// The user's ratings.
    public let profile: Profile
    /// Their solve.
    public let foldIn: FoldIn
    /// The same without some of them.
    public let counterfactuals: any Counterfactuals

    /// Takes `foldIn`, which must be the head's own of `profile`, or solves.
    public init(_ profile: Profile, by head: some LinearHead, foldIn: FoldIn? = nil) {
        self.profile = profile
        let foldIn = foldIn ?? head.foldIn(profile)
        self.foldIn = foldIn
        counterfactuals = head.counterfactuals(of: profile, with: foldIn)
    }
}
