// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorProtocol

/// The answer to VERIFY for people: each sentence behind its mark, and what the facts say below.
struct VerificationLines {
    private let reply: ReceivedReply

    /// The columns of an answer to VERIFY.
    private static let columns = ["sentence", "mark", "claims", "text", "note"]
    /// The columns that a mark and its blank take.
    private static let indent = 2

    /// Whether `reply` is an answer to VERIFY.
    static func fit(_ reply: ReceivedReply) -> Bool { reply.columns == columns }

    /// Wraps a reply that fits.
    init(_ reply: ReceivedReply) { self.reply = reply }

    /// The sentences, one or more lines each.
    func lines(width: Int?, theme: Theme) -> [String] {
        reply.rows.flatMap { row -> [String] in
            let (mark, style) = Self.mark(row[1] ?? "")
            let claims = row[2].map { " [" + $0.replacing(",", with: " ") + "]" } ?? ""
            let text = wrapped(SafeText.of((row[3] ?? "") + claims), width)
            var lines = text.enumerated().map { place, line in
                place == 0
                    ? theme.dressed(mark, style) + " " + line
                    : String(repeating: " ", count: Self.indent) + line
            }
            for line in wrapped(SafeText.of(row[4] ?? ""), width) where !line.isEmpty {
                lines.append("    " + theme.dressed(line, .faint))
            }
            return lines
        }
    }

    private static func mark(_ verdict: String) -> (String, Theme.Style) {
        switch verdict {
        case "supported": ("✓", .positive)
        case "contradicted": ("✗", .negative)
        default: ("?", .stars)
        }
    }

    /// `text` cut between words into lines that fit behind the indentation.
    private func wrapped(_ text: String, _ width: Int?) -> [String] {
        guard let width else { return [text] }
        let room = max(width - 2 * Self.indent, 20)
        var lines = [""]
        for word in text.split(separator: " ") {
            let line = lines[lines.count - 1]
            if line.isEmpty || DisplayWidth.of(line) + 1 + DisplayWidth.of(String(word)) <= room {
                lines[lines.count - 1] += (line.isEmpty ? "" : " ") + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
