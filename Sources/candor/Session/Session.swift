// SPDX-License-Identifier: GPL-3.0-or-later

internal import CandorClient
internal import CandorProtocol
internal import Glibc

/// Runs lines: requests on the daemon, backslash commands here.
///
/// Knows nothing of where lines come from; the REPL, scripts and the demo's tour share it.
final class Session {
    /// What differs between a person and a script.
    struct Manners {
        /// Whether a lost connection is opened again, and a question that changes nothing repeated.
        var reconnects = false
        /// Whether a title may stand for an item.
        var resolvesTitles = false
        /// Whether requests need no confirmation.
        var isConfirmed = false
        /// Asks a person; nil when nobody can be asked.
        var confirm: ((String) -> Bool)?

        /// The manners for a person at a terminal.
        static func person(isConfirmed: Bool) -> Manners {
            Manners(reconnects: true, resolvesTitles: true, isConfirmed: isConfirmed)
        }
    }

    /// How running a line went.
    enum Outcome: Equatable {
        case done
        /// The daemon refused a request.
        case refused
        /// A person interrupted it.
        case cancelled
        /// The session is over.
        case ended
    }

    let daemon: Daemon
    let terminal: Terminal
    var manners: Manners
    let signals: SignalChannel?
    let lookup: Lookup
    let progress: ProgressDisplay
    let plainFormat: OutputFormat
    var format: OutputFormat
    var showsTiming = false
    var output = Output()
    var lastRequest: String?
    var names = KnownNames()
    private(set) var connection: Connection?
    private var connectionSpeaksJSON = false

    /// Prepares a session; `connect` opens it.
    ///
    /// - Parameters:
    ///   - daemon: whom to talk to.
    ///   - terminal: what the streams are connected to.
    ///   - format: how replies are written at first; `table` or `tsv` is also what a session that
    ///     starts with `json` changes to on `FORMAT text`.
    ///   - manners: what differs between a person and a script.
    ///   - signals: signals that interrupt a wait.
    init(
        daemon: Daemon, terminal: Terminal, format: OutputFormat, manners: Manners,
        signals: SignalChannel? = nil
    ) {
        self.daemon = daemon
        self.terminal = terminal
        self.format = format
        self.plainFormat = format != .json ? format : terminal.showsOutput ? .table : .tsv
        self.manners = manners
        self.signals = signals
        self.lookup = Lookup(daemon: daemon)
        self.progress = ProgressDisplay(
            isShown: terminal.showsErrors, theme: terminal.errorTheme)
    }

    /// Where the daemon listens.
    var endpoint: Endpoint { daemon.endpoint }

    /// Opens the connection unless one is open, and returns what the daemon said first.
    @discardableResult
    func connect() throws(ClientError) -> Greeting {
        if let connection { return connection.greeting }
        do {
            let opened = try daemon.connect()
            connection = opened
            connectionSpeaksJSON = false
            return opened.greeting
        } catch {
            throw .connection(error)
        }
    }

    /// Runs one line: a request, a backslash command, or nothing (blank, or a comment after `#`).
    func run(_ line: String) throws(ClientError) -> Outcome {
        try run(line, depth: 0)
    }

    func run(_ line: String, depth: Int) throws(ClientError) -> Outcome {
        let line = String(line.drop { $0 == " " || $0 == "\t" })
        switch line.first {
        case nil, "#": return .done
        case "\\": return try runMeta(line, depth: depth)
        case "?" where line == "?": return try perform("HELP")
        default:
            if ["exit", "bye"].contains(line.lowercased()) { return .ended }
            return try perform(line)
        }
    }

