// SPDX-License-Identifier: GPL-3.0-or-later

/// Folds titles and queries to plain lower-case words, so that `Amelie` finds `Amélie`.
public enum TitleText {
    /// The words of `text`: runs of letters and digits, folded.
    ///
    /// Folding lower-cases every scalar, drops combining marks and apostrophes (`Bug's` is one
    /// word, `bugs`) and replaces the accented letters of Latin-1 and Latin Extended-A by their
    /// base letters; other scripts are only lower-cased.
    public static func words(of text: some StringProtocol) -> [String] {
        var words: [String] = []
        var word = ""
        for scalar in text.unicodeScalars {
            if isDropped(scalar) { continue }
            if let folded = folded(scalar) {
                word += folded
            } else if !word.isEmpty {
                words.append(word)
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// The folded letter or digit, or nil for anything that separates words.
    private static func folded(_ scalar: Unicode.Scalar) -> String? {
        switch scalar.value {
        case 0x30...0x39, 0x61...0x7A:
            return String(scalar)
        case 0x41...0x5A:
            return scalar.properties.lowercaseMapping
        case 0..<0xC0:
            return nil
        case 0xC0..<0x180:
            let letter = latin[Int(scalar.value) - 0xC0]
            return letter == "-" ? nil : letter
        default:
            let isWord = scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            return isWord ? scalar.properties.lowercaseMapping : nil
        }
    }

    private static func isDropped(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x27, 0x60, 0xB4, 0x2018, 0x2019, 0x02BC: true
        case 0x300..<0x370: true
        default: false
        }
    }

    /// The base letters of U+00C0 … U+017F; `-` stands for the two signs × and ÷.
    private static let latin =
        """
        a a a a a a ae c e e e e i i i i
        d n o o o o o - o u u u u y th ss
        a a a a a a ae c e e e e i i i i
        d n o o o o o - o u u u u y th y
        a a a a a a c c c c c c c c d d
        d d e e e e e e e e e e g g g g
        g g g g h h h h i i i i i i i i
        i i ij ij j j k k k l l l l l l l
        l l l n n n n n n n n n o o o o
        o o oe oe r r r r r r s s s s s s
        s s t t t t t t u u u u u u u u
        u u u u w w y y y z z z z z z s
        """.split { $0 == " " || $0 == "\n" }.map(String.init)
}
