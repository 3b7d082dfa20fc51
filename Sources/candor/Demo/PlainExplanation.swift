// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol

/// An explanation in words.
struct PlainExplanation {
    /// One rating's part.
    private struct Part {
        let title: String
        let rating: String
        let share: Double
    }

    private let score: Double
    private let base: Double
    private let parts: [Part]
    /// The part of the sum of |share| that the five largest hold, 0…1.
    private let coverage: Double

    private static let namedMax = 3
    /// Below this coverage no short reason is the whole truth, and the text says so.
    private static let coverageMin = 0.5

    /// Reads the reply to EXPLAIN.
    init(_ reply: ReceivedReply) {
        func cell(_ row: [String?], _ name: String) -> String? {
            reply.columns.firstIndex(of: name).flatMap { row[$0] }
        }
        score = reply["score"].flatMap(Double.init) ?? 0
        coverage = reply["top5_coverage"].flatMap(Double.init) ?? 1
        base = reply.rows.filter { cell($0, "line") == "base" }
            .compactMap { cell($0, "share").flatMap(Double.init) }.reduce(0, +)
        parts = reply.rows.filter { cell($0, "line") == "share" }.compactMap { row in
            guard let share = cell(row, "share").flatMap(Double.init) else { return nil }
            return Part(
                title: SafeText.of(cell(row, "title") ?? cell(row, "item") ?? ""),
                rating: Numerals.shortened(cell(row, "rating") ?? "", digits: 1), share: share)
        }
    }

    /// One or a few sentences, one to a line.
    var sentences: [String] {
        var sentences = [
            base == 0
                ? "All of the score of \(number(score)) comes from this user's own ratings."
                : "Of the score of \(number(score)), \(number(base)) holds for everyone."
        ]
        let raising = parts.filter { $0.share > 0 }.sorted { $0.share > $1.share }
        let lowering = parts.filter { $0.share < 0 }.sorted { $0.share < $1.share }
        if coverage < Self.coverageMin {
            let percent = Numerals.fixed(100 * coverage, digits: 0)
            sentences.append(
                "No short reason is the whole truth: the five largest parts are only "
                    + "\(percent)% of it.")
        }
        if !raising.isEmpty { sentences.append("Most is added by \(named(raising)).") }
        if !lowering.isEmpty { sentences.append("Most is taken away by \(named(lowering)).") }
        return sentences
    }

    private func named(_ parts: [Part]) -> String {
        parts.prefix(Self.namedMax).map { "\($0.title), rated \($0.rating)" }
            .joined(separator: "; ")
    }

    private func number(_ value: Double) -> String { Numerals.fixed(value, digits: 3) }
}
