// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

/// One conversation: bytes in, requests begun on the service, replies out in the order of requests.
///
/// Knows no descriptor and no clock: bytes are handed to it and taken from `output`, and the time
/// comes from a closure. Its owner calls `advance()` after each `receive` and `deliver`, sends
/// `output`, reads on while `wantsInput`, and closes once `isFinished`.
///
/// Memory: at most one `receive` beyond `outputBytesMax` of output plus one reply, one line, and
/// `pipelinedRequestsMax` requests.
struct Session: ~Copyable {
    /// Rendered replies, for the owner to send.
    var output = OutputBuffer()
    /// Whether the peer will send no more.
    private(set) var inputEnded = false
    /// Whether nothing has come from the peer, who may be about to ask for the first time.
    private(set) var isFresh = true
    /// Whether an answer asked for the daemon to stop.
    private(set) var wantsDaemonToStop = false
    /// The connections that answers close.
    private var killed: [Int] = []
    /// What answers change for the server.
    private var reconfigurations: [Reconfiguration] = []

    private let connection: Int
    /// What the peer may do.
    private(set) var role: Role
    private let service: any RequestService
    private let options: ServingOptions.Session
    private let kept: KeptAnswers
    private let now: () -> UInt64

    private var framer: LineFramer
    private var format = ReplyFormat.text
    private var pending = PendingQueue()
    /// A request that must wait until the pending ones are answered.
    private var held: HeldLine?
    /// The events that a watcher who did not read has missed.
    private var missed: MissedEvents?
    /// Whether the framer may have a complete line.
    private var mayHaveLines = false
    /// Whether no request is taken any more.
    private var isClosing = false
    /// Whether new requests are refused because the daemon stops.
    private var isDraining = false

    /// A conversation on `connection`, whose requests carry that number on their tickets.
    ///
    /// `kept` is what all sessions of a server know of answers; `now` gives nanoseconds that never
    /// step.
    init(
        connection: Int, role: Role, service: any RequestService,
        options: ServingOptions.Session = .init(), kept: KeptAnswers,
        now: @escaping () -> UInt64
    ) {
        self.connection = connection
        self.role = role
        self.service = service
        self.options = options
        self.kept = kept
        self.now = now
        framer = LineFramer(lineBytesMax: options.lineBytesMax)
    }

    /// Speaks first.
    mutating func greet(server: String) {
        let greeting = Greeting(server: server, generation: service.generation, role: role)
        output.append { greeting.render(into: &$0) }
    }

    /// Takes bytes from the peer; only while `wantsInput`.
    mutating func receive(_ bytes: UnsafeRawBufferPointer) {
        guard !isClosing else { return }
        isFresh = false
        framer.append(bytes)
        mayHaveLines = true
    }

    /// Learns that the peer has sent all it had to say: what it asked is still answered.
    mutating func receiveEnd() {
        inputEnded = true
        isFresh = false
    }

    /// Refuses requests from now on; those begun are still answered, then the session finishes.
    mutating func drain() {
        isDraining = true
    }

    /// Whether more bytes should be read.
    var wantsInput: Bool {
        !inputEnded && !isClosing && !isDraining && !mayHaveLines && held == nil && hasRoom
    }

    /// Whether `advance()` has something to do at this moment.
    var canAdvance: Bool {
        guard !isClosing, hasRoom else { return false }
        guard let held else { return mayHaveLines }
        return mayBegin(overlapping: held.mayOverlap)
    }

    /// Whether everything is said and sent.
    var isFinished: Bool {
        guard output.isEmpty, pending.isEmpty else { return false }
        return isClosing || ((inputEnded || isDraining) && held == nil && !mayHaveLines)
    }

    /// Whether answers ask something of the server.
    var asksServer: Bool { wantsDaemonToStop || !reconfigurations.isEmpty || !killed.isEmpty }

    /// Whether the peer may have sent, or be sending, what will not be read.
    var leavesInputUnread: Bool { (isClosing || isDraining) && !inputEnded }

    /// Begins the requests that have arrived, as far as the bounds of one turn allow; returns the
    /// nanoseconds that it took.
    @discardableResult
    mutating func advance() -> UInt64 {
        if missed != nil, hasRoom { tellOfMissed() }
        guard canAdvance else { return 0 }
        let began = now()
        var time = began
        for _ in 0..<options.requestsPerTurnMax {
            guard canAdvance, let done = advanceOnce(at: time) else { break }
            time = done
            if time &- began >= options.nanosecondsPerTurnMax { break }
        }
        return time &- began
    }

