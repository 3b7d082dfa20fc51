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

    /// Reads once into `buffer` and hands it to the session.
    ///
    /// Once is enough: what does not fit is reported again.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Outcome {
        let count = recv(socket.number, buffer.baseAddress, buffer.count, 0)
        if count > 0 {
            session.receive(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        } else if count == 0 {
            session.receiveEnd()
        } else if errno != EAGAIN, errno != EINTR {
            return .lost
        }
        return .alive
    }

    /// Sends as much of the session's output as the socket takes.
    func flush() -> Outcome {
        var outcome = Outcome.alive
        while !session.output.isEmpty {
            var sent = 0
            session.output.send { bytes in
                sent = Glibc.send(
                    socket.number, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
                return max(sent, 0)
            }
            if sent >= 0 || errno == EINTR { continue }
            if errno != EAGAIN { outcome = .lost }
            break
        }
        return outcome
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
