// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Glibc
import Ratings

/// Measures answers: in process from an engine of its own, and over a socket beside redis.
struct ServingBench {
    let data: BenchData
    let workload: Workload
    let threads: Int
    /// How long each measurement takes.
    let seconds: Double
    let scratch: ScratchFolder

    /// Trains, serves in this process, and measures both ways.
    func run(report: Report) throws {
        let generation = try GenerationTrainer.train(
            GenerationData(data.dataset), number: 1, journalSequence: 0,
            options: TrainingOptions(), threads: threads
        ) { _, _ in true }
        let users = FoldInBench.users(generation.data.matrix)
        FoldInBench().run("rating head", generation.ratingHead, users, report: report)
        FoldInBench().run("ranking head", generation.rankingHead, users, report: report)
        let handle = try ServerHandle()
        let engine = try EngineUnderTest.engine(
            generation, handle: handle, scratch: scratch, name: "state", threads: threads)
        defer { engine.close() }
        let inProcess = InProcessBench(engine: engine, seconds: seconds)
        let comparisons = try workload.kinds.compactMap {
            try inProcess.run($0, report: report)
        }
        try inProcess.runAfterRating(workload.pairs, report: report)
        for comparison in comparisons { report.add(comparison) }
        let served = try EngineUnderTest(
            engine, handle: handle, scratch: scratch, name: "socket", keepsAnswers: false)
        defer { served.stop() }
        let keepingHandle = try ServerHandle()
        let keepingEngine = try EngineUnderTest.engine(
            generation, handle: keepingHandle, scratch: scratch, name: "keeping-state",
            threads: threads)
        defer { keepingEngine.close() }
        let keeping = try EngineUnderTest(
            keepingEngine, handle: keepingHandle, scratch: scratch, name: "keeping-socket",
            keepsAnswers: true)
        defer { keeping.stop() }
        try compare(
            SocketBench(path: served.path, clock: served.clock, seconds: seconds),
            keeping: SocketBench(path: keeping.path, clock: keeping.clock, seconds: seconds),
            isPinned: true, report)
        report.add(Self.memory("peak memory, with load generator", of: getpid()))
    }

    /// Measures a daemon that runs already.
    func run(daemonAt socket: String, report: Report) throws {
        let processID = try UnixClient.peerProcessID(socket)
        report.note(
            "the daemon and redis run where the scheduler puts them, which changes latency several "
                + "times over: no targets; without --socket both are kept on one processor")
        try compare(
            SocketBench(
                path: socket, clock: ProcessorClock.ofProcess(processID), seconds: seconds),
            keeping: nil, isPinned: false, report)
        report.add(Self.memory("peak memory of the daemon", of: processID))
    }

    /// Measures `candor` in all ways and, where there is one that keeps answers, how much both bear.
    private func compare(
        _ candor: SocketBench, keeping: SocketBench?, isPinned: Bool, _ report: Report
    ) throws {
        let redis = try RedisUnderTest(scratch: scratch, isPinned: isPinned)
        ProcessorPlacement.pinGenerator()
        // The server lives until the last measurement.
        try withExtendedLifetime(redis) {
            let peer = redis.map {
                SocketBench(path: $0.path, clock: $0.clock, seconds: seconds)
            }
            if let keeping {
                try ThroughputBench(
                    kept: keeping, fresh: candor, redis: peer, hasTargets: isPinned
                ).run(workload.kinds, report: report)
            }
            try SocketComparison(candor: candor, redis: peer, hasTargets: isPinned)
                .run(workload.kinds, report: report)
            if let kind = workload.kinds.first(where: { $0.name == Workload.recommendation }) {
                try AuditBench(candor: candor).run(kind, report: report)
            }
        }
    }

    private static func memory(_ name: String, of processID: Int32) -> Measurement {
        var measurement = Measurement(name)
        measurement.mebibytes = PeakMemory.mebibytes(ofProcess: processID)
        return measurement
    }
}
