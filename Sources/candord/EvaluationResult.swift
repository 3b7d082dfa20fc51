// SPDX-License-Identifier: GPL-3.0-or-later

/// What an evaluation measured, and the predictions it measured them on.
struct EvaluationResult {
    /// One named figure.
    struct Figure {
        let name: String
        let value: Value
    }

    /// A figure's value.
    enum Value {
        case word(String)
        case count(Int)
        case number(Double)
    }

    /// The figures in the order they are shown.
    let figures: [Figure]
    /// The predictions.
    let table: PredictionTable

    /// One aligned line per figure, numbers to five digits.
    var text: String {
        let width = figures.map(\.name.count).max() ?? 0
        return figures.map { figure in
            let padding = String(repeating: " ", count: width - figure.name.count + 2)
            let value =
                switch figure.value {
                case .word(let word): word
                case .count(let count): "\(count)"
                case .number(let number): "\((number * 1e5).rounded() / 1e5)"
                }
            return figure.name + padding + value
        }.joined(separator: "\n")
    }

    /// One JSON object on one line, numbers exact; what could not be measured is null.
    var json: String {
        let members = figures.map { figure in
            let value =
                switch figure.value {
                case .word(let word): "\"\(word)\""
                case .count(let count): "\(count)"
                case .number(let number): number.isFinite ? "\(number)" : "null"
                }
            return "\"\(figure.name)\":\(value)"
        }
        return "{" + members.joined(separator: ",") + "}"
    }
}
