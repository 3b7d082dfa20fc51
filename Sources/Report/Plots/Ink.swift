// SPDX-License-Identifier: GPL-3.0-or-later

/// The roles that marks play, by the classes the stylesheet gives colours to in light and dark.
enum Ink: String, Sendable {
    /// The main series.
    case first = "c1"
    /// A second, third and fourth series: told apart also by colour-blind eyes.
    case second = "c2"
    case third = "c3"
    case fourth = "c4"
    /// What the rest is compared with.
    case quiet = "cq"

    /// The colours of series, in order; after the fourth they begin again.
    static func series(_ place: Int) -> Ink { [.first, .second, .third, .fourth][place % 4] }
}
