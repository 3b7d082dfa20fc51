// SPDX-License-Identifier: GPL-3.0-or-later

/// Upright bars from zero, one for each category, with what they stand for above them.
struct ColumnPlot: Plot {
    /// One bar.
    struct Column: Sendable {
        let name: String
        let value: Double
        /// What is written above it.
        let label: String
    }

    /// What the heights measure.
    let measure: String
    /// What the categories are.
    let category: String
    let columns: [Column]

    func drawing() -> Canvas {
        let height = 230.0
        var canvas = Canvas(height: height)
        let (top, bottom) = (40.0, height - 38)
        canvas.label(measure, at: (0, 12), .start, "axis")
        let highest = max(columns.map(\.value).max() ?? 0, .leastNonzeroMagnitude)
        let slot = Canvas.width / Double(max(1, columns.count))
        let width = min(slot * 0.78, 64)
        var (freeLabel, freeName) = (-Double.infinity, -Double.infinity)
        for (place, column) in columns.enumerated() {
            let centre = (Double(place) + 0.5) * slot
            let y = bottom - column.value / highest * (bottom - top)
            canvas.rectangle((centre - width / 2, y), width: width, height: bottom - y, "fill c1")
            Self.write(column.label, at: (centre, y - 5), "value", &freeLabel, on: &canvas)
            Self.write(column.name, at: (centre, bottom + 15), "tick", &freeName, on: &canvas)
        }
        canvas.line((0, bottom), (Canvas.width, bottom), "base")
        canvas.label(category, at: (Canvas.width / 2, bottom + 32), .middle, "axis")
        return canvas
    }

    /// Writes a label unless it would stand on the one before.
    private static func write(
        _ text: String, at place: Canvas.Point, _ look: String, _ free: inout Double,
        on canvas: inout Canvas
    ) {
        let half = TextWidth.of(text, size: Canvas.labelSize) / 2
        let centre = min(max(place.x, half), Canvas.width - half)
        guard centre - half >= free else { return }
        free = centre + half + 3
        canvas.label(text, at: (centre, place.y), .middle, look)
    }
}
