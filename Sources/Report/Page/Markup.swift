// SPDX-License-Identifier: GPL-3.0-or-later

/// Text made safe to stand in HTML and SVG.
enum Markup {
    /// `text` with everything that could begin markup, end an attribute, or deceive a reader
    /// replaced.
    ///
    /// Control characters and bidirectional formatting, which titles of unknown origin may hold,
    /// become U+FFFD.
    static func escaped(_ text: String) -> String {
        var safe = ""
        safe.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": safe += "&amp;"
            case "<": safe += "&lt;"
            case ">": safe += "&gt;"
            case "\"": safe += "&quot;"
            case "'": safe += "&#39;"
            case "\n", "\t": safe.append(" ")
            default: safe.unicodeScalars.append(isDeceptive(scalar) ? "\u{FFFD}" : scalar)
            }
        }
        return safe
    }

    private static func isDeceptive(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E,
            0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F:
            true
        default: false
        }
    }
}
