// SPDX-License-Identifier: GPL-3.0-or-later

/// A request line as far as it is typed: words with their places, quotes perhaps still open.
///
/// More lenient than the protocol's own reader, because half of a line must be readable too.
struct TypedLine {
    /// One word.
    struct Word: Equatable {
        /// The word without its quotes.
        var text: String
        /// The bytes of the line it takes, quotes included.
        var bytes: Range<Int>
        /// Whether it began with a quote.
        var isQuoted = false
    }

    /// The words that end before the line does, and the last one if the line ends in it.
    let words: [Word]
    /// The word that the end of the line touches; empty and of no width after a blank.
    let current: Word

    /// The words before `current`.
    var before: ArraySlice<Word> {
        current.bytes.isEmpty ? words[...] : words.dropLast()
    }

    /// Reads `line`.
    init(_ line: some StringProtocol) {
        let bytes = Array(line.utf8)
        var words: [Word] = []
        var index = 0
        var touchesEnd = false
        while index < bytes.count {
            if Self.isBlank(bytes[index]) {
                index += 1
                continue
            }
            let start = index
            var content: [UInt8] = []
            var inQuotes = false
            while index < bytes.count, inQuotes || !Self.isBlank(bytes[index]) {
                let byte = bytes[index]
                if byte == UInt8(ascii: "\"") {
                    inQuotes.toggle()
                } else if inQuotes, byte == UInt8(ascii: "\\"), index + 1 < bytes.count {
                    index += 1
                    content.append(bytes[index])
                } else {
                    content.append(byte)
                }
                index += 1
            }
            touchesEnd = index == bytes.count
            words.append(
                Word(
                    text: String(decoding: content, as: UTF8.self), bytes: start..<index,
                    isQuoted: bytes[start] == UInt8(ascii: "\"")))
        }
        self.words = words
        let nothing = Word(text: "", bytes: bytes.count..<bytes.count)
        self.current = touchesEnd ? words.last ?? nothing : nothing
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}

extension TypedLine.Word {
    /// The word as `name=value`, unless it is quoted or has no `=`.
    var option: (name: String, value: String)? {
        guard !isQuoted, let equals = text.firstIndex(of: "="), equals != text.startIndex else {
            return nil
        }
        return (text[..<equals].lowercased(), String(text[text.index(after: equals)...]))
    }
}
