// SPDX-License-Identifier: GPL-3.0-or-later

/// A drawing in the coordinates of a narrow screen: `Canvas.width` wide, text of 11 and 12 units.
///
/// Plots are drawn for 400 units of width, so that they stay readable on a telephone, and are
/// scaled up where there is room.
protocol Plot: Sendable {
    /// The drawing, its height included.
    func drawing() -> Canvas
}
