// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// The memory this process occupies.
enum ProcessMemory {
    /// Resident bytes, or 0 where `/proc` does not say.
    static var residentBytes: Int {
        let words = KernelFile.text("/proc/self/statm")?.split(separator: " ") ?? []
        guard words.count > 1, let pages = Int(words[1]) else { return 0 }
        return pages * Int(getpagesize())
    }

    /// Resident bytes that are no file's, or 0 where `/proc` does not say.
    ///
    /// What is mapped can be dropped and read again; this cannot.
    static var anonymousBytes: Int {
        let lines = KernelFile.text("/proc/self/status")?.split(separator: "\n") ?? []
        let words = lines.first { $0.hasPrefix("RssAnon:") }?.split(whereSeparator: \.isWhitespace)
        guard let words, words.count > 1, let kibibytes = Int(words[1]) else { return 0 }
        return kibibytes * 1024
    }

    /// The most resident bytes so far.
    static var peakBytes: Int {
        var usage = rusage()
        guard getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
        // Linux counts in KiB, and a little behind.
        return max(usage.ru_maxrss * 1024, residentBytes)
    }
}
