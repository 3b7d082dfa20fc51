// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A program that serves on a Unix socket, stopped with the last reference.
final class ServerProcess {
    /// Its socket.
    let path: String
    /// Its processor time.
    var clock: clockid_t? { ProcessorClock.ofProcess(process.processIdentifier) }
    /// The most memory that it has occupied, in mebibytes.
    var peakMebibytes: Double? { PeakMemory.mebibytes(ofProcess: process.processIdentifier) }
    private let process = Process()

    /// Starts `program` and waits until it serves on the socket at `path`.
    ///
    /// `isPinned` keeps its first thread on the processor that servers are measured on; otherwise it
    /// may run where the calling thread may.
    init(_ program: String, _ arguments: [String], path: String, isPinned: Bool) throws {
        self.path = path
        // A benchmark that is killed cannot stop it; the kernel can, where setpriv asks it to.
        let guardian = "/usr/bin/setpriv"
        let isGuarded = FileManager.default.isExecutableFile(atPath: guardian)
        process.executableURL = URL(filePath: isGuarded ? guardian : program)
        process.arguments =
            (isGuarded ? ["--pdeathsig", "TERM", program] : []) + arguments
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        try waitUntilServing(program)
        if isPinned { ProcessorPlacement.pinServer(thread: process.processIdentifier) }
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

    /// Tries to connect for five seconds.
    private func waitUntilServing(_ program: String) throws(BenchError) {
        for _ in 0..<500 {
            // Because it is still starting, a refusal only means to ask again.
            if let descriptor = try? UnixClient.connect(path) {
                _ = close(descriptor)
                return
            }
            usleep(10_000)
        }
        throw .didNotStart(program)
    }
}
