// SPDX-License-Identifier: GPL-3.0-or-later

/// A part of the measurements, by the name that `--only` takes.
enum Part: String, CaseIterable {
    case accuracy
    case baselines
    case ranking
    case time
    case training
    case topk
    case scale
    case serving

    /// What it measures.
    var summary: String {
        switch self {
        case .accuracy: "predicted ratings and the time to train, beside LIBMF"
        case .baselines: "simple models beside the same ones of NumPy and scikit-learn"
        case .ranking: "ranked lists and the time to train, beside implicit"
        case .time: "the future predicted from the past, and new users learned"
        case .training: "the default models on the data, on one thread and on two"
        case .topk: "the selection of the best items, beside a read of their factors"
        case .scale: "growth with the data: import, training, start and answers"
        case .serving: "answers in process and over a socket, beside redis"
        }
    }

    /// Whether it measures on split files.
    var needsSplits: Bool { [.accuracy, .baselines, .ranking].contains(self) }

    /// Whether it measures on the data set.
    var needsData: Bool { [.time, .training, .topk, .serving].contains(self) }

    /// The parts that `names` stand for, in the order they run: serving last, because it keeps the
    /// load generator's thread on one processor.
    ///
    /// Without names what needs little time, and what split files make possible. Nil when a name
    /// is unknown.
    static func chosen(_ names: [String], hasSplits: Bool) -> [Part]? {
        guard !names.isEmpty else {
            return allCases.filter { part in
                part.needsSplits ? hasSplits : part != .scale && part != .time
            }
        }
        if names.contains("all") { return allCases }
        let parts = names.map { Part(rawValue: $0) }
        guard !parts.contains(nil) else { return nil }
        return allCases.filter(parts.contains)
    }
}
