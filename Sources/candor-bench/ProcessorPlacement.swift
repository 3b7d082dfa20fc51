// SPDX-License-Identifier: GPL-3.0-or-later

import CSystem
import Foundation

/// Keeps the load generator and the servers it measures on processors of their own.
///
/// Left alone, the scheduler puts a client and a server that wake each other on one processor in
/// one run and on two in the next, which changes latency and throughput several times over.
enum ProcessorPlacement {
    /// Whether there are processors enough to keep them apart.
    static let isPossible = ProcessInfo.processInfo.activeProcessorCount >= 2

    /// Keeps a server's only busy thread on processor 0; a process' number is its first thread's.
    static func pinServer(thread: Int32) {
        // The figures are noisier without it, and not wrong.
        if isPossible { _ = candor_pin_thread(thread, 0) }
    }

    /// Keeps the calling thread, which generates load, on processor 1.
    static func pinGenerator() {
        if isPossible { _ = candor_pin_thread(0, 1) }
    }
}
