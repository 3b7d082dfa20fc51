// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Memory of malloc, freed with the last reference.
public final class Allocation: @unchecked Sendable {
    // Sendable because the pointer is only ever used to free the memory.
    private let memory: UnsafeMutableRawPointer

    /// Takes over `memory`, which malloc or realloc gave.
    public init(_ memory: UnsafeMutableRawPointer) { self.memory = memory }

    deinit { free(memory) }

    /// Memory for `count` elements, grown from `old` where that is given; else it begins at a multiple
    /// of 64 bytes, so that no vector of a processor lies across two lines of its caches.
    ///
    /// Traps when the system has no more memory, as allocation does everywhere in Swift.
    public static func elements<Element: BitwiseCopyable>(
        of type: Element.Type, count: Int, growing old: UnsafeMutablePointer<Element>? = nil
    ) -> UnsafeMutablePointer<Element> {
        // At least one byte, because malloc may answer nothing with nothing.
        let bytes = max(1, count * MemoryLayout<Element>.stride)
        guard
            let memory = old.map({ realloc($0, bytes) })
                ?? aligned_alloc(64, (bytes + 63) / 64 * 64)
        else {
            preconditionFailure("out of memory for \(bytes) bytes")
        }
        advise(memory, bytes)
        return memory.bindMemory(to: type, capacity: count)
    }

    /// Asks for large pages where much is used in no order: sorting is twice as fast with them, and rows
    /// of a large table come sooner.
    private static func advise(_ memory: UnsafeMutableRawPointer, _ bytes: Int) {
        let worthwhile = 4 << 20
        guard bytes >= worthwhile else { return }
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let start = (Int(bitPattern: memory) + page - 1) / page * page
        let length = (Int(bitPattern: memory) + bytes - start) / page * page
        // Because it is advice, nothing depends on whether the system takes it.
        _ = madvise(UnsafeMutableRawPointer(bitPattern: start), length, Int32(MADV_HUGEPAGE))
    }
}
