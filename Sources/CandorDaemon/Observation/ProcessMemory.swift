// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// The memory this process occupies.
enum ProcessMemory {
    /// Resident bytes, or 0 where `/proc` does not say.
    static var residentBytes: Int {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
        let words = String(decoding: line.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            .split(separator: " ")
        guard words.count > 1, let pages = Int(words[1]) else { return 0 }
        return pages * Int(getpagesize())
    }

    /// The most resident bytes so far.
    static var peakBytes: Int {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
        // Linux counts in KiB, and a little behind.
        return max(usage.ru_maxrss * 1024, residentBytes)
    }
}
