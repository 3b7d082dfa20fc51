// SPDX-License-Identifier: GPL-3.0-or-later

/// A number as it stands in a text: its value and how exactly it is written.
struct WrittenNumber: Sendable, Equatable {
    /// The value.
    var value: Double
    /// Half a unit of the last digit: 0.05 for `4.5`, 0.5 for `53`.
    var halfUnit = 0.5
    /// Whether it is written as a year is: four digits without marks.
    var looksLikeYear = false

    /// Whether it is written without decimals.
    var isWhole: Bool { halfUnit >= 0.5 }

    /// Half a unit of the last digit that is not zero: 5 for `50`, 0.05 for `4.5`.
    var roundedHalfUnit: Double {
        guard isWhole, value >= 10 else { return halfUnit }
        var unit = 1.0
        while value.truncatingRemainder(dividingBy: unit * 10) == 0 { unit *= 10 }
        return unit / 2
    }
}
