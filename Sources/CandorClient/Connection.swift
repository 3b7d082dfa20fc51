// SPDX-License-Identifier: GPL-3.0-or-later

public import CandorProtocol
public import Credentials
internal import Glibc

/// One conversation with a daemon: requests go out as lines, answers come back as events.
///
/// Blocking, and for one thread at a time. After any error except `timedOut` the connection is of
/// no further use; the socket closes with the last reference.
public final class Connection {
    /// Where the daemon listens.
    public let endpoint: Endpoint
    /// What the daemon said first, with the role that a token has brought since.
    public private(set) var greeting: Greeting

    private let socket: Descriptor
    private var reader: ReplyReader
    private let buffer: UnsafeMutableRawBufferPointer

    private static let bufferBytes = 1 << 16

    /// Connects and reads the greeting; where the daemon wants to know who comes, proves to hold
    /// `token`.
    ///
    /// Without a token such a connection is usable for what guests may ask.
    ///
    /// - Parameters:
    ///   - endpoint: where the daemon listens.
    ///   - token: what to prove; its secret is not sent.
    ///   - timeoutSeconds: how long to wait for each answer; nil waits for ever.
    /// - Throws: when nothing listens there, what answers is no daemon, or it refuses the proof.
    public init(
        to endpoint: Endpoint, token: AccessToken? = nil, timeoutSeconds: Double? = nil
    ) throws(ConnectionError) {
        let socket = try Descriptor.connected(to: endpoint)
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: Self.bufferBytes, alignment: 16)
        var reader = ReplyReader()
        do throws(ConnectionError) {
            let event = try Self.nextEvent(
                from: socket.raw, &reader, buffer, endpoint,
                Wait(timeoutSeconds: timeoutSeconds, interrupt: nil))
            self.greeting = try Self.greeting(event, endpoint)
        } catch {
            buffer.deallocate()
            throw error
        }
        self.endpoint = endpoint
        self.socket = socket
        self.reader = reader
        self.buffer = buffer
        if let token, greeting.role == .guest { try prove(token, timeoutSeconds) }
    }

    deinit { buffer.deallocate() }

    /// Whether the daemon has closed the connection while nothing was asked.
    ///
    /// A request sent on such a connection would be lost, so that opening another one first is
    /// always safe.
    public var isClosedByPeer: Bool {
        var byte: UInt8 = 0
        let count = recv(socket.raw, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)
    }

    /// Sends one request line, without its end; several may be sent before answers are read.
    ///
    /// The line must not hold a line feed. Sending more than the daemon reads while no answers are
    /// taken blocks: keep pipelines to a few dozen requests.
    public func send(_ line: String) throws(ConnectionError) {
        var bytes = Array(line.utf8)
        precondition(!bytes.contains(UInt8(ascii: "\n")), "one request is one line")
        bytes.append(UInt8(ascii: "\n"))
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { raw in
                Glibc.send(
                    socket.raw, raw.baseAddress?.advanced(by: sent), bytes.count - sent,
                    Int32(MSG_NOSIGNAL))
            }
            if count >= 0 {
                sent += count
            } else if errno == EPIPE || errno == ECONNRESET {
                throw .closed(endpoint)
            } else if errno != EINTR {
                throw .system("send", endpoint, errno: errno)
            }
        }
    }

    /// Waits for the next event: a progress line, an answer or a line of JSON.
    ///
    /// - Parameters:
    ///   - timeoutSeconds: how long to wait for more bytes; nil waits for ever.
    ///   - interrupt: a descriptor that ends the wait with `interrupted` once it is readable; the
    ///     answer may still come, so that the caller should let go of the connection.
    /// - Returns: the event.
    /// - Throws: when the connection ends, the wait is over, or it is interrupted.
    public func nextEvent(
        timeoutSeconds: Double? = nil, interrupt: Int32? = nil
    ) throws(ConnectionError) -> ReplyReader.Event {
        try Self.nextEvent(
            from: socket.raw, &reader, buffer, endpoint,
            Wait(timeoutSeconds: timeoutSeconds, interrupt: interrupt))
    }

    /// Sends a request and waits for its answer in the text format.
    ///
    /// - Parameters:
    ///   - line: the request, without a line end.
    ///   - timeoutSeconds: how long to wait for each piece of the answer; nil waits for ever.
    ///   - interrupt: see `nextEvent`.
    ///   - progress: called for every progress line.
    /// - Returns: the reply, or the daemon's refusal.
    /// - Throws: when the connection ends, the wait is over, or it is interrupted.
    public func ask(
        _ line: String, timeoutSeconds: Double? = nil, interrupt: Int32? = nil,
        progress: (Progress) -> Void = { _ in }
    ) throws(ConnectionError) -> Result<ReceivedReply, ReceivedError> {
        try send(line)
        while true {
            switch try nextEvent(timeoutSeconds: timeoutSeconds, interrupt: interrupt) {
            case .progress(_, let report): progress(report)
            case .event: continue
            case .reply(let reply): return .success(reply)
            case .error(let error): return .failure(error)
            case .json: throw .badReply(endpoint, "JSON came on a connection in the text format")
            case .greeting: throw .badReply(endpoint, "a second greeting came")
            case .malformed(let reason): throw .badReply(endpoint, reason)
            }
        }
    }
}

