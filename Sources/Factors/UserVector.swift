// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// A user's vector x, the exact solution for the ratings of one moment: all that scores need.
public struct UserVector: Sendable, Equatable {
    /// The length of the vector.
    public let dimensions: Int
    /// The vector, padded with zeros to a multiple of 16.
    let padded: [Double]
    /// The ratings, for scores that items' neighbours enter; nil for a head without any.
    let rated: Profile?

    init(dimensions: Int, padded: [Double], rated: Profile? = nil) {
        precondition(dimensions <= padded.count)
        self.dimensions = dimensions
        self.padded = padded
        self.rated = rated
    }

    /// The coordinates, `dimensions` long.
    public var coordinates: [Double] { Array(padded[..<dimensions]) }
}
