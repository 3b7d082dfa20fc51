// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Foundation

/// The most memory that a process ever occupied (`VmHWM` of proc(5)).
enum PeakMemory {
    /// Gives back what the allocator keeps of freed memory, then forgets this process's peak: from now
    /// on it is what is occupied now (proc(5), `clear_refs`).
    static func reset() throws {
        _ = malloc_trim(0)
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: "/proc/self/clear_refs"))
        try file.write(contentsOf: Data("5".utf8))
        try file.close()
    }

    /// Mebibytes, or nil when the system does not say.
    static func mebibytes(ofProcess processID: Int32) -> Double? {
        guard
            let status = try? String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kibibytes = line.split(whereSeparator: { !$0.isNumber }).first.flatMap({
                Double($0)
            })
        else { return nil }
        return kibibytes / 1024
    }
}