    /// Begins the next request or answers it at once, and returns when that was done; nil where none
    /// could be begun.
    private mutating func advanceOnce(at began: UInt64) -> UInt64? {
        if let held = held.take() { return begin(held.line, nil, at: began) }
        switch framer.next() {
        case .line(let bytes):
            if let done = bytes.withUnsafeBytes({ repeatAnswer(to: $0, since: began) }) {
                return done
            }
            return take(RequestParser.parse(bytes, role: role), bytes, at: began)
        case .lineTooLong:
            return take(
                ParsedLine(tag: nil, verb: nil, request: .failure(RequestParser.lineTooLong)), nil,
                at: began)
        case nil:
            mayHaveLines = false
            return nil
        }
    }

    /// Begins the request of a line, read from `bytes`, or keeps it for later and tells the one before
    /// it if that goes on until then.
    private mutating func take(
        _ line: ParsedLine, _ bytes: ArraySlice<UInt8>?, at began: UInt64
    ) -> UInt64? {
        let mayOverlap = Self.mayOverlap(line)
        if mayBegin(overlapping: mayOverlap) { return begin(line, bytes, at: began) }
        held = HeldLine(line, mayOverlap: mayOverlap)
        if let last = pending.last, last.lastsUntilNext {
            service.conclude(Ticket(connection: connection, sequence: pending.nextSequence - 1))
        }
        return nil
    }

    /// Takes what became ready for a request of this session.
    mutating func deliver(_ delivery: Delivery) {
        switch delivery {
        case .progress(let ticket, let progress):
            // Dropped for a reader that lags: the next line says more.
            guard pending.isHeadUnanswered(ticket.sequence), hasRoom, let head = pending.head
            else { return }
            let renderer = ReplyRenderer(format: format, tag: head.tag, verb: head.verb)
            output.append { renderer.render(progress, into: &$0) }
        case .event(let ticket, let event):
            guard pending.isHeadUnanswered(ticket.sequence) else { return }
            guard hasRoom else {
                missed = MissedEvents(count: (missed?.count ?? 0) + 1, last: event)
                return
            }
            tellOfMissed()
            tell(event)
        case .answer(let ticket, let answer):
            tellOfMissed()
            let time = now()
            let service = service
            let isKnown = pending.update(ticket.sequence) { request in
                precondition(request.answer == nil, "a request was answered twice")
                let nanoseconds = time &- request.beganAt
                request.answer = (answer, Int(nanoseconds / 1000))
                Self.report(answer, ticket, request.verb, nanoseconds, to: service)
            }
            precondition(isKnown, "an answer came for a request that does not wait")
            emitAnswered()
        }
    }

    /// Tells a watcher of the events that were left out, if any were.
    private mutating func tellOfMissed() {
        guard let missed = missed.take() else { return }
        tell(missed.last.missed(count: missed.count))
    }

    private mutating func tell(_ event: Event) {
        guard let head = pending.head else { return }
        let renderer = ReplyRenderer(format: format, tag: head.tag, verb: head.verb)
        output.append { renderer.render(event, into: &$0) }
    }

    /// The connections that the server is to close, each once.
    mutating func takeKilled() -> [Int] {
        defer { killed = [] }
        return killed
    }

    /// What the server is to change, each once after an answer said so.
    mutating func takeReconfigurations() -> [Reconfiguration] {
        defer { reconfigurations = [] }
        return reconfigurations
    }

    /// How many requests have begun.
    var requestCount: Int { pending.nextSequence }

    /// Whether nothing is under way: no request, no answer, no complete line.
    var isQuiet: Bool {
        pending.isEmpty && output.isEmpty && held == nil && !mayHaveLines
    }

    /// Ends the conversation with an error that answers no request.
    mutating func dismiss(_ error: WireError) {
        isClosing = true
        let renderer = ReplyRenderer(format: format, tag: nil, verb: nil)
        let generation = service.generation
        output.append {
            renderer.render(
                .failure(error), generation: generation, elapsedMicroseconds: 0, into: &$0)
        }
    }

    private var hasRoom: Bool {
        output.count <= options.outputBytesMax && pending.count < options.pipelinedRequestsMax
    }

    /// Whether a line's turn has come: nothing waits, or all that waits and it itself may overlap.
    private func mayBegin(overlapping mayOverlap: Bool) -> Bool {
        guard !pending.isEmpty else { return true }
        return mayOverlap && pending.last?.mayOverlap == true
    }

    /// A refusal overlaps with anything, as no service takes part in it.
    private static func mayOverlap(_ line: ParsedLine) -> Bool {
        switch line.request {
        case .success(let request): request.mayOverlap
        case .failure: true
        }
    }

    private static func lastsUntilNext(_ line: ParsedLine) -> Bool {
        switch line.request {
        case .success(let request): request.lastsUntilNext
        case .failure: false
        }
    }

    /// Answers bytes at once if they are one whole line whose answer is kept, and says from when to when.
    ///
    /// Nil where they are still to be received. Only while `wantsInput`; `began` spares looking it up.
    mutating func answerAtOnce(
        _ bytes: UnsafeRawBufferPointer, since began: UInt64?
    ) -> (began: UInt64, ended: UInt64)? {
        guard !mayHaveLines, let line = framer.onlyLine(in: bytes) else { return nil }
        let began = began ?? now()
        guard let ended = repeatAnswer(to: line, since: began) else { return nil }
        isFresh = false
        return (began, ended)
    }

