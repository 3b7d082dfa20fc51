// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorDaemon
import CandorProtocol
import Foundation
import Logging

@main
struct Bench: ParsableCommand {
    @Option var seconds = 2.0
    @Option var redis: String?
    mutating func run() throws {
        let path = "/tmp/loop-bench-\(getpid()).sock"
        let handle = try ServerHandle()
        nonisolated(unsafe) var server: Server!
        let ready = DispatchSemaphore(value: 0)
        let thread = Thread {
            server = try! Server(
                service: LoopOnlyService(), serverName: "bench/1", handle: handle,
                endpoints: [.unix(path)], log: Logger(label: "x"))
            ready.signal()
            try! server.run()
            ready.signal()
        }
        thread.start()
        ready.wait()
        let ping = RequestMix(["PING\n"])
        let predict = RequestMix((1...500).map { "PREDICT \($0) \($0 * 7 % 3000 + 1)\n" })
        let get = RequestMix((1...500).map { "*2\r\n$3\r\nGET\r\n$\("k\($0)".utf8.count)\r\nk\($0)\r\n" })
        let rping = RequestMix(["*1\r\n$4\r\nPING\r\n"])
        for _ in 0..<2 {
        for (c, d) in [(1, 1), (16, 1), (1, 16), (16, 16)] {
            for (name, mix) in [("PING", ping), ("PREDICT", predict)] {
                let r = try LoadGenerator(path: path, connections: c, depth: d, seconds: seconds)
                    .run(mix, as: CandorScanner.self)
                print(name, c, d, Int(r.requestsPerSecond), r.latency.quantileMicroseconds(0.5), r.latency.quantileMicroseconds(0.99))
            }
            guard let redis else { continue }
            for (name, mix) in [("r PING", rping), ("r GET", get)] {
                let r = try LoadGenerator(path: redis, connections: c, depth: d, seconds: seconds)
                    .run(mix, as: RedisScanner.self)
                print(name, c, d, Int(r.requestsPerSecond), r.latency.quantileMicroseconds(0.5), r.latency.quantileMicroseconds(0.99))
            }
        }
        }
        handle.requestStop()
        ready.wait()
    }
}
