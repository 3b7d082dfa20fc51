// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes words so that every reader of the protocol gets the same text back.
public enum Quoting {
    /// `text` as one word of a request: bare where that is safe, else between quotes.
    ///
    /// A word that begins with `@` or contains `=` is quoted, so that it is never taken for a tag
    /// or an option.
    public static func word(_ text: String) -> String {
        var output: [UInt8] = []
        appendWord(text, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    /// `text` between quotes for a message to people: escaped, and cut after 40 characters.
    static func excerpt(_ text: String) -> String {
        let shown = text.unicodeScalars.prefix(excerptScalarsMax)
        var output: [UInt8] = [ASCII.quote]
        EscapedText.append(String(shown), .quoted, to: &output)
        if shown.endIndex < text.unicodeScalars.endIndex { output.append(contentsOf: "…".utf8) }
        output.append(ASCII.quote)
        return String(decoding: output, as: UTF8.self)
    }

    /// Appends `text` as one word of a request.
    static func appendWord(_ text: String, to output: inout [UInt8]) {
        let isBare =
            isBareSafe(text) && text.utf8.first != ASCII.at && !text.utf8.contains(ASCII.equals)
        append(text, bare: isBare, to: &output)
    }

    /// Appends `text` as the value of an option or a status field.
    ///
    /// A text that is exactly `-` is quoted, because a bare `-` stands for no value.
    static func appendValue(_ text: String, to output: inout [UInt8]) {
        append(text, bare: isBareSafe(text) && text != "-", to: &output)
    }

    private static let excerptScalarsMax = 40

    private static func isBareSafe(_ text: String) -> Bool {
        !text.isEmpty && !text.utf8.contains(ASCII.space) && !EscapedText.isAltered(text)
    }

    private static func append(_ text: String, bare: Bool, to output: inout [UInt8]) {
        guard !bare else {
            output.append(contentsOf: text.utf8)
            return
        }
        output.append(ASCII.quote)
        EscapedText.append(text, .quoted, to: &output)
        output.append(ASCII.quote)
    }
}
