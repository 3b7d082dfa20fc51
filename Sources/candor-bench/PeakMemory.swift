// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// The most memory that a process ever occupied (`VmHWM` of proc(5)).
enum PeakMemory {
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
