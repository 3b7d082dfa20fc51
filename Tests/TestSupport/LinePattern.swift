// SPDX-License-Identifier: GPL-3.0-or-later

/// One expected line of a transcript, with its placeholders.
enum LinePattern {
    /// A placeholder within a line.
    private enum Placeholder: String, CaseIterable {
        /// A quoted word, or characters up to a blank, a quote, a comma or a closing bracket.
        case any = "{any}"
        /// A decimal number.
        case number = "{number}"
        /// Characters up to the next tab.
        case cell = "{cell}"
    }

    /// Which lines a line-repeating placeholder stands for; nil when `pattern` is an ordinary line.
    static func repetition(_ pattern: String) -> ((String) -> Bool)? {
        switch pattern {
        case "{...}": { $0.hasPrefix(" ") }
        case "{*}": isProgress
        default: nil
        }
    }

    /// Whether `line` is what `pattern` describes.
    static func matches(_ pattern: String, _ line: String) -> Bool {
        var pattern = Substring(pattern)
        var line = Substring(line)
        while !pattern.isEmpty {
            if let placeholder = Placeholder.allCases.first(where: {
                pattern.hasPrefix($0.rawValue)
            }) {
                guard let length = length(of: placeholder, in: line) else { return false }
                pattern = pattern.dropFirst(placeholder.rawValue.count)
                line = line.dropFirst(length)
            } else {
                guard pattern.removeFirst() == line.popFirst() else { return false }
            }
        }
        return line.isEmpty
    }

    private static func isProgress(_ line: String) -> Bool {
        if line.hasPrefix("{") { return line.contains(#""progress":"#) }
        let words = line.split(separator: " ", maxSplits: 2)
        let mark = line.hasPrefix("@") ? words.dropFirst().first : words.first
        return mark == "*"
    }

    /// How many characters a placeholder takes; nil when it does not match.
    private static func length(of placeholder: Placeholder, in line: Substring) -> Int? {
        switch placeholder {
        case .any:
            if line.hasPrefix("\"") { return quotedLength(line) }
            let count = line.prefix { !" \t\",}]".contains($0) }.count
            return count > 0 ? count : nil
        case .number:
            let number = line.prefix { "+-.0123456789eE".contains($0) }
            return Double(number) == nil ? nil : number.count
        case .cell: return line.prefix { $0 != "\t" }.count
        }
    }

    private static func quotedLength(_ line: Substring) -> Int? {
        var length = 1
        var isEscaped = false
        for character in line.dropFirst() {
            length += 1
            if isEscaped {
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                return length
            }
        }
        return nil
    }
}
