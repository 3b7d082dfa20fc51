// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// Short files of /proc and /sys, which the kernel writes when they are read.
enum KernelFile {
    /// Bytes that are read at most; what is asked for has under two thousand.
    private static let bytesMax = 8192

    /// The text; nil where it cannot be read, which says as little as a file that is not there.
    static func text(_ path: String) -> String? {
        guard let file = fopen(path, "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: bytesMax)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}
