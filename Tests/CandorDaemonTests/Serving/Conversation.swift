// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol

@testable import CandorDaemon

/// Drives a session as its owner would, with a clock that the test sets.
final class Conversation {
    /// The test's clock; a class of its own so that the session's closure can hold it.
    final class Clock {
        var nanoseconds: UInt64 = 0
        /// How far each look moves it.
        var step: UInt64 = 0
    }

    let service = FakeService()
    let clock = Clock()
    var session: Session
    let kept = KeptAnswers(bytesMax: 1 << 20)
    /// Everything the session said, as far as it was taken.
    private(set) var said = ""

    init(role: Role = .operator, options: ServingOptions.Session = .init()) {
        let clock = clock
        session = Session(connection: 1, role: role, service: service, options: options, kept: kept)
        {
            clock.nanoseconds += clock.step
            return clock.nanoseconds
        }
    }

    /// Hands bytes over and lets the session do all it can; takes what it says.
    func send(_ text: String) {
        send(Array(text.utf8))
    }

    func send(_ bytes: some Collection<UInt8>) {
        let isAnswered = Array(bytes).withUnsafeBytes { bytes in
            session.wantsInput && session.answerAtOnce(bytes, since: nil) != nil
        }
        if !isAnswered { receive(bytes) }
        run()
    }

    /// Hands bytes over and does nothing else.
    func receive(_ bytes: some Collection<UInt8>) {
        Array(bytes).withUnsafeBytes { session.receive($0) }
    }

    /// Lets the session do all it can and takes what it says.
    func run() {
        repeat {
            session.advance()
            take()
        } while session.canAdvance
    }

    /// Delivers what the service has made ready.
    func deliver() {
        for delivery in service.collect() { session.deliver(delivery) }
        run()
    }

    /// Takes what the session says, at most `limit` bytes.
    func take(limit: Int = .max) {
        session.output.send { bytes in
            let count = min(limit, bytes.count)
            said += String(decoding: bytes[..<count], as: UTF8.self)
            return count
        }
    }

    // What tests ask of the session: `#expect` takes no part of a value that cannot be copied.
    var wantsInput: Bool { session.wantsInput }
    var canAdvance: Bool { session.canAdvance }
    var isFinished: Bool { session.isFinished }
    var leavesInputUnread: Bool { session.leavesInputUnread }
    var wantsDaemonToStop: Bool { session.wantsDaemonToStop }
    var waitingBytes: Int { session.output.count }

    var lines: [String] { said.split(separator: "\n").map(String.init) }
}
