// SPDX-License-Identifier: GPL-3.0-or-later

/// A user's vector x, the exact solution for the ratings of one moment: all that scores need.
public struct UserVector: Sendable, Equatable {
    /// The length of the vector.
    public let dimensions: Int
    /// The vector, padded with zeros to a multiple of 16.
    let padded: [Double]

    init(dimensions: Int, padded: [Double]) {
        precondition(dimensions <= padded.count)
        self.dimensions = dimensions
        self.padded = padded
    }

    /// The coordinates, `dimensions` long.
    public var coordinates: [Double] { Array(padded[..<dimensions]) }
}