    /// Answers a line without asking the service, if its answer is kept, and returns when that was
    /// done.
    ///
    /// In JSON each answer tells its own time.
    private mutating func repeatAnswer(
        to line: UnsafeRawBufferPointer, since began: UInt64
    ) -> UInt64? {
        guard format == .text, pending.isEmpty, !isDraining, role > .guest else { return nil }
        let (tag, request) = TaggedLine.split(line)
        guard let entry = kept.answer(to: request) else { return nil }
        let ticket = Ticket(connection: connection, sequence: pending.nextSequence)
        pending.skip()
        output.append { output in
            if !tag.isEmpty { output.append(contentsOf: tag) }
            entry.withReply { output.append(contentsOf: $0) }
        }
        let time = now()
        service.finished(
            FinishedRequest(
                ticket: ticket, verb: entry.verb, nanoseconds: time &- began,
                rowCount: entry.rowCount, isKept: true))
        return time
    }

    /// Begins a request and returns when that was done.
    private mutating func begin(
        _ line: ParsedLine, _ bytes: ArraySlice<UInt8>?, at began: UInt64
    ) -> UInt64 {
        let ticket = Ticket(connection: connection, sequence: pending.nextSequence)
        let answer = firstAnswer(to: line, ticket)
        let time = now()
        let nanoseconds = answer == nil ? 0 : time &- began
        let microseconds = Int(nanoseconds / 1000)
        if let answer {
            Self.report(answer, ticket, line.verb, nanoseconds, to: service)
            if pending.isEmpty {
                pending.skip()
                emit(
                    answer, tag: line.tag, verb: line.verb, microseconds: microseconds,
                    line: bytes)
                return time
            }
        }
        pending.append(
            PendingRequest(
                line: answer == nil ? bytes.map(Array.init) : nil, tag: line.tag,
                verb: line.verb, mayOverlap: Self.mayOverlap(line),
                lastsUntilNext: Self.lastsUntilNext(line), beganAt: began,
                answer: answer.map { ($0, microseconds) }))
        return time
    }

    /// The answer that there is at once, if any.
    private mutating func firstAnswer(to line: ParsedLine, _ ticket: Ticket) -> Answer? {
        switch line.request {
        case .success(let request):
            if isDraining {
                return Answer(.failure(Self.shuttingDown), generation: service.generation)
            }
            return service.begin(request, ticket: ticket, role: role)
        case .failure(let error):
            // What follows in the stream cannot be trusted to be a request.
            if error.code.closesConnection { isClosing = true }
            return Answer(.failure(error), generation: service.generation)
        }
    }

    private mutating func emitAnswered() {
        while let request = pending.popAnswered(), let (answer, microseconds) = request.answer {
            emit(
                answer, tag: request.tag, verb: request.verb, microseconds: microseconds,
                line: request.line?[...])
        }
    }

    /// Renders an answer; one to `line` that will hold is kept.
    private mutating func emit(
        _ answer: Answer, tag: String?, verb: Verb?, microseconds: Int,
        line: ArraySlice<UInt8>? = nil
    ) {
        switch answer.effect {
        case .none: break
        case .format(let format): self.format = format
        case .close: isClosing = true
        case .kill(let connection): killed.append(connection)
        case .admit(let role): self.role = role
        case .reconfigure(let change): reconfigurations.append(change)
        case .stopDaemon: wantsDaemonToStop = true
        }
        if case .failure(let error) = answer.response, error.code.closesConnection {
            isClosing = true
        }
        let renderer = ReplyRenderer(format: format, tag: tag, verb: verb)
        output.append { [kept] output in
            let start = output.count
            renderer.render(
                answer.response, generation: answer.generation, elapsedMicroseconds: microseconds,
                into: &output)
            guard let line, let validity = answer.validity, renderer.format == .text, let verb,
                case .success(let reply) = answer.response
            else { return }
            line.withUnsafeBytes { line in
                let (tag, request) = TaggedLine.split(line)
                kept.keep(
                    output[(start + tag.count)...], to: request, verb: verb,
                    rowCount: reply.rows.count, while: validity)
            }
        }
    }

    private static func report(
        _ answer: Answer, _ ticket: Ticket, _ verb: Verb?, _ nanoseconds: UInt64,
        to service: any RequestService
    ) {
        guard let verb else { return }
        service.finished(
            FinishedRequest(answer, ticket: ticket, verb: verb, nanoseconds: nanoseconds))
    }

    private static let shuttingDown = WireError(
        .shuttingDown, "the daemon is stopping; connect again once it has started")
}