extension Connection {
    /// Answers the daemon's challenge.
    private func prove(_ token: AccessToken, _ timeoutSeconds: Double?) throws(ConnectionError) {
        func request(_ proof: String?) -> String {
            Request.authenticate(name: token.name, role: token.role, proof: proof).line
        }
        let challenge = try granted(ask(request(nil), timeoutSeconds: timeoutSeconds))
        guard let nonce = challenge["nonce"] else {
            throw .badReply(endpoint, "a challenge without a nonce")
        }
        let statement = AuthenticationStatement(name: token.name, role: token.role, nonce: nonce)
        let proof = token.secret.proof(of: statement)
        _ = try granted(ask(request(proof), timeoutSeconds: timeoutSeconds))
        greeting = Greeting(
            server: greeting.server, generation: greeting.generation, role: token.role)
    }

    private func granted(
        _ answer: Result<ReceivedReply, ReceivedError>
    ) throws(ConnectionError) -> ReceivedReply {
        switch answer {
        case .success(let reply): return reply
        case .failure(let error): throw .refused(endpoint, code: error.code, error.message)
        }
    }
}

extension Connection {
    /// How long to wait, and what ends the wait early.
    private struct Wait {
        let timeoutSeconds: Double?
        let interrupt: Int32?
    }

    private static func greeting(
        _ event: ReplyReader.Event, _ endpoint: Endpoint
    ) throws(ConnectionError) -> Greeting {
        switch event {
        case .greeting(let greeting):
            guard greeting.protocolVersion == Limits.protocolVersion else {
                throw .notCandor(
                    endpoint, "\(greeting.server), protocol \(greeting.protocolVersion)")
            }
            return greeting
        case .error(let error): throw .refused(endpoint, code: error.code, error.message)
        case .malformed(let reason): throw .notCandor(endpoint, reason)
        case .progress, .event, .reply, .json:
            throw .notCandor(endpoint, "an answer before any greeting")
        }
    }

    private static func nextEvent(
        from socket: Int32, _ reader: inout ReplyReader, _ buffer: UnsafeMutableRawBufferPointer,
        _ endpoint: Endpoint, _ wait: Wait
    ) throws(ConnectionError) -> ReplyReader.Event {
        while true {
            if let event = reader.next() { return event }
            try waitUntilReadable(socket, endpoint, wait)
            let count = recv(socket, buffer.baseAddress, buffer.count, 0)
            if count > 0 {
                reader.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
            } else if count == 0 || errno == ECONNRESET {
                throw .closed(endpoint)
            } else if errno != EINTR {
                throw .system("recv", endpoint, errno: errno)
            }
        }
    }

    /// Returns once there is something to read; at once when nothing could end the wait early,
    /// because reading blocks by itself and polling would double the system calls.
    private static func waitUntilReadable(
        _ socket: Int32, _ endpoint: Endpoint, _ wait: Wait
    ) throws(ConnectionError) {
        guard wait.timeoutSeconds != nil || wait.interrupt != nil else { return }
        let milliseconds = wait.timeoutSeconds.map { Int32(min(max($0, 0) * 1000, 1e9)) } ?? -1
        var waiting = [pollfd(fd: socket, events: Int16(POLLIN), revents: 0)]
        if let interrupt = wait.interrupt {
            waiting.append(pollfd(fd: interrupt, events: Int16(POLLIN), revents: 0))
        }
        while true {
            let ready = poll(&waiting, nfds_t(waiting.count), milliseconds)
            if ready < 0 {
                guard errno == EINTR else { throw .system("poll", endpoint, errno: errno) }
                continue
            }
            if ready == 0 { throw .timedOut(endpoint, seconds: wait.timeoutSeconds ?? 0) }
            if waiting.count > 1, waiting[1].revents != 0 { throw .interrupted }
            return
        }
    }
}
