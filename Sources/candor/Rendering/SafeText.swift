// SPDX-License-Identifier: GPL-3.0-or-later

/// Makes text from a server harmless to a terminal.
enum SafeText {
    /// `text` with every character that could steer a terminal replaced by a visible one.
    ///
    /// Control characters become their Unicode pictures (ESC becomes ␛); the C1 controls, line
    /// separators and the characters that reorder text become U+FFFD. The result is one line.
    static func of(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { picture(of: $0) != nil }) else { return text }
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { safe.append(picture(of: scalar) ?? scalar) }
        return String(safe)
    }

    private static func picture(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value)
        case 0x7F: "\u{2421}"
        case 0x80...0x9F, 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
        default: nil
        }
    }
}
