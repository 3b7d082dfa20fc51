// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads what the daemon sends: the client's half of the text format.
///
/// Lines of the JSON format are told apart by their first byte and handed on as they are.
///
/// Memory: at most the largest reply allowed and one `append`; a stream that breaks the contract
/// gives one `malformed` event and nothing after it.
public struct ReplyReader: Sendable {
    /// What comes out of the stream.
    public enum Event: Sendable, Equatable {
        /// The daemon's first line.
        case greeting(Greeting)
        /// Work has come further; the final answer is still to come.
        case progress(tag: String?, Progress)
        /// Something happened that a WATCH asked for; its answer is still to come.
        case event(ReceivedEvent)
        /// The answer to a request.
        case reply(ReceivedReply)
        /// The refusal of a request.
        case error(ReceivedError)
        /// A line of the JSON format, whole.
        case json(String)
        /// The stream is not this protocol, for the reason given; close the connection.
        case malformed(String)
    }

    private var framer: LineFramer
    private let replyBytesMax: Int
    /// A reply whose body is not complete, and how many of its rows and bytes there are.
    private var pending: (reply: ReceivedReply, rowsLeft: Int, bytes: Int)?
    private var isFinished = false

    /// Makes a reader that accepts replies of up to `replyBytesMax` bytes.
    public init(replyBytesMax: Int = Limits.replyBytesMax) {
        self.framer = LineFramer(lineBytesMax: replyBytesMax)
        self.replyBytesMax = replyBytesMax
    }

    /// Adds bytes that were received.
    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        framer.append(bytes)
    }

    /// Adds bytes that were received.
    public mutating func append(_ bytes: [UInt8]) {
        framer.append(bytes)
    }

    /// Takes the next event, or nil until more bytes complete one.
    public mutating func next() -> Event? {
        while !isFinished, let event = framer.next() {
            guard case .line(let line) = event else { return malformed("a line is too long") }
            do throws(Defect) {
                let read = try line.withUnsafeBufferPointer { bytes throws(Defect) in
                    try self.read(bytes)
                }
                if let read { return read }
            } catch {
                return malformed(error.message)
            }
        }
        return nil
    }

    /// Why the stream cannot be read on.
    private struct Defect: Error {
        let message: String
    }

    private mutating func malformed(_ reason: String) -> Event {
        isFinished = true
        pending = nil
        return .malformed("the server does not speak this protocol: \(reason)")
    }
}

extension ReplyReader {
    /// Reads one line; nil when it leaves a reply incomplete.
    private mutating func read(
        _ line: UnsafeBufferPointer<UInt8>
    ) throws(Defect) -> Event? {
        if pending != nil { return try readRow(line) }
        if line.first == UInt8(ascii: "{") {
            return .json(String(decoding: line, as: UTF8.self))
        }
        var words = LineWords(line)
        var tag: String?
        var mark = words.next()
        if let first = mark, first.utf8.first == ASCII.at {
            tag = String(first.dropFirst())
            mark = words.next()
        }
        switch mark {
        case TextReply.Mark.success: return try readStatus(tag, words.rest)
        case TextReply.Mark.failure: return try readError(tag, &words)
        case TextReply.Mark.progress: return try readProgress(tag, &words)
        case TextReply.Mark.event: return try readEvent(tag, words.rest)
        case Greeting.mark where tag == nil: return try readGreeting(words.rest)
        default: throw Defect(message: "a line is no status, progress, event or greeting")
        }
    }

    private mutating func readStatus(
        _ tag: String?, _ rest: UnsafeBufferPointer<UInt8>
    ) throws(Defect) -> Event? {
        var (words, fields) = try Self.statusWords(rest)
        guard words.count == 1, let rows = words.popLast().flatMap(Int.init), rows >= 0,
            fields.first?.name == "generation",
            let generation = fields.removeFirst().value.flatMap(Int.init)
        else {
            throw Defect(message: "OK without a row count and a generation")
        }
        var reply = ReceivedReply(tag: tag, generation: generation)
        if fields.last?.name == "columns", let columns = fields.removeLast().value {
            reply.columns = columns.split(separator: ",").map(String.init)
        }
        guard rows == 0 || !reply.columns.isEmpty else {
            throw Defect(message: "a body without columns")
        }
        reply.fields = fields
        guard rows > 0 else { return .reply(reply) }
        pending = (reply, rows, rest.count)
        return nil
    }

