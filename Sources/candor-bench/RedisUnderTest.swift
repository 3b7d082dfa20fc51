// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A redis-server of our own on a Unix socket: a yardstick that everybody knows.
final class RedisUnderTest {
    private static let keys = 8192

    /// Its socket.
    let path: String
    /// Its processor time.
    var clock: clockid_t? { ProcessorClock.ofProcess(process.processIdentifier) }
    private let process = Process()

    /// Starts it and fills it; nil when it is not installed.
    ///
    /// `isPinned` keeps it on the processor that servers are measured on; otherwise it may run where
    /// the calling thread may.
    init?(scratch: ScratchFolder, isPinned: Bool) throws {
        let candidates = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"]
        guard let program = candidates.first(where: FileManager.default.isExecutableFile) else {
            return nil
        }
        path = scratch.file("redis")
        // A benchmark that is killed cannot stop it; the kernel can, where setpriv asks it to.
        let guardian = "/usr/bin/setpriv"
        let isGuarded = FileManager.default.isExecutableFile(atPath: guardian)
        process.executableURL = URL(filePath: isGuarded ? guardian : program)
        process.arguments =
            (isGuarded ? ["--pdeathsig", "TERM", program] : []) + [
                "--port", "0", "--unixsocket", path, "--save", "", "--appendonly", "no",
                "--dir", scratch.path,
            ]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        try waitUntilServing()
        if isPinned { ProcessorPlacement.pinServer(thread: process.processIdentifier) }
        // Long enough to set every key many times over.
        _ = try LoadGenerator(path: path, connections: 1, depth: 64, seconds: 0.3)
            .run(Self.mix("SET", value: "4.0625"), as: RedisScanner.self)
    }

    deinit {
        process.terminate()
        process.waitUntilExit()
    }

    /// GETs of values as short as a prediction.
    static var gets: RequestMix { mix("GET", value: nil) }

    /// PINGs, as arrays of one word.
    static var pings: RequestMix { RequestMix(["*1\r\n$4\r\nPING\r\n"]) }

    private static func mix(_ command: String, value: String?) -> RequestMix {
        RequestMix(
            (0..<keys).map { key in
                let words = [command, "key:\(key)"] + (value.map { [$0] } ?? [])
                return "*\(words.count)\r\n"
                    + words.map { "$\($0.utf8.count)\r\n\($0)\r\n" }.joined()
            })
    }

    /// Tries to connect for five seconds.
    private func waitUntilServing() throws(BenchError) {
        for _ in 0..<500 {
            // Because redis is still starting, a refusal only means to ask again.
            if let descriptor = try? UnixClient.connect(path) {
                _ = close(descriptor)
                return
            }
            usleep(10_000)
        }
        throw .didNotStart("redis-server")
    }
}
