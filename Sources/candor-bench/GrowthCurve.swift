// SPDX-License-Identifier: GPL-3.0-or-later

/// How times grow from one size of data to the next.
struct GrowthCurve {
    private struct Point {
        let name: String
        let size: ScaleSize
        let seconds: Double
    }

    private var points: [Point] = []

    /// Notes how long something took at a size.
    mutating func add(_ name: String, _ size: ScaleSize, _ seconds: Double) {
        points.append(Point(name: name, size: size, seconds: seconds))
    }

    /// For each thing and size but its first: the time beside the one that it would be if it grew
    /// as the number of ratings did since the size before. A ratio above 1 is worse than linear.
    var comparisons: [Comparison] {
        points.indices.compactMap { index in
            let point = points[index]
            guard let before = points[..<index].last(where: { $0.name == point.name }) else {
                return nil
            }
            let growth = Double(point.size.ratings) / Double(before.size.ratings)
            return Comparison(
                "growth to \(point.size.name): \(point.name)", .seconds, point.seconds,
                beside: .init("linear from \(before.size.name)", before.seconds * growth))
        }
    }
}
