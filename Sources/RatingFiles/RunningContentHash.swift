// SPDX-License-Identifier: GPL-3.0-or-later

import Crypto

/// SHA-256 of content that comes in pieces: what `ContentHash.sha256` gives for all of it.
public struct RunningContentHash {
    private var hash = SHA256()

    /// The hash of nothing so far.
    public init() {}

    /// Adds content at the end, in pieces of any length.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        hash.update(bufferPointer: bytes)
    }

    /// The hash of everything that was added, as 64 lower-case hexadecimal digits.
    public func finish() -> String { ContentHash.text(Array(hash.finalize())) }
}
