// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// The first 70% of all ratings by time to learn from, the next 15% and the last 15% to measure on.
public struct ChronologicalParts: Sendable {
    /// What models learn from.
    public let train: RatingMatrix
    /// `validation` and `test`, in the order of time.
    public let later: [(name: String, matrix: RatingMatrix)]

    /// Parts the ratings of `matrix`; those of one second go by user and then item.
    public init(_ matrix: RatingMatrix) {
        let parts = Split.chronological(matrix, cuts: [0.70, 0.85])
        train = parts[0]
        later = [("validation", parts[1]), ("test", parts[2])]
    }
}
