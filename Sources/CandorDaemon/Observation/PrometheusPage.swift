// SPDX-License-Identifier: GPL-3.0-or-later

/// Figures in Prometheus' text exposition format, version 0.0.4.
struct PrometheusPage {
    /// How a family of figures behaves.
    enum Kind: String {
        case counter, gauge, histogram
    }

    /// One figure of a family.
    struct Sample {
        /// What is added to the family's name, for example `_sum`.
        var suffix = ""
        /// Label names and values, in order.
        var labels: [(name: String, value: String)] = []
        /// The figure.
        let value: Double
    }

    /// The page's lines, without their ends.
    private(set) var lines: [String] = []

    /// Adds a family: its `# HELP` and `# TYPE` lines and its samples; nothing without samples.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        guard !samples.isEmpty else { return }
        lines.append("# HELP \(name) \(help)")
        lines.append("# TYPE \(name) \(kind.rawValue)")
        lines += samples.map { sample in
            let labels = sample.labels.map { "\($0.name)=\"\(Self.escaped($0.value))\"" }
                .joined(separator: ",")
            return name + sample.suffix + (labels.isEmpty ? "" : "{\(labels)}") + " "
                + Self.text(sample.value)
        }
    }

    /// Adds a family of one figure without labels.
    mutating func add(_ name: String, _ kind: Kind, _ help: String, _ value: Int) {
        add(name, kind, help, [Sample(value: Double(value))])
    }

    private static func text(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? value.description
    }

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
