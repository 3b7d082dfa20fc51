// SPDX-License-Identifier: GPL-3.0-or-later

/// About how wide text is in the fonts that browsers take for `system-ui` and `sans-serif`.
///
/// An estimate on the large side, so that labels placed by it do not overlap.
enum TextWidth {
    /// The width of `text` at a font size, in the same unit.
    static func of(_ text: String, size: Double) -> Double {
        size * text.unicodeScalars.reduce(0.0) { $0 + relative($1) }
    }

    /// `text`, cut with an ellipsis where it is wider than `width`.
    static func fitted(_ text: String, size: Double, width: Double) -> String {
        guard of(text, size: size) > width else { return text }
        var cut = text
        while !cut.isEmpty, of(cut + "…", size: size) > width { cut.removeLast() }
        return cut + "…"
    }

    private static func relative(_ scalar: Unicode.Scalar) -> Double {
        switch scalar {
        case "i", "j", "l", "I", "'", "|", ".", ",", ":", ";", "!": 0.3
        case "f", "t", "r", "(", ")", "[", "]", " ", "-", "/": 0.38
        case "m", "w", "M", "W", "%", "@": 0.92
        case "A"..."Z", "&", "—", "…": 0.7
        case "0"..."9", "a"..."z": 0.58
        default: scalar.value > 0x2E80 ? 1.05 : 0.62
        }
    }
}
