// SPDX-License-Identifier: GPL-3.0-or-later

/// What one training of one trial gave.
struct Measurement: Equatable {
    /// The figure tuned for; NaN when training failed.
    let score: Double
    /// What training and measuring took.
    let seconds: Double
}
