// SPDX-License-Identifier: GPL-3.0-or-later

/// A scale with its name and the way its ticks are written.
struct PlotAxis: Sendable {
    /// What is measured, its unit included.
    let name: String
    let scale: PlotScale
    /// How ticks are written; nil for as many decimals as tell them apart.
    var style: NumberStyle?
    /// Words that stand in place of numbers: position and word.
    var words: [(place: Double, text: String)] = []
    /// How many ticks are wished for.
    var wishedTicks = 5

    /// Ticks and what is written at them.
    var ticks: [(place: Double, text: String)] {
        guard words.isEmpty else { return words }
        let style =
            self.style
            ?? (scale.isLogarithmic ? .count : .fixed(scale.decimals(wishedTicks)))
        return scale.ticks(wishedTicks).map { ($0, style.text(of: $0)) }
    }
}
