// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Logging
import Ratings

@testable import CandorDaemon
@testable import Credentials

/// An engine in the state that a transcript asks for, with a state directory of its own.
final class TranscriptEngine {
    /// What the clock always says: 2001-09-09.
    private static let now = 1_000_000_000

    let engine: Engine
    let service: ObservedService
    let problems = ObservedService.Problems()
    private let gate: Gate
    private let scratch: ScratchDirectory

    /// `wake` is called, on any thread, when the service has something to collect; with `sharesScans`
    /// lists wait for each other as those of large catalogues do.
    init(
        _ states: TranscriptStates, sharesScans: Bool = false,
        wake: @escaping @Sendable () -> Void
    ) throws {
        scratch = try ScratchDirectory()
        let log = Logger(label: "transcripts") { _ in SwiftLogNoOpLogHandler() }
        let directory = try StateDirectory(scratch.file("state"))
        let store = try GenerationStore(directory, logger: log)
        let generation =
            switch states.data {
            case .planted: try Self.planted.get()
            case .tiny: try Self.tiny.get()
            case .overflowing: try PlantedGeneration.failingToRetrain()
            }
        try store.save(generation)
        try store.promote(generation.number)
        if states.hasTwoGenerations { try store.save(Self.second.get()) }
        let journal = try Journal.open(directory.journalPath)
        if states.journal == .full { try journal.fill() }
        let retrainData = states.hasRetrainData ? scratch.file("retrain-data") : nil
        if let retrainData { try RetrainDataFolder.make(at: retrainData) }
        let gate = Gate(isOpen: !states.holdsWork)
        self.gate = gate
        // Because the first progress report of a job wakes on the job's own thread, that is where
        // it can be held.
        engine = try Engine(
            generation: generation, store: store, journal: journal, threads: 1,
            configuration: try Self.configuration(states, retrainData: retrainData),
            authenticator: states.hasTokens ? try Self.authenticator() : nil,
            clock: Clock { Self.now },
            log: log, sharedScanMin: sharesScans ? 0 : Engine.sharedScanMin,
            wake: {
                wake()
                gate.pass()
            })
        if states.journal == .broken {
            engine.writer.stop(
                after: .failed(
                    operation: "write", path: journal.path, detail: "Input/output error"))
        }
        service = ObservedService(engine, gate: gate, problems: problems)
    }

    deinit {
        engine.stop()
        gate.open()
        engine.close()
    }

    private static func authenticator() throws -> Authenticator {
        try Authenticator(
            read: { () throws(TokenFileError) in
                try TokenFile(
                    Array(
                        """
                        shop writer \(String(repeating: "01", count: 32))
                        boss operator \(String(repeating: "02", count: 32))
                        """.utf8), path: "tokens")
            }, now: { 0 }, newNonce: { String(repeating: "0", count: 64) })
    }

    private static func configuration(
        _ states: TranscriptStates, retrainData: String?
    ) throws -> LiveConfiguration {
        let gates =
            (states.hasGates ? "" : EngineHarness.ungated + "\n")
            + "retrain-memory = \(states.retrainMemory ?? 0)\n"
        if let retrainData {
            let text = gates + "gate-data-share = off\nretrain-data = \(retrainData)\n"
            return LiveConfiguration(
                fixed: try Configuration(file: Array(text.utf8), path: "candord.conf"))
        }
        let text =
            switch states.configuration {
            case nil: gates
            case .changed: "drain-seconds = 5\ngenerations-kept = 9\n" + gates
            case .broken: "drain-second = 5\nthreads = many\n" + gates
            }
        let start = try Configuration(file: Array(gates.utf8), path: "candord.conf")
        return LiveConfiguration(start) { () throws(ConfigurationProblems) in
            try Configuration(file: Array(text.utf8), path: "candord.conf")
        }
    }

    private static let planted = Result { try train(PlantedData.dataset()) }
    private static let tiny = Result { try train(TinyData.dataset()) }

    private static let second = Result { try train(PlantedData.dataset(), number: 2, seed: 9) }

    private static func train(
        _ data: Dataset, number: Int = 1, seed: UInt64 = 1
    ) throws -> Generation {
        var options = TrainingOptions(
            bayesian: BayesianOptions(factors: 3, sweeps: 20, burnIn: 8, samples: 4),
            implicit: RankingHeadOptions(factors: 4))
        options.seed = seed
        return try GenerationTrainer.train(
            GenerationData(data), number: number, journalSequence: 0, options: options,
            threads: 1, progress: { _, _ in true })
    }
}
