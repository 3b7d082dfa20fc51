// SPDX-License-Identifier: GPL-3.0-or-later

/// Small pictures made of characters.
enum Drawing {
    /// A rating as stars in half steps, for example `★★★½☆`.
    ///
    /// - Parameters:
    ///   - rating: the rating; values outside 0…`best` are limited to it.
    ///   - best: how many stars there are.
    /// - Returns: `best` characters; nothing for a number that is not finite.
    static func stars(_ rating: Double, best: Int = 5) -> String {
        guard rating.isFinite else { return "" }
        let halves = Int((min(max(rating, 0), Double(best)) * 2).rounded())
        let full = halves / 2
        let half = halves % 2
        return String(repeating: "★", count: full) + String(repeating: "½", count: half)
            + String(repeating: "☆", count: best - full - half)
    }

    /// A bar from the left for `value` in 0…`most`, at most `columns` wide, in eighths of one.
    static func bar(_ value: Double, most: Double, columns: Int) -> String {
        guard value > 0, most > 0, value.isFinite else { return "" }
        let eighths = Int((min(value / most, 1) * Double(columns * 8)).rounded())
        let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
        return String(repeating: "█", count: eighths / 8) + partial
    }

    /// A bar that grows from a middle line: left for negative values, right for positive ones.
    ///
    /// - Parameters:
    ///   - value: what to draw.
    ///   - most: the magnitude that fills a side; more is limited to it.
    ///   - columns: the width of each side; the picture is `2 × columns + 1` wide.
    /// - Returns: the picture, padded to its width.
    static func signedBar(_ value: Double, most: Double, columns: Int) -> String {
        let share = most > 0 && value.isFinite ? min(value.magnitude / most, 1) : 0
        let halves = Int((share * Double(columns * 2)).rounded())
        let length = (halves + 1) / 2
        let full = String(repeating: "█", count: halves / 2)
        let blank = String(repeating: " ", count: columns - length)
        let empty = String(repeating: " ", count: columns)
        if value < 0 {
            return blank + (halves % 2 == 1 ? "▐" : "") + full + "│" + empty
        }
        return empty + "│" + full + (halves % 2 == 1 ? "▌" : "") + blank
    }

    /// An estimate with its interval on a scale, for example `   ├──●───┤  `.
    ///
    /// - Parameters:
    ///   - value: the estimate, drawn as a dot.
    ///   - low: the interval's lower end; nil draws no interval.
    ///   - high: the interval's upper end; nil draws no interval.
    ///   - scale: what the first and the last column stand for.
    ///   - columns: the picture's width, at least 2.
    /// - Returns: the picture, padded to its width.
    static func interval(
        _ value: Double, low: Double?, high: Double?, scale: ClosedRange<Double>, columns: Int
    ) -> String {
        let span = scale.upperBound - scale.lowerBound
        func column(_ number: Double) -> Int {
            guard span > 0 else { return (columns - 1) / 2 }
            let share = min(max((number - scale.lowerBound) / span, 0), 1)
            return Int((share * Double(columns - 1)).rounded())
        }
        var cells = [Character](repeating: " ", count: columns)
        if scale.lowerBound < 0, scale.upperBound > 0 { cells[column(0)] = "┊" }
        if let low, let high, low <= high {
            let ends = column(low)...column(high)
            for index in ends { cells[index] = "─" }
            cells[ends.lowerBound] = "├"
            cells[ends.upperBound] = "┤"
        }
        cells[column(value)] = "●"
        return String(cells)
    }

    /// A progress bar with its per cent and stage, at most `columns` wide.
    static func progress(_ fraction: Double, stage: String, columns: Int) -> String {
        let limited = min(max(fraction, 0), 1)
        let length = min(30, max(columns / 3, 4))
        let filled = bar(limited, most: 1, columns: length)
        let rest = String(repeating: "░", count: length - DisplayWidth.of(filled))
        let percent = "\(Int(limited * 100))"
        let number = String(repeating: " ", count: 3 - percent.count) + percent + "%"
        return DisplayWidth.truncated(
            "\(filled)\(rest) \(number)  \(SafeText.of(stage))", to: columns)
    }
}