    /// Sends one request and writes the answer.
    func perform(_ line: String) throws(ClientError) -> Outcome {
        let parsed = RequestParser.parse(line, role: .operator)
        lastRequest = line
        if case .success(let request) = parsed.request, !manners.isConfirmed,
            let question = question(before: request)
        {
            guard let confirm = manners.confirm else {
                throw .unconfirmed(request.verb.rawValue)
            }
            guard confirm(question) else { return .done }
        }
        let clock = ContinuousClock()
        let start = clock.now
        var answer = try exchange(line, parsed)
        if case .refusal(let error) = answer, error.wireCode == .unknownItem,
            manners.resolvesTitles, case .success(let request) = parsed.request,
            let resolved = resolve(request)
        {
            answer = try exchange(resolved.line, parsed)
        }
        let elapsed = clock.now - start
        let outcome = try write(answer, to: parsed)
        if showsTiming, outcome == .done || outcome == .refused {
            notice("time \(Numerals.fixed(elapsed / .milliseconds(1), digits: 2)) ms")
        }
        return outcome
    }

    /// What is asked before a request that cannot be undone is sent; nil for all others.
    private func question(before request: Request) -> String? {
        switch request {
        case .shutdown: "Stop the daemon on \(endpoint)?"
        case .forget(let user):
            "Erase everything that is held of user \(SafeText.of(user)), for good?"
        default: nil
        }
    }

    /// Sends one request in the text format and returns the answer without writing it.
    func ask(_ line: String) throws(ClientError) -> Answer {
        try exchange(line, RequestParser.parse(line, role: .operator))
    }

    /// Says something about the session itself, beside the replies.
    func notice(_ text: String) {
        Output.writeError(terminal.errorTheme.dressed(text, .faint))
    }
}

// MARK: - Exchanging

extension Session {
    private func exchange(
        _ line: String, _ parsed: ParsedLine
    ) throws(ClientError) -> Answer {
        do throws(ConnectionError) {
            if connection == nil || connection?.isClosedByPeer == true {
                try reconnect()
            }
            do throws(ConnectionError) {
                return try exchangeOnce(line, parsed)
            } catch .closed where manners.reconnects && Self.mayRepeat(parsed) {
                try reconnect()
                return try exchangeOnce(line, parsed)
            }
        } catch {
            progress.clear()
            connection = nil
            guard error == .interrupted else { throw .connection(error) }
            return signals?.take() == SIGINT ? .cancelled : .terminated
        }
    }

    /// Whether asking again cannot do anything twice.
    private static func mayRepeat(_ parsed: ParsedLine) -> Bool {
        guard let verb = parsed.verb else { return true }
        return verb.specification.role <= .reader && verb != .quit && verb != .authenticate
    }

    private func reconnect() throws(ConnectionError) {
        let isFirst = connection == nil
        guard isFirst || manners.reconnects else { throw .closed(endpoint) }
        connection = nil
        let opened = try daemon.connect()
        connection = opened
        connectionSpeaksJSON = false
        guard !isFirst else { return }
        notice("connected again to \(endpoint) (generation \(opened.greeting.generation))")
    }

    private func exchangeOnce(
        _ line: String, _ parsed: ParsedLine
    ) throws(ConnectionError) -> Answer {
        guard let connection else { throw .closed(endpoint) }
        var line = line
        if case .success(.format(let wanted)) = parsed.request {
            format = wanted == .json ? .json : plainFormat
            connectionSpeaksJSON = wanted == .json
        } else if connectionSpeaksJSON != (format == .json) {
            let wanted: ReplyFormat = format == .json ? .json : .text
            try connection.send(Request.format(wanted).line)
            _ = try connection.nextEvent(interrupt: signals?.descriptor)
            connectionSpeaksJSON = format == .json
        }
        if line.utf8.contains(UInt8(ascii: "\n")) {
            line = line.replacing("\n", with: " ")
        }
        try connection.send(line)
        return try answer(on: connection)
    }

