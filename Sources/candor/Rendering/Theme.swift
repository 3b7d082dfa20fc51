// SPDX-License-Identifier: GPL-3.0-or-later

/// Whether and how text is coloured.
struct Theme: Sendable, Equatable {
    /// Whether escape sequences may be written at all.
    let isColoured: Bool

    /// What text means; the theme knows how that looks.
    enum Style: Sendable {
        case plain, strong, faint, heading, stars, positive, negative, key
    }

    /// `text` dressed in a style; unchanged without colour.
    func dressed(_ text: String, _ style: Style) -> String {
        guard isColoured, let code = Self.code(of: style), !text.isEmpty else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    private static func code(of style: Style) -> String? {
        switch style {
        case .plain: nil
        case .strong: "1"
        case .faint: "2"
        case .heading: "1;36"
        case .stars: "33"
        case .positive: "32"
        case .negative: "31"
        case .key: "36"
        }
    }
}