    private mutating func readRow(_ line: UnsafeBufferPointer<UInt8>) throws(Defect) -> Event? {
        guard line.first == ASCII.space else { throw Defect(message: "a body is too short") }
        let cells = line.dropFirst().split(
            separator: ASCII.tab, omittingEmptySubsequences: false
        ).map { cell in
            let bytes = UnsafeBufferPointer(rebasing: cell)
            return bytes.elementsEqual([ASCII.dash]) ? nil : EscapeSequence.unescaped(bytes)
        }
        guard var (reply, rowsLeft, bytes) = pending.take() else { return nil }
        guard cells.count == reply.columns.count else {
            throw Defect(
                message: "a row of \(cells.count) cells under \(reply.columns.count) columns")
        }
        bytes += line.count
        guard bytes <= replyBytesMax else { throw Defect(message: "a reply is too long") }
        reply.rows.append(cells)
        rowsLeft -= 1
        guard rowsLeft > 0 else { return .reply(reply) }
        pending = (reply, rowsLeft, bytes)
        return nil
    }

    private func readError(_ tag: String?, _ words: inout LineWords) throws(Defect) -> Event {
        guard let code = words.next().flatMap(Int.init), let name = words.next() else {
            throw Defect(message: "ERR without a code and a name")
        }
        let message = EscapeSequence.unescaped(words.rest)
        return .error(ReceivedError(tag: tag, code: code, name: name, message: message))
    }

    private func readProgress(_ tag: String?, _ words: inout LineWords) throws(Defect) -> Event {
        guard let percent = words.next().flatMap(Double.init) else {
            throw Defect(message: "progress without a percentage")
        }
        let stage = EscapeSequence.unescaped(words.rest)
        // Tenths of a percent are whole, so that the fraction is the nearest to what was sent.
        let fraction = (percent * 10).rounded() / 1000
        return .progress(tag: tag, Progress(fraction: fraction, stage: stage))
    }

    private func readEvent(
        _ tag: String?, _ rest: UnsafeBufferPointer<UInt8>
    ) throws(Defect) -> Event {
        let (words, fields) = try Self.statusWords(rest)
        let beginning = fields.prefix(2)
        guard words.count == 2, let number = Int(words[0]),
            beginning.map(\.name) == ["generation", "time"],
            let generation = beginning.first?.value.flatMap(Int.init),
            let time = beginning.last?.value.flatMap(Int.init)
        else {
            throw Defect(message: "an event without a number, a kind, a generation and a time")
        }
        return .event(
            ReceivedEvent(
                tag: tag, number: number, kind: words[1], generation: generation, time: time,
                fields: Array(fields.dropFirst(2))))
    }

    private func readGreeting(_ rest: UnsafeBufferPointer<UInt8>) throws(Defect) -> Event {
        let (words, fields) = try Self.statusWords(rest)
        guard words.count >= 2, let version = Int(words[0]),
            let generation = fields.first(where: { $0.name == "generation" })?.value
                .flatMap(Int.init)
        else {
            throw Defect(message: "a greeting without a version, a name and a generation")
        }
        let role = fields.first { $0.name == "role" }?.value.flatMap(Role.init)
        return .greeting(
            Greeting(
                server: words[1], generation: generation, role: role, protocolVersion: version))
    }

    /// The plain words of a status line, and its fields.
    private static func statusWords(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(Defect) -> (words: [String], fields: [ReceivedReply.Field]) {
        var words: [String] = []
        var fields: [ReceivedReply.Field] = []
        var tokens = Tokenizer(bytes)
        do throws(WireError) {
            while let token = try tokens.next() {
                let text = tokens.text(of: token)
                if let name = token.name {
                    let isMissing = !token.isQuoted && text == "-"
                    fields.append(.init(tokens.text(in: name), isMissing ? nil : text))
                } else {
                    words.append(text)
                }
            }
        } catch {
            throw Defect(message: error.message)
        }
        return (words, fields)
    }
}
