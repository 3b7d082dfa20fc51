// SPDX-License-Identifier: GPL-3.0-or-later

/// Rendered bytes on their way to a peer, in order.
struct OutputBuffer {
    /// Room kept for the next replies once everything is sent.
    private static let capacityKept = 1 << 16

    /// Below this, sent bytes stay where they are for a while: dropping them costs more than a short
    /// reply does.
    private static let sentCountKept = 1024

    private var bytes: [UInt8] = []
    private var sentCount = 0
    /// How many bytes were taken since the beginning.
    private(set) var takenCount = 0

    /// How many bytes wait.
    var count: Int { bytes.count - sentCount }

    /// Whether none waits.
    var isEmpty: Bool { sentCount == bytes.count }

    /// Calls `body` with the array that new bytes are appended to.
    mutating func append(_ body: (inout [UInt8]) -> Void) {
        body(&bytes)
    }

    /// Calls `body` with the bytes that wait.
    func withWaiting<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        bytes.withUnsafeBytes { body(.init(rebasing: $0[sentCount...])) }
    }

    /// Calls `body` with the bytes that wait, and drops as many as it says it has sent.
    mutating func send(_ body: (UnsafeRawBufferPointer) -> Int) {
        drop(withWaiting(body))
    }

    /// Drops the first `sent` of the bytes that wait, at most all.
    mutating func drop(_ sent: Int) {
        sentCount += sent
        takenCount += sent
        guard sentCount >= Self.sentCountKept else { return }
        if isEmpty {
            bytes.removeAll(keepingCapacity: bytes.capacity <= Self.capacityKept)
            sentCount = 0
        } else if sentCount >= bytes.count - sentCount {
            // Moving the rest costs no more than sending the first half did.
            bytes.removeSubrange(..<sentCount)
            sentCount = 0
        }
    }
}
