// SPDX-License-Identifier: GPL-3.0-or-later

/// Lying bars from zero, one below the other, each with its name above and its value at the end.
///
/// Bars of what could not be measured are left out.
struct BarPlot: Plot {
    /// One bar.
    struct Bar: Sendable {
        let name: String
        let value: Double
        /// What is written at its end.
        let label: String
        var ink = Ink.first
        /// An interval about the value.
        var interval: ClosedRange<Double>?
    }

    /// What the lengths measure.
    let measure: String
    let bars: [Bar]

    private static let rowHeight = 37.0

    /// The bars that have a length.
    private var measured: [Bar] { bars.filter(\.value.isFinite) }

    func drawing() -> Canvas {
        var canvas = Canvas(height: 28 + Double(measured.count) * Self.rowHeight)
        canvas.label(measure, at: (0, 12), .start, "axis")
        let longest = measured.reduce(Double.leastNonzeroMagnitude) {
            max($0, $1.value, $1.interval?.upperBound ?? 0)
        }
        let labelWidth = measured.reduce(0.0) {
            max($0, TextWidth.of($1.label, size: Canvas.labelSize))
        }
        let room = Canvas.width - labelWidth - 12
        for (place, bar) in measured.enumerated() {
            let y = 24 + Double(place) * Self.rowHeight
            canvas.label(
                TextWidth.fitted(bar.name, size: Canvas.labelSize, width: Canvas.width),
                at: (0, y + 11), .start, "name")
            let end = bar.value / longest * room
            canvas.rectangle((0, y + 16), width: end, height: 13, "fill \(bar.ink.rawValue)")
            canvas.line((0, y + 13), (0, y + 32), "base")
            var textStart = end
            if let interval = bar.interval {
                let (low, high) = (
                    interval.lowerBound / longest * room, interval.upperBound / longest * room
                )
                canvas.line((low, y + 22.5), (high, y + 22.5), "whisker")
                textStart = max(textStart, high)
            }
            canvas.label(bar.label, at: (textStart + 6, y + 27), .start, "value")
        }
        return canvas
    }
}
