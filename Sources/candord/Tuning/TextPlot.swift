// SPDX-License-Identifier: GPL-3.0-or-later

/// Points and a stepped line drawn with characters.
struct TextPlot {
    /// One point.
    struct Point {
        let x: Double
        let y: Double
        let mark: Character
    }

    let points: [Point]
    /// Points of a line that keeps its height until the next one; x ascends.
    let line: [(x: Double, y: Double)]
    /// Characters across and down the drawing.
    let width: Int
    let height: Int

    /// The lines of the plot, top first, with the range of y at the left and of x below.
    ///
    /// Points off the range (`lowest`…`highest`) are drawn at its edge; NaN is left out. Empty when
    /// there is nothing to draw.
    func lines(lowest: Double, highest: Double) -> [String] {
        let drawn = points.filter { $0.x.isFinite && $0.y.isFinite }
        guard let last = (drawn.map(\.x) + line.map(\.x)).max(), lowest.isFinite,
            highest.isFinite
        else { return [] }
        var grid = [[Character]](
            repeating: [Character](repeating: " ", count: width), count: height)
        let xSpan = last > 0 ? last : 1
        let ySpan = highest > lowest ? highest - lowest : 1
        func column(_ x: Double) -> Int { min(Int(x / xSpan * Double(width)), width - 1) }
        func row(_ y: Double) -> Int {
            let part = min(max((highest - y) / ySpan, 0), 1)
            return Int((part * Double(height - 1)).rounded())
        }
        for (place, step) in line.enumerated() {
            let end = place + 1 < line.count ? column(line[place + 1].x) : width - 1
            for x in column(step.x)...max(column(step.x), end) { grid[row(step.y)][x] = "─" }
        }
        for point in drawn { grid[row(point.y)][column(point.x)] = point.mark }
        let labels = [FigureValue.number(highest).text, FigureValue.number(lowest).text]
        let margin = labels.map(\.count).max() ?? 0
        var lines = grid.enumerated().map { place, cells in
            let label = place == 0 ? labels[0] : place == height - 1 ? labels[1] : ""
            let gap = String(repeating: " ", count: margin - label.count)
            let text = String(String(cells).reversed().drop { $0 == " " }.reversed())
            return gap + label + " │" + text
        }
        let below = String(repeating: " ", count: margin)
        lines.append(below + " └" + String(repeating: "─", count: width))
        let end = "\(Int(last.rounded())) s"
        lines.append(
            below + "  0" + String(repeating: " ", count: max(1, width - 1 - end.count)) + end)
        return lines
    }
}
