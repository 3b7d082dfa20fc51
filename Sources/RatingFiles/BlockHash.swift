// SPDX-License-Identifier: GPL-3.0-or-later

import Crypto

/// A hash of much content that many threads can compute: the SHA-256 of the SHA-256 hashes of its
/// blocks of 4 MiB, the last of which may be shorter.
public struct BlockHash {
    /// The bytes of every block but the last.
    public static let blockBytes = 4 << 20
    /// The bytes of a hash.
    public static let byteCount = 32

    private var digests = SHA256()
    private var block = SHA256()
    private var blockCount = 0

    /// The hash of nothing so far.
    public init() {}

    /// Adds content at the end, in pieces of any length.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.blockBytes - blockCount)
            block.update(bufferPointer: UnsafeRawBufferPointer(rebasing: part))
            blockCount += part.count
            rest = rest.dropFirst(part.count)
            if blockCount == Self.blockBytes { endBlock() }
        }
    }

    /// The hash of everything that was added.
    public func finish() -> [UInt8] {
        var whole = self
        if blockCount > 0 { whole.endBlock() }
        return Array(whole.digests.finalize())
    }

    /// The hash of content from the hashes of its blocks, each made by `hash(ofBlock:)`.
    public static func hash(ofBlocks blocks: [[UInt8]]) -> [UInt8] {
        var digests = SHA256()
        for block in blocks { digests.update(data: block) }
        return Array(digests.finalize())
    }

    /// The hash of one block.
    public static func hash(ofBlock block: UnsafeRawBufferPointer) -> [UInt8] {
        var hash = SHA256()
        hash.update(bufferPointer: block)
        return Array(hash.finalize())
    }

    private mutating func endBlock() {
        digests.update(data: Array(block.finalize()))
        block = SHA256()
        blockCount = 0
    }
}
