// SPDX-License-Identifier: GPL-3.0-or-later

extension Completion {
    private static let linesMax = 20

    /// The choices as lines: side by side, or one to a line where they have notes.
    ///
    /// At most 20 lines; the last then says how many choices are not shown.
    func listing(columns: Int) -> [String] {
        let hasNotes = choices.contains { !$0.note.isEmpty }
        return hasNotes ? noted(columns) : sideBySide(columns)
    }

    private func noted(_ columns: Int) -> [String] {
        let shown =
            choices.count <= Self.linesMax ? choices[...] : choices.prefix(Self.linesMax - 1)
        let width = shown.map { DisplayWidth.of($0.text) }.max() ?? 0
        var lines = shown.map { choice in
            let padding = String(repeating: " ", count: width - DisplayWidth.of(choice.text))
            let line = "\(padding)\(SafeText.of(choice.text))  \(SafeText.of(choice.note))"
            return DisplayWidth.truncated(line, to: columns - 1)
        }
        if shown.count < choices.count {
            lines.append("… and \(choices.count - shown.count) more; type more of the title")
        }
        return lines
    }

    private func sideBySide(_ columns: Int) -> [String] {
        let texts = choices.map { SafeText.of($0.text) }
        let width = (texts.map { DisplayWidth.of($0) }.max() ?? 0) + 2
        let perLine = max(1, (columns - 1) / width)
        let shown = texts.prefix(perLine * Self.linesMax)
        return stride(from: 0, to: shown.count, by: perLine).map { start in
            shown[start..<min(start + perLine, shown.count)].map { text in
                text + String(repeating: " ", count: width - DisplayWidth.of(text))
            }.joined()
        }
    }
}
