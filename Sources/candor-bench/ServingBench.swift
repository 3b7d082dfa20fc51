// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Glibc
import Ratings

/// Measures answers: in process from an engine of its own, and over a socket, of the daemon that was
/// built with this, beside redis.
struct ServingBench {
    let data: BenchData
    let workload: Workload
    let threads: Int
    /// How long each measurement takes.
    let seconds: Double
    let scratch: ScratchFolder

    /// Trains, asks in this process, has daemons serve, and measures both ways.
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
        let fresh = try DaemonUnderTest.start(
            serving: generation, scratch: scratch, name: "fresh", keepsAnswers: false)
        let keeping = try DaemonUnderTest.start(
            serving: generation, scratch: scratch, name: "keeping", keepsAnswers: true)
        try compare(bench(fresh), keeping: bench(keeping), isPinned: true, report)
        // Last, because it changes what is asked for.
        try RatingBench(candor: bench(fresh)).run(workload.pairs, report: report)
        report.add(Self.memory("peak memory of the daemon", keeping.peakMebibytes))
    }

    private func bench(_ server: ServerProcess) -> SocketBench {
        SocketBench(path: server.path, clock: server.clock, seconds: seconds)
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
        report.add(
            Self.memory("peak memory of the daemon", PeakMemory.mebibytes(ofProcess: processID)))
    }

    /// Measures `candor` in all ways and, where there is one that keeps answers, how much both bear.
    private func compare(
        _ candor: SocketBench, keeping: SocketBench?, isPinned: Bool, _ report: Report
    ) throws {
        let redis = try RedisUnderTest.start(scratch: scratch, isPinned: isPinned)
        ProcessorPlacement.pinGenerator()
        // The server lives until the last measurement.
        try withExtendedLifetime(redis) {
            let peer = redis.map(bench)
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

    private static func memory(_ name: String, _ mebibytes: Double?) -> Measurement {
        var measurement = Measurement(name)
        measurement.mebibytes = mebibytes
        return measurement
    }
}
