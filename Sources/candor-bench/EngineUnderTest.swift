// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Logging

/// A daemon's engine with its state on disk, asked without a socket.
enum EngineUnderTest {
    /// An engine with a state directory of its own, called `name`, in `scratch`.
    static func engine(
        _ generation: Generation, handle: ServerHandle, scratch: ScratchFolder, name: String,
        threads: Int
    ) throws -> Engine {
        let directory = try StateDirectory(scratch.file(name))
        return try Engine(
            generation: generation, store: try save(generation, in: directory),
            journal: try Journal.open(directory.journalPath), threads: threads, log: quietLog,
            wake: { handle.wake() })
    }

    /// Has `generation` be what serves from a state directory.
    @discardableResult
    static func save(
        _ generation: Generation, in directory: StateDirectory
    ) throws -> GenerationStore {
        let store = try GenerationStore(directory, logger: quietLog)
        try store.save(generation)
        try store.promote(generation.number)
        return store
    }

    private static var quietLog: Logger {
        var log = Logger(label: "candor-bench") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = .warning
        return log
    }
}
