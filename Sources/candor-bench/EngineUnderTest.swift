// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Foundation
import Logging

/// A whole daemon but for its process: an engine with its state on disk, served on a thread.
final class EngineUnderTest {
    /// Its socket.
    let path: String
    /// The processor time of the thread that serves.
    let clock: clockid_t?
    private let handle: ServerHandle
    private let ended = DispatchSemaphore(value: 0)

    /// Serves `engine`, which belongs to the serving thread until `stop()` has returned, on a socket
    /// called `name`; without `keepsAnswers` every answer is computed afresh.
    init(
        _ engine: Engine, handle: ServerHandle, scratch: ScratchFolder, name: String,
        keepsAnswers: Bool
    ) throws {
        path = scratch.file(name)
        self.handle = handle
        var options = ServingOptions()
        if !keepsAnswers { options.keptAnswersBytesMax = 0 }
        let server = try Server(
            service: engine, serverName: ServerName.full, handle: handle,
            endpoints: [.unix(path)], options: options, log: Self.quietLog)
        let start = Start(server: server)
        let ended = ended
        Thread {
            start.run()
            ended.signal()
        }.start()
        clock = start.waitForClock()
    }

    /// Stops serving and waits until it has ended.
    func stop() {
        handle.requestStop()
        ended.wait()
    }

    /// An engine with a state directory of its own, called `name`, in `scratch`.
    static func engine(
        _ generation: Generation, handle: ServerHandle, scratch: ScratchFolder, name: String,
        threads: Int
    ) throws -> Engine {
        let directory = try StateDirectory(scratch.file(name))
        let store = try GenerationStore(directory, logger: quietLog)
        try store.save(generation)
        try store.promote(generation.number)
        return try Engine(
            generation: generation, store: store,
            journal: try Journal.open(directory.journalPath), threads: threads, log: quietLog,
            wake: { handle.wake() })
    }

    private static var quietLog: Logger {
        var log = Logger(label: "candor-bench") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = .warning
        return log
    }

    /// Carries the server to its thread and the thread's clock back.
    ///
    /// `@unchecked Sendable` because the server is handed over before the thread starts and used
    /// there alone, and the clock is read only after the semaphore said that it is there.
    private final class Start: @unchecked Sendable {
        private let server: Server
        private var clock: clockid_t?
        private let hasClock = DispatchSemaphore(value: 0)

        init(server: Server) { self.server = server }

        func run() {
            ProcessorPlacement.pinServer()
            clock = ProcessorClock.ofThisThread()
            hasClock.signal()
            do {
                try server.run()
            } catch {
                // Because nothing measured after that would mean anything.
                preconditionFailure("the server failed: \(error)")
            }
        }

        func waitForClock() -> clockid_t? {
            hasClock.wait()
            return clock
        }
    }
}
