// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// A tuning's result as text for people and as one JSON object for programs.
struct TuningReport {
    let result: TuningResult

    private var model: ModelName { result.space.model }
    private var metric: String { TuningResult.metric(model) }

    /// One row per finalist, best first.
    private var table: FigureTable {
        var table = FigureTable(
            name: "finalists",
            columns: ["trial", metric, "spread", "seconds"]
                + result.space.searched.map(\.option.name))
        for finalist in result.finalists {
            let spread = (finalist.scores.max() ?? .nan) - (finalist.scores.min() ?? .nan)
            table.append(
                [
                    .word(finalist.trial == 0 ? "defaults" : "\(finalist.trial)"),
                    .number(finalist.mean), .number(spread), .number(finalist.seconds),
                ]
                    + result.space.searched.map {
                        .word(finalist.settings.text(of: $0.option))
                    })
        }
        return table
    }

    /// The table, the plot and the best settings as words that commands take.
    var text: String {
        guard let best = result.best, let loss = result.lossOfDefaults else { return "" }
        var lines = [table.text, ""] + plot + [""]
        let error = loss.error.isNaN ? "" : " ± \(FigureValue.number(loss.error).text)"
        lines.append(
            "the defaults lose \(FigureValue.number(loss.percent).text)%\(error) against the best"
                + " (over \(best.scores.count) seeds)")
        lines += suggestion("best", best)
        if let cheapest = result.cheapest, cheapest.trial != best.trial {
            lines += suggestion("quickest within 0.1% of it", cheapest)
        }
        return lines.joined(separator: "\n")
    }

    /// The same figures exactly.
    var json: String {
        var members = ["\"model\":\"\(model.rawValue)\"", "\"metric\":\"\(metric)\""]
        if let best = result.best {
            members.append(
                "\"options\":["
                    + result.space.complete(best.settings).map { "\"\($0)\"" }
                    .joined(separator: ",") + "]")
        }
        if let loss = result.lossOfDefaults {
            members.append("\"loss_of_defaults_percent\":\(FigureValue.number(loss.percent).json)")
            members.append("\"standard_error_percent\":\(FigureValue.number(loss.error).json)")
        }
        return "{" + (members + [table.jsonMember, steps.jsonMember]).joined(separator: ",") + "}"
    }

    private var steps: FigureTable {
        var table = FigureTable(
            name: "measurements", columns: ["trial", "budget", "split", metric, "seconds"])
        for step in result.steps {
            table.append([
                .count(step.trial), .count(step.budget), .count(step.split),
                .number(step.measurement.score), .number(step.measurement.seconds),
            ])
        }
        return table
    }

    /// Score against time: · early rounds, o full trainings, ─ the best so far.
    ///
    /// Of the first split alone, because scores on different splits cannot be compared.
    private var plot: [String] {
        let steps = result.steps.filter { $0.split == result.steps.first?.split }
        var best = Double.nan
        var line: [(x: Double, y: Double)] = []
        for step in steps
        where TuningResult.isBetter(step.measurement.score, than: best, for: model) {
            best = step.measurement.score
            line.append((step.spentSeconds, best))
        }
        let scores = steps.map(\.measurement.score).filter(\.isFinite).sorted()
        guard !scores.isEmpty else { return [] }
        // The worst quarter would flatten the part that matters; it is drawn at the edge.
        let kept =
            TuningResult.isBetter(1, than: 2, for: model)
            ? scores[...(scores.count * 3 / 4)] : scores[(scores.count / 4)...]
        let plot = TextPlot(
            points: steps.map {
                .init(x: $0.spentSeconds, y: $0.measurement.score, mark: $0.isFull ? "o" : "·")
            }, line: line, width: 64, height: 14)
        let title = "\(metric) against time  (· early round  o full training  ─ best so far)"
        return [title]
            + plot.lines(lowest: kept.first ?? .nan, highest: kept.last ?? .nan)
    }

    private func suggestion(_ title: String, _ finalist: TuningResult.Finalist) -> [String] {
        let words = result.space.complete(finalist.settings)
        var lines = ["", "\(title): trial \(finalist.trial)"]
        guard !words.isEmpty else { return lines }
        lines.append(
            "  candord evaluate --head \(model.head.rawValue) --model \(model.rawValue)"
                + " --options \(words.joined(separator: " "))")
        let retrain = ModelOption.options(of: model).compactMap { option in
            let word = "\(option.name)=\(finalist.settings.text(of: option))"
            return words.contains(word)
                ? option.retrainName.map { "\($0)=\(finalist.settings.text(of: option))" } : nil
        }
        if !retrain.isEmpty {
            lines.append(
                "  RETRAIN \(model.head.rawValue)=\(model.rawValue) \(retrain.joined(separator: " "))"
            )
        }
        return lines
    }
}
