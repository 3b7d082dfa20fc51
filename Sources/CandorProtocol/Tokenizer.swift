// SPDX-License-Identifier: GPL-3.0-or-later

/// Cuts a line into words: the one reader of requests and of status lines.
///
/// Words are separated by spaces and tabs. A word that begins with `"` ends at the next `"`, and
/// escapes are resolved between the two; in a bare word a backslash stands for itself and a quote
/// is refused. A bare `name=` at the beginning of a word makes it an option, whose value may be
/// quoted in turn.
///
/// Complexity: one pass; nothing is allocated for words without escapes.
struct Tokenizer {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position: Int

    /// Begins at `start` of bytes that must outlive the tokenizer.
    init(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int = 0) {
        self.bytes = bytes
        self.position = start
    }

    /// The next word, or nil at the end of the line.
    mutating func next() throws(WireError) -> Token? {
        while position < bytes.count, ASCII.isBlank(bytes[position]) { position += 1 }
        guard position < bytes.count else { return nil }
        if bytes[position] == ASCII.quote { return try quoted(name: nil) }
        return try bare()
    }

    /// The word's text.
    func text(of token: Token) -> String {
        token.resolved ?? text(in: token.content)
    }

    /// The text of some bytes of the line.
    func text(in range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    private mutating func bare() throws(WireError) -> Token {
        var name: Range<Int>?
        var start = position
        var mayBeName = ASCII.startsName(bytes[position])
        while position < bytes.count {
            let byte = bytes[position]
            if ASCII.isBlank(byte) { break }
            if byte == ASCII.quote { throw strayQuote() }
            position += 1
            guard mayBeName, !ASCII.continuesName(byte) else { continue }
            mayBeName = false
            guard byte == ASCII.equals else { continue }
            name = start..<(position - 1)
            start = position
            if position < bytes.count, bytes[position] == ASCII.quote {
                return try quoted(name: name)
            }
        }
        return Token(name: name, content: start..<position, isQuoted: false, resolved: nil)
    }

    /// Reads a quoted word whose opening quote is at `position`.
    private mutating func quoted(name: Range<Int>?) throws(WireError) -> Token {
        let opening = position
        position += 1
        var resolved: String?
        var runStart = position
        while position < bytes.count, bytes[position] != ASCII.quote {
            guard bytes[position] == ASCII.backslash else {
                position += 1
                continue
            }
            guard let (scalar, end) = EscapeSequence.scalar(in: bytes, at: position) else {
                throw badEscape()
            }
            resolved = (resolved ?? "") + text(in: runStart..<position)
            resolved?.unicodeScalars.append(scalar)
            position = end
            runStart = end
        }
        guard position < bytes.count else { throw unclosedQuote(at: opening) }
        if resolved != nil { resolved?.append(text(in: runStart..<position)) }
        let content = (opening + 1)..<position
        position += 1
        if position < bytes.count, !ASCII.isBlank(bytes[position]) { throw strayQuote() }
        return Token(name: name, content: content, isQuoted: true, resolved: resolved)
    }

    private func unclosedQuote(at opening: Int) -> WireError {
        WireError(
            .badSyntax,
            "the quote at byte \(opening + 1) is never closed; add \" at the end of the word, "
                + "or write \\\" for a quote inside it")
    }

    private func strayQuote() -> WireError {
        WireError(
            .badSyntax,
            "a quote touches a word at byte \(position + 1); put the whole word between quotes "
                + "and write \\\" for a quote inside it")
    }

    private func badEscape() -> WireError {
        WireError(
            .badSyntax, "no such escape at byte \(position + 1); use one of \(EscapeSequence.known)"
        )
    }
}
