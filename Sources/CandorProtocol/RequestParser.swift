// SPDX-License-Identifier: GPL-3.0-or-later

/// Turns request lines into checked requests: everything it refuses, it refuses with a reason.
public enum RequestParser {
    /// Reads one line (without its end) that came over a connection of `role`.
    ///
    /// The order of the checks is part of the contract: length, UTF-8, tag, verb, role, then
    /// words from left to right, then the number of arguments. An empty line is refused
    /// (`bad-syntax`), so that every line has exactly one answer.
    ///
    /// Complexity: one pass over the line; a request of short words allocates one array.
    public static func parse(_ line: ArraySlice<UInt8>, role: Role) -> ParsedLine {
        line.withUnsafeBufferPointer { parse($0, role: role) }
    }

    /// Reads one line that came over a connection of `role`.
    public static func parse(_ line: String, role: Role) -> ParsedLine {
        var line = line
        return line.withUTF8 { parse($0, role: role) }
    }

    /// The answer to a line that exceeds `Limits.lineBytesMax`.
    public static let lineTooLong = WireError(
        .lineTooLong,
        "a request is at most \(Limits.lineBytesMax) bytes long; connect again and send a shorter "
            + "one")

    /// Says that no verb is called `word`, and which one may be meant.
    static func unknownVerbMessage(_ word: String) -> String {
        let near = Nearest.match(for: word, among: Verb.allCases.lazy.map(\.rawValue))
        let hint = near.map { "did you mean \($0)?" } ?? "HELP lists them all"
        return "there is no verb \(Quoting.excerpt(word)); \(hint)"
    }

    private static func parse(_ line: UnsafeBufferPointer<UInt8>, role: Role) -> ParsedLine {
        var tag: String?
        var verb: Verb?
        do throws(WireError) {
            guard line.count <= Limits.lineBytesMax else { throw lineTooLong }
            try checkCharacters(line)
            var start = line.firstIndex { !ASCII.isBlank($0) } ?? line.endIndex
            if start < line.count, line[start] == ASCII.at {
                let end = line[start...].firstIndex(where: ASCII.isBlank) ?? line.endIndex
                tag = try self.tag(UnsafeBufferPointer(rebasing: line[(start + 1)..<end]))
                start = end
            }
            var words = Tokenizer(line, from: start)
            verb = try self.verb(&words, of: line)
            guard let verb else { throw empty }
            let request = try request(verb, &words, role: role)
            return ParsedLine(tag: tag, verb: verb, request: .success(request))
        } catch {
            let error = verb == nil && tag == nil && HTTPLine.matches(line) ? httpRefused : error
            return ParsedLine(tag: tag, verb: verb, request: .failure(error))
        }
    }

    private static func verb(
        _ words: inout Tokenizer, of line: UnsafeBufferPointer<UInt8>
    ) throws(WireError) -> Verb? {
        guard let word = try words.next() else { return nil }
        if word.name == nil, word.resolved == nil,
            let verb = Verb(parsing: UnsafeBufferPointer(rebasing: line[word.content]))
        {
            return verb
        }
        guard let name = word.name else {
            throw WireError(.unknownVerb, unknownVerbMessage(words.text(of: word)))
        }
        throw WireError(
            .unknownVerb,
            "a request begins with a verb, not with the option "
                + "\(Quoting.excerpt(words.text(in: name))); HELP lists them all")
    }

    private static func request(
        _ verb: Verb, _ words: inout Tokenizer, role: Role
    ) throws(WireError) -> Request {
        let specification = verb.specification
        guard role >= specification.role else { throw notPermitted(specification, role) }
        var arguments = CheckedArguments(specification)
        while let word = try words.next() {
            let text = words.text(of: word)
            if let name = word.name {
                try arguments.add(option: words.text(in: name), text)
            } else {
                try arguments.add(argument: text)
            }
        }
        try arguments.finish()
        return try Request(arguments)
    }

    private static func tag(_ bytes: UnsafeBufferPointer<UInt8>) throws(WireError) -> String {
        guard (1...Limits.tagBytesMax).contains(bytes.count),
            bytes.allSatisfy({ $0 > ASCII.space && $0 < 0x7F })
        else {
            throw WireError(
                .badSyntax,
                "a tag is @ and 1 to \(Limits.tagBytesMax) visible ASCII characters; "
                    + "a verb comes after it")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func checkCharacters(_ line: UnsafeBufferPointer<UInt8>) throws(WireError) {
        var union: UInt8 = 0
        var hasNUL = false
        for byte in line {
            union |= byte
            hasNUL = hasNUL || byte == 0
        }
        if hasNUL {
            throw WireError(.notUTF8, "the line holds a NUL byte; send text only")
        }
        guard union >= 0x80 else { return }
        do {
            _ = try UTF8Span(validating: line.span)
        } catch {
            throw WireError(
                .notUTF8,
                "the line is not UTF-8 from byte \(error.byteOffsets.lowerBound + 1) on; "
                    + "encode it as UTF-8 and send it again")
        }
    }

    private static func notPermitted(_ specification: VerbSpecification, _ role: Role) -> WireError
    {
        guard role > .guest else {
            return WireError(
                .authenticationRequired,
                "\(specification.verb.rawValue) needs the role \(specification.role.rawValue) and "
                    + "this connection has not proven who it is; send AUTH, or start candor with "
                    + "--token-file")
        }
        return WireError(
            .notPermitted,
            "\(specification.verb.rawValue) needs the role \(specification.role.rawValue) and this "
                + "connection has \(role.rawValue); connect through the daemon's Unix socket")
    }

    private static let empty = WireError(
        .badSyntax, "the line has no verb; send one, for example PING, or HELP for the list")

    private static let httpRefused = WireError(
        .httpRefused, "this is not an HTTP server; connect with candor or a line client")
}
