// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Numbers of groups as they are published: the differencing guard.
///
/// Two audits of generations whose users differ a little must not tell about the few who came or
/// went. Held-out ratings are drawn anew whenever the data changes, so that every user's part of
/// every number changes, not only that of the few. What is left are exact counts, and fractions from
/// which a count can be worked out (a mean of hits / 10 over n users is a multiple of 1 / 10n).
/// Counts are therefore published to the nearest ten, and the other numbers of a group of n users to
/// the power of ten at or above 1 / 10n, far below their noise.
enum RoundedCount {
    /// A count to the nearest ten.
    static func of(_ count: Int) -> Int { (count + 5) / 10 * 10 }

    /// A number of a group of `users` users with the decimals that it is published with.
    static func number(_ value: Double, users: Int) -> Double {
        let digits = floor(log10(10 * Double(max(1, users))))
        let scale = pow(10, digits)
        let rounded = (value * scale).rounded() / scale
        return rounded == 0 ? 0 : rounded
    }
}
