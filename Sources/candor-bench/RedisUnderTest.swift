// SPDX-License-Identifier: GPL-3.0-or-later

import Foundation

/// A redis-server of our own on a Unix socket: a yardstick that everybody knows.
enum RedisUnderTest {
    private static let keys = 8192

    /// Starts it and fills it; nil when it is not installed.
    ///
    /// `isPinned` keeps it on the processor that servers are measured on; otherwise it may run where
    /// the calling thread may.
    static func start(scratch: ScratchFolder, isPinned: Bool) throws -> ServerProcess? {
        let candidates = ["/usr/bin/redis-server", "/usr/local/bin/redis-server"]
        guard let program = candidates.first(where: FileManager.default.isExecutableFile) else {
            return nil
        }
        let path = scratch.file("redis")
        let redis = try ServerProcess(
            program,
            [
                "--port", "0", "--unixsocket", path, "--save", "", "--appendonly", "no",
                "--dir", scratch.path,
            ], path: path, isPinned: isPinned)
        // Long enough to set every key many times over.
        _ = try LoadGenerator(path: path, connections: 1, depth: 64, seconds: 0.3)
            .run(mix("SET", value: "4.0625"), as: RedisScanner.self)
        return redis
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
}