    private func answer(on connection: Connection) throws(ConnectionError) -> Answer {
        defer { progress.clear() }
        while true {
            switch try connection.nextEvent(interrupt: signals?.descriptor) {
            case .progress(_, let report): progress.show(report.fraction, stage: report.stage)
            case .event(let event):
                if let failure = writingFailure(of: lines(of: event)) { return failure }
            case .reply(let reply): return .reply(reply)
            case .error(let error): return .refusal(error)
            case .json(let line):
                switch Answer.JSONLine(line) {
                case .progress(let fraction, let stage): progress.show(fraction, stage: stage)
                case .event:
                    if let failure = writingFailure(of: [shown(line)]) { return failure }
                case .answer(let isGranted): return .json(line, isGranted: isGranted)
                case .malformed: throw .badReply(endpoint, "a line is no JSON of this protocol")
                }
            case .greeting: throw .badReply(endpoint, "a second greeting came")
            case .malformed(let reason): throw .badReply(endpoint, reason)
            }
        }
    }
}

// MARK: - Answers

extension Session {
    /// Writes lines before their answer has come; nil when that went well.
    private func writingFailure(of lines: [String]) -> Answer? {
        do throws(ClientError) {
            try output.write(lines)
            return nil
        } catch {
            // The rest of the answer would be taken for that of the next request.
            connection = nil
            return .unwritten(error)
        }
    }

    private func write(_ answer: Answer, to parsed: ParsedLine) throws(ClientError) -> Outcome {
        switch answer {
        case .cancelled:
            notice("cancelled")
            return .cancelled
        case .terminated: return .ended
        case .unwritten(let error): throw error
        case .refusal(let error):
            writeRefusal(error)
            return .refused
        case .json(let line, let isGranted):
            try output.write([shown(line)])
            if isGranted, case .success(let request) = parsed.request { remember(request) }
            return !isGranted ? .refused : parsed.verb == .quit ? .ended : .done
        case .reply(let reply):
            try output.write(lines(of: reply))
            if case .success(let request) = parsed.request { remember(request) }
            return parsed.verb == .quit ? .ended : .done
        }
    }

    /// A line of the JSON format as it is written: as it came, but for a terminal's sake.
    private func shown(_ line: String) -> String {
        output.path == nil && terminal.showsOutput ? SafeText.of(line) : line
    }

    /// The event in the session's format.
    private func lines(of event: ReceivedEvent) -> [String] {
        format == .table
            ? [EventLine.text(event)] : [TabSeparatedRenderer.line(event)]
    }

    /// The reply in the session's format.
    private func lines(of reply: ReceivedReply) -> [String] {
        guard format == .table else { return TabSeparatedRenderer.lines(reply) }
        let isScreen = output.path == nil && terminal.showsOutput
        let renderer = PeopleRenderer(
            width: isScreen ? Terminal.columns() : nil,
            theme: isScreen ? terminal.theme : Theme(isColoured: false))
        return renderer.lines(reply)
    }

    private func writeRefusal(_ error: ReceivedError) {
        let theme = terminal.errorTheme
        let name = theme.dressed("\(SafeText.of(error.name)) (\(error.code))", .negative)
        Output.writeError("\(name): \(SafeText.of(error.message))")
    }

    private func remember(_ request: Request) {
        request.user.map { names.remember(user: $0) }
        request.item.map { names.remember(item: $0) }
    }

    /// The request about the item whose title was given in place of an identifier.
    private func resolve(_ request: Request) -> Request? {
        guard let words = request.item else { return nil }
        let mustEqual = request.verb.specification.role > .reader
        switch TitleResolution(words, among: lookup.titles(words), mustEqual: mustEqual) {
        case .item(let match):
            notice("item \(SafeText.of(match.item)): \(SafeText.of(match.title))")
            return request.about(item: match.item)
        case .several(let matches):
            let shown = matches.prefix(Self.suggestionsMax).map {
                "  \(Quoting.word($0.item))  \(SafeText.of($0.title))"
            }
            notice((["titles with these words:"] + shown).joined(separator: "\n"))
            return nil
        case .none: return nil
        }
    }

    private static let suggestionsMax = 6
}
