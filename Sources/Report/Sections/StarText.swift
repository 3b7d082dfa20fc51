// SPDX-License-Identifier: GPL-3.0-or-later

/// A rating as short as it can be written: `4`, `3.5`.
enum StarText {
    static func of(_ rating: Float) -> String {
        rating == rating.rounded() && rating.magnitude < 1e6 ? "\(Int(rating))" : "\(rating)"
    }
}
