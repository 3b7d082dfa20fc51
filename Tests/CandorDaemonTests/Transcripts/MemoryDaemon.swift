// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Foundation
import TestSupport

@testable import CandorDaemon

/// Sessions on an engine, without sockets: what a server does, on the test's own thread.
final class MemoryDaemon {
    /// Nothing became ready in the time allowed.
    struct Silence: Error {}

    let engine: TranscriptEngine
    fileprivate let kept = KeptAnswers(bytesMax: 1 << 20)
    private let role: Role
    private let woken: DispatchSemaphore
    private var connections: [Connection] = []
    private var isDraining = false

    init(_ states: TranscriptStates) throws {
        let woken = DispatchSemaphore(value: 0)
        self.woken = woken
        role = states.role
        engine = try TranscriptEngine(states, wake: { woken.signal() })
    }

    /// Opens a connection, which is greeted.
    func connect() -> any TranscriptConnection {
        let number = connections.count + 1
        let connection = Connection(number, daemon: self)
        connections.append(connection)
        engine.service.connected(Peer(connection: number, role: role, endpoint: "memory"))
        return connection
    }

    /// Has every session do all it can and collects what is ready; waits if there is nothing.
    fileprivate func advance() throws {
        var hasAdvanced = false
        for connection in connections where connection.session.canAdvance {
            connection.session.advance()
            for number in connection.session.takeKilled() { kill(number) }
            hasAdvanced = true
        }
        for delivery in engine.service.collect() {
            connections[delivery.ticket.connection - 1].session.deliver(delivery)
            hasAdvanced = true
        }
        if !isDraining, connections.contains(where: { $0.session.wantsDaemonToStop }) {
            isDraining = true
            engine.service.stop()
            for connection in connections { connection.session.drain() }
            hasAdvanced = true
        }
        guard !hasAdvanced else { return }
        guard woken.wait(timeout: .now() + Sanitizer.patience(60)) == .success else {
            throw Silence()
        }
    }

    private func kill(_ number: Int) {
        connections[number - 1].isKilled = true
        engine.service.abandon(connection: number)
    }

    /// The test's end of one session.
    private final class Connection: TranscriptConnection {
        var session: Session
        /// Whether somebody has closed it.
        var isKilled = false
        private unowned let daemon: MemoryDaemon
        private var received: [UInt8] = []

        init(_ number: Int, daemon: MemoryDaemon) {
            self.daemon = daemon
            session = Session(
                connection: number, role: daemon.role, service: daemon.engine.service,
                kept: daemon.kept,
                now: MonotonicClock.nanoseconds)
            session.greet(server: ServerName.full)
        }

        func send(_ bytes: [UInt8]) {
            bytes.withUnsafeBytes { session.receive($0) }
        }

        func endInput() { session.receiveEnd() }

        func line() throws -> String? {
            while true {
                session.output.send { bytes in
                    received += bytes
                    return bytes.count
                }
                if let end = received.firstIndex(of: 0x0A) {
                    defer { received.removeSubrange(...end) }
                    return String(decoding: received[..<end], as: UTF8.self)
                }
                if isKilled || session.isFinished { return nil }
                try daemon.advance()
            }
        }
    }
}
