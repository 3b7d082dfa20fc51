// SPDX-License-Identifier: GPL-3.0-or-later

/// The figures of all sizes of data: those that have a target, and how times grow.
struct ScaleFigures {
    /// How long something took at a size.
    private struct Point {
        let name: String
        let size: ScaleSize
        let seconds: Double
    }

    private var points: [Point] = []
    private var waiting: [Comparison] = []

    /// Notes how long something took at a size.
    mutating func add(_ name: String, _ size: ScaleSize, _ seconds: Double) {
        points.append(Point(name: name, size: size, seconds: seconds))
    }

    /// Keeps a figure until the measurements of its size have been reported.
    mutating func add(_ comparison: Comparison) { waiting.append(comparison) }

    /// The figures kept since the last call.
    mutating func takeComparisons() -> [Comparison] {
        defer { waiting = [] }
        return waiting
    }

    /// Times beside what they would be if they had grown as the number of ratings did.
    ///
    /// One for each thing and size but its first, from the size before; a ratio above 1 is worse
    /// than linear.
    var growth: [Comparison] {
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
