// SPDX-License-Identifier: GPL-3.0-or-later

/// A figure that a command reports.
enum FigureValue: Equatable {
    case word(String)
    case count(Int)
    case number(Double)
    case numbers([Double])
    case missing

    /// For people: numbers to five digits after the point.
    var text: String {
        switch self {
        case .word(let word): word
        case .count(let count): "\(count)"
        case .number(let number): Self.rounded(number)
        case .numbers(let numbers): numbers.map(Self.rounded).joined(separator: " ")
        case .missing: "-"
        }
    }

    /// For programs: numbers exact; what could not be measured is null.
    var json: String {
        switch self {
        case .word(let word): Self.quoted(word)
        case .count(let count): "\(count)"
        case .number(let number): Self.exact(number)
        case .numbers(let numbers): "[" + numbers.map(Self.exact).joined(separator: ",") + "]"
        case .missing: "null"
        }
    }

    /// Whether it stands at the right of a column.
    var isNumeric: Bool {
        switch self {
        case .word, .numbers: false
        case .count, .number, .missing: true
        }
    }

    private static func rounded(_ number: Double) -> String {
        number.isNaN ? "-" : "\((number * 1e5).rounded() / 1e5)"
    }

    private static func exact(_ number: Double) -> String { number.isFinite ? "\(number)" : "null" }

    /// A JSON string.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
