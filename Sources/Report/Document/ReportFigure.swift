// SPDX-License-Identifier: GPL-3.0-or-later

/// A plot with its caption and what it says to somebody who does not see it.
struct ReportFigure: Sendable {
    /// Its name within the page, for example `rating-distribution`.
    let id: String
    /// What it shows.
    let title: String
    /// What it shows, and what is to be seen, in words.
    let description: String
    /// What a reader should take from it.
    let caption: Prose
    /// The drawing.
    let plot: any Plot
    /// The numbers it draws.
    let numbers: [ReportNumber]
}
