// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem

/// Large blocks of memory, as tables of factors and ratings are.
public enum LargeBlocks {
    private static let bytes: Int32 = 4 << 20

    /// Has each of them taken from the system, and given back as soon as it is freed, from now on.
    ///
    /// Else the allocator keeps what is freed once it has seen blocks as large (mallopt(3)): a training
    /// occupied tables of its sampler while the head was made, and a daemon what it no longer needed.
    public static func returnWhenFreed() {
        // It can only fail for a parameter that the allocator does not have.
        _ = mallopt(M_MMAP_THRESHOLD, bytes)
    }
}
