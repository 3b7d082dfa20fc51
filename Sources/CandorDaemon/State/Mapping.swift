// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// A file's place in memory, given back with the last reference.
final class Mapping: @unchecked Sendable {
    // Sendable because the pages are mapped for reading alone.
    let bytes: UnsafeRawBufferPointer

    /// Takes over pages that mmap gave.
    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    deinit {
        // Because the pages were mapped with this very address and length, it cannot fail.
        _ = munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
    }
}
