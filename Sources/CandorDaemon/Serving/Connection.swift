// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import CandorProtocol
import Glibc

/// A peer's socket and the conversation on it.
final class Connection {
    /// What became of an attempt to use the socket.
    enum Outcome {
        case alive, lost
    }

    /// Who is at the other end.
    let peer: Peer
    /// The conversation.
    var session: Session
    /// What the poller watches the socket for.
    var interest = Poller.Readiness.input
    /// Whether it waits for another turn.
    var isQueued = false
    /// Whether it is among those whose output is sent at the end of the loop's turn.
    var isUnsent = false
    /// Whether the server still knows it.
    var isOpen = true
    /// Whether it is among those who have not proven who they are.
    var isCountedAsGuest: Bool
    /// What the last sweep found.
    var progress: ConnectionProgress
    private let socket: Descriptor

    /// Takes ownership of a nonblocking socket.
    init(peer: Peer, socket: consuming Descriptor, session: consuming Session, now: UInt64) {
        self.peer = peer
        self.socket = socket
        self.session = session
        isCountedAsGuest = peer.role == .guest
        progress = ConnectionProgress(at: now)
    }

    /// The number it is known by, never used again within a run.
    var number: Int { peer.connection }

    /// What the loop watches.
    var descriptor: Int32 { socket.number }

    /// What a turn came to.
    struct Turn {
        /// How long it took.
        var nanoseconds: UInt64 = 0
        /// When it ended, by the session's clock, if that was looked up just now.
        var endedAt: UInt64?
        /// Whether answers ask something of the server.
        var asksServer = false
    }

    /// What has been read from the socket.
    enum Input {
        /// Nothing was looked for or there was nothing.
        case none
        case bytes(UnsafeRawBufferPointer)
        /// The peer has sent its last.
        case end
    }

    /// Gives the session one turn, after it has taken what was read while it wanted input.
    ///
    /// `time` is when it begins, if that is known.
    func turn(taking input: Input, at time: UInt64?) -> Turn {
        // In one piece, because each look at the session from outside costs a check, in debug
        // builds, that nobody else looks.
        Self.turn(&session, input, time)
    }

    private static func turn(_ session: inout Session, _ input: Input, _ time: UInt64?) -> Turn {
        var turn = Turn()
        switch input {
        case .none: break
        case .end: session.receiveEnd()
        case .bytes(let bytes):
            if let (began, ended) = session.answerAtOnce(bytes, since: time) {
                turn.nanoseconds = ended &- began
                turn.endedAt = ended
                return turn
            }
            session.receive(bytes)
        }
        turn.nanoseconds = session.advance()
        turn.asksServer = session.asksServer
        return turn
    }

    /// Adds a send of the session's output to a batch that is not full; false where there is nothing
    /// to send, or too much for a batch.
    func addOutput(to batch: inout SocketBatch) -> Bool {
        session.output.withWaiting { bytes in
            guard !bytes.isEmpty, bytes.count <= SocketBatch.bytesMax else { return false }
            batch.send(bytes, to: socket.number)
            return true
        }
    }

    /// Learns what came of that send, and returns what the session needs next.
    func noteSent(_ sent: SocketBatch.Outcome) -> (outcome: Outcome, needs: Session.Needs) {
        if case .moved(let count) = sent { session.output.drop(count) }
        return (sent == .lost ? .lost : .alive, session.needs)
    }

    /// Sends as much of the session's output as the socket takes, and returns what the session needs
    /// next.
    func flush() -> (outcome: Outcome, needs: Session.Needs) {
        Self.flush(&session, socket.number)
    }

    private static func flush(
        _ session: inout Session, _ socket: Int32
    ) -> (outcome: Outcome, needs: Session.Needs) {
        var outcome = Outcome.alive
        session.output.send { bytes in
            var sent = 0
            while sent < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[sent...])
                let count = Glibc.send(socket, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                if count >= 0 {
                    sent += count
                } else if errno != EINTR {
                    if errno != EAGAIN { outcome = .lost }
                    break
                }
            }
            return sent
        }
        return (outcome, session.needs)
    }

    /// Ends the output and takes what lies unread, as far as `buffer` reaches a few times.
    ///
    /// Closing a socket with unread bytes resets the connection, and a peer that is still sending
    /// could lose the last reply.
    func finish(with buffer: UnsafeMutableRawBufferPointer) {
        shutdown(socket.number, Int32(SHUT_WR))
        for _ in 0..<16 where recv(socket.number, buffer.baseAddress, buffer.count, 0) <= 0 {
            break
        }
    }
}
