// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Glibc

/// Receives from many sockets, or sends to many, with one system call.
///
/// Of a short request's time in the daemon most is the kernel's, and a part of that is paid for each
/// call. Without a ring of io_uring(7), as where that is not allowed or not there, the batch makes a
/// call for each socket, and what comes of it is the same.
///
/// Use: add up to `countMax` transfers, `run()`, look at their results, `removeAll()`.
public struct SocketBatch: ~Copyable {
    /// The most transfers of a batch.
    public static let countMax = 64
    /// The most bytes of a transfer.
    public static let bytesMax = 1 << 14
    /// Below this, calls one by one are no slower.
    private static let countTogetherMin = 2

    /// What came of a transfer.
    public enum Outcome: Equatable, Sendable {
        /// So many bytes were sent or received, the latter at least one.
        case moved(Int)
        /// The peer has sent its last.
        case ended
        /// The socket has no room, or nothing to read.
        case notReady
        /// The connection is gone.
        case lost
    }

    /// How many transfers it has.
    public private(set) var count = 0
    private let transfers: UnsafeMutablePointer<candor_transfer>
    private let room: UnsafeMutableRawPointer
    private var ring: OpaquePointer?

    /// An empty batch without a ring.
    public init() {
        transfers = .allocate(capacity: Self.countMax)
        transfers.initialize(repeating: candor_transfer(), count: Self.countMax)
        room = .allocate(byteCount: Self.countMax * Self.bytesMax, alignment: 64)
    }

    deinit {
        if let ring { candor_ring_close(ring) }
        room.deallocate()
        transfers.deallocate()
    }

    /// Opens a ring, for one call instead of many; false where the kernel does not let it.
    ///
    /// To be called on the thread that uses the batch: what the opener of a ring waits for is
    /// interrupted when the ring closes.
    public mutating func openRing() -> Bool {
        if ring == nil { ring = candor_ring_open(UInt32(Self.countMax)) }
        return ring != nil
    }

    /// Whether there is room for another transfer.
    public var isFull: Bool { count == Self.countMax }

    /// Adds a receive; `bytes(_:)` has what came.
    public mutating func receive(from socket: Int32) {
        add(socket, UInt32(Self.bytesMax), isSending: false)
    }

    /// Adds a send of at most `bytesMax` bytes, which are copied.
    public mutating func send(_ bytes: UnsafeRawBufferPointer, to socket: Int32) {
        UnsafeMutableRawBufferPointer(start: place(count), count: Self.bytesMax)
            .copyMemory(from: bytes)
        add(socket, UInt32(bytes.count), isSending: true)
    }

    private mutating func add(_ socket: Int32, _ bytes: UInt32, isSending: Bool) {
        precondition(!isFull, "a batch has no more room")
        transfers[count] = candor_transfer(
            bytes: place(count), count: bytes, socket: socket, result: candor_transfer_untouched,
            is_sending: isSending)
        count += 1
    }

    /// Makes all transfers, none of which waits.
    public mutating func run() {
        if count >= Self.countTogetherMin, let ring {
            if candor_ring_transfer(ring, transfers, UInt32(count)) == 0 { return }
            // Whatever keeps the kernel from it, plain calls go on.
            candor_ring_close(ring)
            self.ring = nil
        }
        for index in 0..<count where transfers[index].result == candor_transfer_untouched {
            let transfer = transfers[index]
            let moved =
                transfer.is_sending
                ? Glibc.send(
                    transfer.socket, transfer.bytes, Int(transfer.count),
                    Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
                : recv(
                    transfer.socket, transfer.bytes, Int(transfer.count),
                    Int32(MSG_DONTWAIT))
            transfers[index].result = moved >= 0 ? Int32(moved) : -errno
        }
    }

    /// What came of the transfer that was added as number `index`, from 0.
    public func outcome(_ index: Int) -> Outcome {
        let transfer = transfers[index]
        switch transfer.result {
        case 1...: return .moved(Int(transfer.result))
        case 0: return transfer.is_sending ? .moved(0) : .ended
        case -EAGAIN, -EINTR: return .notReady
        default: return .lost
        }
    }

    /// The bytes that a receive brought.
    public func bytes(_ index: Int) -> UnsafeRawBufferPointer {
        let count = max(0, Int(transfers[index].result))
        return UnsafeRawBufferPointer(start: place(index), count: count)
    }

    /// Forgets the transfers.
    public mutating func removeAll() {
        count = 0
    }

    private func place(_ index: Int) -> UnsafeMutableRawPointer {
        room + index * Self.bytesMax
    }
}
