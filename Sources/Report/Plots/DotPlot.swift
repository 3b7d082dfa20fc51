// SPDX-License-Identifier: GPL-3.0-or-later

/// Rows of dots on one axis, one dot for each group, joined by a line.
struct DotPlot: Plot {
    /// One row.
    struct Row: Sendable {
        let name: String
        /// One value for each group, in their order.
        let values: [Double]
    }

    let measure: String
    /// The groups' names, up to four.
    let groups: [String]
    let rows: [Row]
    /// How ticks are written.
    let style: NumberStyle

    private static let rowHeight = 19.0

    func drawing() -> Canvas {
        let body = Double(rows.count) * Self.rowHeight
        var canvas = Canvas(height: body + 62)
        let highest = rows.flatMap(\.values).max() ?? 1
        let scale = PlotScale(holding: [0, highest])
        let nameWidth =
            rows.reduce(0) { max($0, TextWidth.of($1.name, size: Canvas.labelSize)) } + 10
        let (left, right, bottom) = (min(nameWidth, 140), Canvas.width - 14, body + 40)
        let x = { (value: Double) in left + scale.fraction(value) * (right - left) }
        canvas.label(measure, at: (0, 12), .start, "axis")
        var end = left
        for (place, group) in groups.enumerated() {
            canvas.circle((end + 5, 28), radius: 4, "fill \(Ink.series(place).rawValue)")
            canvas.label(group, at: (end + 13, 32), .start, "name")
            end += TextWidth.of(group, size: Canvas.labelSize) + 30
        }
        for tick in PlotAxis(name: "", scale: scale, style: style).ticks {
            canvas.line((x(tick.place), 40), (x(tick.place), bottom), "grid")
            canvas.label(tick.text, at: (x(tick.place), bottom + 15), .middle, "tick")
        }
        for (place, row) in rows.enumerated() {
            let y = 40 + (Double(place) + 0.5) * Self.rowHeight
            canvas.label(
                TextWidth.fitted(row.name, size: Canvas.labelSize, width: left - 8),
                at: (0, y + 4), .start, "name")
            if let low = row.values.min(), let high = row.values.max() {
                canvas.line((x(low), y), (x(high), y), "join")
            }
            for (group, value) in row.values.enumerated() {
                canvas.circle((x(value), y), radius: 4, "fill \(Ink.series(group).rawValue)")
            }
        }
        return canvas
    }
}
