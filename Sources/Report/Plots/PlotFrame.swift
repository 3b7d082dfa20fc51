// SPDX-License-Identifier: GPL-3.0-or-later

/// The area that data is drawn in, with its two axes.
struct PlotFrame: Sendable {
    let across: PlotAxis
    let up: PlotAxis
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    /// Lays out a frame in a drawing of some height; the vertical axis' name stands above it.
    ///
    /// `rightMargin` is kept free for labels at the ends of lines.
    init(across: PlotAxis, up: PlotAxis, height: Double, rightMargin: Double = 12) {
        self.across = across
        self.up = up
        let widest = up.ticks.reduce(0.0) {
            max($0, TextWidth.of($1.text, size: Canvas.labelSize))
        }
        left = widest + 12
        right = Canvas.width - rightMargin
        top = 26
        bottom = height - 36
    }

    /// Where a pair of values stands.
    func point(_ x: Double, _ y: Double) -> Canvas.Point {
        (
            left + across.scale.fraction(x) * (right - left),
            bottom - up.scale.fraction(y) * (bottom - top)
        )
    }

    /// Draws both axes, with lines at the vertical axis' ticks.
    func draw(on canvas: inout Canvas) {
        canvas.label(up.name, at: (0, 12), .start, "axis")
        for tick in up.ticks {
            let y = point(across.scale.low, tick.place).y
            canvas.line((left, y), (right, y), "grid")
            canvas.label(tick.text, at: (left - 6, y + 4), .end, "tick")
        }
        canvas.line((left, bottom), (right, bottom), "base")
        var free = -Double.infinity
        for tick in across.ticks {
            let x = point(tick.place, up.scale.low).x
            let half = TextWidth.of(tick.text, size: Canvas.labelSize) / 2
            let centre = min(max(x, half), Canvas.width - half)
            guard centre - half >= free else { continue }
            free = centre + half + 6
            canvas.line((x, bottom), (x, bottom + 4), "base")
            canvas.label(tick.text, at: (centre, bottom + 16), .middle, "tick")
        }
        canvas.label(across.name, at: ((left + right) / 2, bottom + 32), .middle, "axis")
    }
}
