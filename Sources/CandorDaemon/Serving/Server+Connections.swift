// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import CandorProtocol
import Glibc
import Logging

extension Server {
    /// Connections accepted before the others have their turn.
    private static let acceptsPerTurnMax = 64
    /// How long accepting rests when there is no descriptor left at all.
    private static let acceptingRestNanoseconds: UInt64 = 100_000_000

    /// Takes connections that wait on a listener.
    func accept(from listener: Listener) {
        for _ in 0..<Self.acceptsPerTurnMax {
            switch listener.accept() {
            case .connection(let descriptor):
                let socket = Descriptor(owning: descriptor)
                if connections.count < options.connectionsMax {
                    add(socket, from: listener)
                } else {
                    refuse(
                        socket,
                        reason: "\(options.connectionsMax) connections are open, which is the limit"
                    )
                }
            case .nobody:
                return
            case .exhausted:
                switch refuseWithSpare(from: listener) {
                case .connection: continue
                case .nobody: return
                case .exhausted: return restAccepting()
                }
            }
        }
    }

    private func add(_ socket: consuming Descriptor, from listener: Listener) {
        lastNumber += 1
        let peer = listener.peer(of: socket, number: lastNumber)
        let descriptor = socket.number
        let session = Session(
            connection: lastNumber, role: peer.role, service: service, options: options.session,
            now: MonotonicClock.nanoseconds)
        let connection = Connection(number: lastNumber, socket: socket, session: session)
        do throws(ServingError) {
            try poller.add(descriptor, key: UInt64(lastNumber), for: connection.interest)
        } catch {
            log.error("a connection was dropped", metadata: ["reason": "\(error)"])
            return
        }
        isRefusing = false
        connections[lastNumber] = connection
        service.connected(peer)
        log.debug("connection opened", metadata: ["connection": "\(lastNumber)"])
        connection.session.greet(server: serverName)
        settle(connection)
    }

    /// Does what the poller reported about a connection.
    func serve(_ connection: Connection, readiness: Poller.Readiness) {
        if !readiness.isDisjoint(with: [.input, .hangUp]), connection.session.wantsInput {
            guard connection.read(into: buffer) == .alive else { return close(connection) }
        }
        settle(connection)
        // Nobody is left to read answers; what had arrived is still done, as a peer may write and
        // leave at once.
        let isIdle = !connection.session.wantsInput && !connection.session.canAdvance
        if !readiness.isDisjoint(with: .hangUp), isIdle { close(connection) }
    }

    /// Gives a connection one turn: begins requests, sends replies, and decides what is next.
    func settle(_ connection: Connection) {
        defer { if connection.session.wantsDaemonToStop { drain() } }
        connection.session.advance()
        if let bounds = connection.session.takeNewBounds() { options = bounds }
        if connection.session.kills {
            for number in connection.session.takeKilled() { kill(number) }
            guard connections[connection.number] === connection else { return }
        }
        guard connection.flush() == .alive, !connection.session.isFinished else {
            return close(connection)
        }
        if connection.session.canAdvance { enqueue(connection) }
        watch(connection)
    }

    /// Closes a connection because another one asked for it; one that asks for its own end gets the
    /// answer first, as far as its socket takes it.
    private func kill(_ number: Int) {
        guard let victim = connections[number] else { return }
        log.notice("connection killed", metadata: ["connection": "\(number)"])
        _ = victim.flush()
        close(victim)
    }

    /// Has the poller report what the connection can use.
    private func watch(_ connection: Connection) {
        var wanted: Poller.Readiness = []
        // While it is queued, reading stops for one turn only: not worth a system call.
        if connection.session.wantsInput || connection.isQueued { wanted.insert(.input) }
        if !connection.session.output.isEmpty { wanted.insert(.output) }
        guard wanted != connection.interest else { return }
        connection.interest = wanted
        do throws(ServingError) {
            try poller.change(
                connection.descriptor, key: UInt64(connection.number), for: wanted)
        } catch {
            log.error("a connection was dropped", metadata: ["reason": "\(error)"])
            close(connection)
        }
    }

    /// Puts a connection in line for its next turn.
    func enqueue(_ connection: Connection) {
        guard !connection.isQueued else { return }
        connection.isQueued = true
        queue.append(connection)
    }

    /// Forgets a connection; its socket closes.
    func close(_ connection: Connection) {
        guard connections.removeValue(forKey: connection.number) != nil else { return }
        if connection.session.leavesInputUnread { connection.finish(with: buffer) }
        service.abandon(connection: connection.number)
        log.debug("connection closed", metadata: ["connection": "\(connection.number)"])
    }

    // MARK: Too many connections

    /// Tells a peer that there is no room for it.
    private func refuse(_ socket: consuming Descriptor, reason: String) {
        var line: [UInt8] = []
        let error = WireError(.limitExceeded, "\(reason), try again later")
        ReplyRenderer(format: .text, tag: nil, verb: nil).render(
            .failure(error), generation: service.generation, elapsedMicroseconds: 0, into: &line)
        // A new socket's buffer is empty, so the line fits; if not, closing says enough.
        _ = send(socket.number, line, line.count, Int32(MSG_NOSIGNAL))
        if !isRefusing {
            log.warning("connections are refused", metadata: ["reason": "\(reason)"])
            service.refused(reason: reason)
        }
        isRefusing = true
    }

    /// Uses the spare descriptor to tell a peer, and returns what accepting it came to.
    private func refuseWithSpare(from listener: Listener) -> Listener.Accepted {
        guard spare != nil else { return .exhausted }
        spare = nil
        let accepted = listener.accept()
        if case .connection(let descriptor) = accepted {
            refuse(Descriptor(owning: descriptor), reason: "all file descriptors are in use")
        }
        spare = Self.openSpare()
        return accepted
    }

    /// Leaves waiting connections alone for a moment, instead of being told of them in a spin.
    private func restAccepting() {
        acceptingResumesAt = MonotonicClock.nanoseconds() + Self.acceptingRestNanoseconds
        watchListeners(for: [])
    }

    /// Takes connections again.
    func resumeAccepting() {
        acceptingResumesAt = nil
        if spare == nil { spare = Self.openSpare() }
        watchListeners(for: .input)
    }

    private func watchListeners(for readiness: Poller.Readiness) {
        for (index, listener) in listeners.enumerated() {
            do throws(ServingError) {
                try poller.change(
                    listener.descriptor, key: Key.listeners - UInt64(index), for: readiness)
            } catch {
                log.error("a listener cannot be watched", metadata: ["reason": "\(error)"])
            }
        }
    }
}
