// SPDX-License-Identifier: GPL-3.0-or-later

/// Running text as HTML.
enum HTMLText {
    /// `prose` with its numbers, code and links.
    static func of(_ prose: Prose) -> String {
        prose.pieces.map { piece in
            switch piece {
            case .text(let text): Markup.escaped(text)
            case .number(let number): of(number)
            case .code(let text): "<code>\(Markup.escaped(text))</code>"
            case .strong(let text): "<strong>\(Markup.escaped(text))</strong>"
            case .link(let text, let target):
                "<a href=\"#\(Markup.escaped(target))\">\(Markup.escaped(text))</a>"
            }
        }.joined()
    }

    /// A number as it is shown; its exact value and its name go with it.
    static func of(_ number: ReportNumber) -> String {
        guard number.value.isFinite else { return number.text }
        return "<data value=\"\(number.value)\" title=\"\(Markup.escaped(number.id))\">"
            + "\(number.text)</data>"
    }
}
