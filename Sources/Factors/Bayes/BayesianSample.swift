// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// One kept draw of everything a user's vector is solved against: the item side and the users' prior.
///
/// What is gathered by rows is aligned as the caches are: a user of 165 ratings is solved in four
/// fifths of the time. All on the standardised scale; matrices are row-major, rows padded to `width`,
/// a multiple of 16.
struct BayesianSample: Sendable, Equatable {
    /// Floats in a row.
    let width: Int
    /// items × width: (1, q_i) as drawn, what a user's ratings are solved against.
    let designs: FrozenArray<Float>
    /// b_i as drawn.
    let biases: [Float]
    /// items × width: the mean that (b_i, q_i) was drawn about, what scores are made with.
    ///
    /// Less noisy than the draw, and given the users' vectors of the sweep before it independent of
    /// those that are solved now, so nothing is counted twice.
    let means: [Float]
    /// α: the precision of an average rating.
    let noise: Double
    /// m, `width` long.
    let priorMean: [Double]
    /// Λ: width × width.
    let priorPrecision: [Double]
    /// The mean of m + Bᵀx_u over the users trained on: what a user without ratings is taken for.
    let population: [Double]
    /// B, items × width; empty without implicit sets.
    let link: FrozenArray<Float>
    /// groups × width: how far what is expected of a user is moved by each group the user is in;
    /// empty without attributes.
    var shifts: [Float] = []
}
