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
    /// How long answers may wait for others to be sent with: about as long as it takes to wake
    /// somebody.
    private static let unsentNanosecondsMax: UInt64 = 50_000

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
                        Self.limitExceeded(
                            "\(options.connectionsMax) connections are open, which is the limit"))
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
        let peer: Peer
        do throws(WireError) {
            peer = try listener.peer(of: socket, number: lastNumber + 1, roles: options.roles)
            try peerCounts.check(peer, options)
        } catch {
            return refuse(socket, error)
        }
        lastNumber += 1
        let descriptor = socket.number
        let session = Session(
            connection: lastNumber, role: peer.role, service: service, options: options.session,
            kept: kept, now: MonotonicClock.nanoseconds)
        let connection = Connection(
            peer: peer, socket: socket, session: session, now: MonotonicClock.nanoseconds())
        do throws(ServingError) {
            try poller.add(descriptor, key: UInt64(lastNumber), for: connection.interest)
        } catch {
            log.error("a connection was dropped", metadata: ["reason": "\(error)"])
            return
        }
        isRefusing = false
        connections[lastNumber] = connection
        peerCounts.add(peer)
        if nextSweepAt == nil { nextSweepAt = MonotonicClock.nanoseconds() }
        service.connected(peer)
        log.debug("connection opened", metadata: ["connection": "\(lastNumber)"])
        connection.session.greet(server: serverName)
        settle(connection)
    }

    /// What the poller reported about a connection.
    struct Report {
        let connection: Connection
        let readiness: Poller.Readiness
        /// The number of the batch's receive, if there is one.
        var receive: Int?

        init(_ connection: Connection, _ readiness: Poller.Readiness) {
            self.connection = connection
            self.readiness = readiness
        }
    }

    /// Does what the poller reported about connections.
    func serve(_ reports: inout [Report]) {
        var first = 0
        while first < reports.count {
            let end = min(first + SocketBatch.countMax, reports.count)
            serveTogether(&reports, first..<end)
            first = end
        }
    }

    /// Reads from all connections of a part of the reports, then gives each a turn.
    private func serveTogether(_ reports: inout [Report], _ part: Range<Int>) {
        for index in part {
            let isReadable = !reports[index].readiness.isDisjoint(with: [.input, .hangUp])
            guard isReadable, reports[index].connection.session.wantsInput else { continue }
            // Once is enough: what does not fit is reported again.
            reports[index].receive = incoming.count
            incoming.receive(from: reports[index].connection.descriptor)
        }
        incoming.run()
        // Absent connections were closed by what another asked for.
        for index in part where reports[index].connection.isOpen { serve(reports[index]) }
        incoming.removeAll()
    }

    private func serve(_ report: Report) {
        let connection = report.connection
        var input = Connection.Input.none
        if let number = report.receive {
            switch incoming.outcome(number) {
            case .moved: input = .bytes(incoming.bytes(number))
            case .ended: input = .end
            case .notReady: break
            case .lost: return close(connection)
            }
        }
        settle(connection, taking: input)
        guard connection.isOpen else { return }
        // Nobody is left to read answers; what had arrived is still done, as a peer may write and
        // leave at once.
        if !report.readiness.isDisjoint(with: .hangUp),
            connection.session.needs.isDisjoint(with: [.input, .turn])
        {
            close(connection)
        }
    }

    /// Gives a connection one turn: begins requests, and does what answers ask of the server.
    ///
    /// What is to be sent goes at the end of the loop's turn, so that a client of many connections
    /// is woken once for all of them; or earlier, when the first would wait for long.
    func settle(_ connection: Connection, taking input: Connection.Input = .none) {
        let turn = connection.turn(taking: input, at: turnEndedAt)
        turnEndedAt = turn.endedAt
        if connection.isCountedAsGuest { noteAdmission(connection) }
        if turn.asksServer { obey(connection) }
        guard connection.isOpen else { return }
        if !connection.isUnsent {
            connection.isUnsent = true
            unsent.append(connection)
        }
        unsentNanoseconds += turn.nanoseconds
        if unsentNanoseconds > Self.unsentNanosecondsMax { sendAll() }
    }

    /// Does what answers of a connection ask of the server.
    private func obey(_ connection: Connection) {
        if connection.session.wantsDaemonToStop { isDrainWanted = true }
        for change in connection.session.takeReconfigurations() { apply(change) }
        for number in connection.session.takeKilled() { kill(number) }
    }

    /// Sends what waits on all connections that had a turn, and decides what is next for them.
    func sendAll() {
        unsentNanoseconds = 0
        turnEndedAt = nil
        while !unsent.isEmpty {
            swap(&unsent, &sending)
            for connection in sending {
                connection.isUnsent = false
                if connection.isOpen { prepareSending(of: connection) }
            }
            sending.removeAll(keepingCapacity: true)
            sendTogether()
        }
    }

    /// Sends what waits on a connection with what waits on others, or at once where it is much.
    private func prepareSending(of connection: Connection) {
        // Who asked for the first time in a drain has been answered, and that was all.
        if drainEndsAt != nil, !connection.session.isFresh { connection.session.drain() }
        guard connection.addOutput(to: &outgoing) else {
            return finishTurn(of: connection, connection.flush())
        }
        addressees.append(connection)
        if outgoing.isFull { sendTogether() }
    }

    private func sendTogether() {
        outgoing.run()
        for (index, connection) in addressees.enumerated() {
            finishTurn(of: connection, connection.noteSent(outgoing.outcome(index)))
        }
        addressees.removeAll(keepingCapacity: true)
        outgoing.removeAll()
    }

    private func finishTurn(
        of connection: Connection, _ sent: (outcome: Connection.Outcome, needs: Session.Needs)
    ) {
        let (outcome, needs) = sent
        guard outcome == .alive else { return close(connection) }
        guard !needs.contains(.end) else { return close(connection) }
        if needs.contains(.turn) { enqueue(connection) }
        watch(connection, needs)
    }

    /// Closes a connection because another one asked for it; one that asks for its own end gets the
    /// answer first, as far as its socket takes it.
    func kill(_ number: Int) {
        guard let victim = connections[number] else { return }
        log.notice("connection killed", metadata: ["connection": "\(number)"])
        _ = victim.flush()
        close(victim)
    }

    /// Has the poller report what the connection can use.
    private func watch(_ connection: Connection, _ needs: Session.Needs) {
        var wanted: Poller.Readiness = []
        // While it is queued, reading stops for one turn only: not worth a system call.
        if needs.contains(.input) || connection.isQueued { wanted.insert(.input) }
        if needs.contains(.output) { wanted.insert(.output) }
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
        guard connection.isOpen else { return }
        connection.isOpen = false
        connections[connection.number] = nil
        peerCounts.remove(connection.peer, isGuest: connection.isCountedAsGuest)
        if connection.session.leavesInputUnread { connection.finish(with: buffer) }
        service.abandon(connection: connection.number)
        log.debug("connection closed", metadata: ["connection": "\(connection.number)"])
    }

    // MARK: Too many connections

    static func limitExceeded(_ reason: String) -> WireError {
        WireError(.limitExceeded, "\(reason), try again later")
    }

    /// Tells a peer that it is not served.
    private func refuse(_ socket: consuming Descriptor, _ error: WireError) {
        var line: [UInt8] = []
        ReplyRenderer(format: .text, tag: nil, verb: nil).render(
            .failure(error), generation: service.generation, elapsedMicroseconds: 0, into: &line)
        // A new socket's buffer is empty, so the line fits; if not, closing says enough.
        _ = send(socket.number, line, line.count, Int32(MSG_NOSIGNAL))
        if !isRefusing {
            log.warning("connections are refused", metadata: ["reason": "\(error.message)"])
            service.refused(reason: error.message)
        }
        isRefusing = true
    }

    /// Uses the spare descriptor to tell a peer, and returns what accepting it came to.
    private func refuseWithSpare(from listener: Listener) -> Listener.Accepted {
        guard spare != nil else { return .exhausted }
        spare = nil
        let accepted = listener.accept()
        if case .connection(let descriptor) = accepted {
            refuse(
                Descriptor(owning: descriptor),
                Self.limitExceeded("all file descriptors are in use"))
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
