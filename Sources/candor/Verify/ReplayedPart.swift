// SPDX-License-Identifier: GPL-3.0-or-later

/// Some coordinates of a replayed user's vector, in the form that scores are made with.
struct ReplayedPart {
    /// The sample that they belong to; nil for none.
    let sample: Int?
    /// The user's.
    let vector: [Double]
    /// The explained item's: over all parts, vector times design is what the user adds to the base.
    let design: [Double]
}
