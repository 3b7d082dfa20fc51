// SPDX-License-Identifier: GPL-3.0-or-later

/// What an evaluation measured, and the predictions it measured them on.
struct EvaluationResult {
    /// One named figure.
    struct Figure {
        let name: String
        let value: FigureValue
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
            return figure.name + padding + figure.value.text
        }.joined(separator: "\n")
    }

    /// One JSON object on one line, numbers exact; what could not be measured is null.
    var json: String {
        let members = figures.map { "\"\($0.name)\":\($0.value.json)" }
        return "{" + members.joined(separator: ",") + "}"
    }
}
