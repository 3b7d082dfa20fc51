// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// A file descriptor with exactly one owner, closed when the owner lets go of it.
struct Descriptor: ~Copyable, Sendable {
    /// The number the kernel knows it by; borrowed, never closed by the borrower.
    let number: Int32

    /// Takes ownership of an open descriptor.
    init(owning number: Int32) {
        self.number = number
    }

    deinit {
        // The result is ignored because Linux frees the number even when close reports an error.
        _ = close(number)
    }
}
