// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorDaemon
import Foundation
import Ratings

/// `candor-bench`: how fast this machine reads, trains and serves.
@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "candor-bench",
        abstract: "Measure reading, training and serving on this machine.",
        discussion: """
            Latency is measured per request by a load generator on one thread, which is kept on a \
            processor of its own where there are two; CPU is the processor time that the server \
            itself spent on a request. With redis-server installed, its GET is measured in the \
            same way. A daemon given with --socket is left on the processors it is on.
            """)

    @Option(
        help: "The data: a folder or a ratings file. Default CANDOR_DATA's ml-1m, else made up.")
    var data: String?

    @Flag(help: "Print JSON lines instead of a table.")
    var json = false

    @Option(help: "Seconds for each measurement of serving.")
    var seconds = 1.0

    @Option(help: "Measure the daemon on this Unix socket, which must serve the same data.")
    var socket: String?

    func validate() throws {
        guard seconds > 0, seconds <= 3600 else {
            throw ValidationError("--seconds must be above 0 and at most 3600")
        }
    }

    func run() throws {
        let scratch = try ScratchFolder()
        let report = Report(isJSON: json)
        let bench = try BenchData(data, scratch: scratch)
        report.begin(about: [
            (name: "data", value: bench.description),
            (name: "processors", value: "\(ProcessInfo.processInfo.activeProcessorCount)"),
        ])
        let workload = Workload(bench.dataset)
        if let socket {
            try measureDaemon(socket, workload, report)
        } else {
            report.add(Measurement("read the data", seconds: bench.readSeconds))
            try measureEverything(bench, workload, scratch, report)
        }
        try measureRedis(scratch, report)
    }

    private func measureEverything(
        _ bench: BenchData, _ workload: Workload, _ scratch: ScratchFolder, _ report: Report
    ) throws {
        let generation = try TrainingBench(data: GenerationData(bench.dataset)).run(report: report)
        let handle = try ServerHandle()
        let engine = try EngineUnderTest.engine(
            generation, handle: handle, scratch: scratch, threads: 2)
        defer { engine.close() }
        for kind in workload.kinds {
            try InProcessBench(engine: engine, seconds: seconds).run(kind, report: report)
        }
        let served = try EngineUnderTest(engine, handle: handle, scratch: scratch)
        defer { served.stop() }
        try measureServing(workload, path: served.path, clock: served.clock, report)
        reportMemory("peak memory, with load generator", of: getpid(), report)
    }

    private func measureDaemon(
        _ socket: String, _ workload: Workload, _ report: Report
    ) throws {
        let processID = try UnixClient.peerProcessID(socket)
        let clock = ProcessorClock.ofProcess(processID)
        try measureServing(workload, path: socket, clock: clock, report)
        reportMemory("peak memory of the daemon", of: processID, report)
    }

    private func measureServing(
        _ workload: Workload, path: String, clock: clockid_t?, _ report: Report
    ) throws {
        ProcessorPlacement.pinGenerator()
        let bench = SocketBench(path: path, clock: clock, seconds: seconds)
        for kind in workload.kinds {
            try bench.run(kind.name, kind.mix, as: CandorScanner.self, report: report)
        }
    }

    private func measureRedis(_ scratch: ScratchFolder, _ report: Report) throws {
        guard let redis = try RedisUnderTest(scratch: scratch) else { return }
        try SocketBench(path: redis.path, clock: redis.clock, seconds: seconds)
            .run("redis GET", RedisUnderTest.gets, as: RedisScanner.self, report: report)
    }

    private func reportMemory(_ name: String, of processID: Int32, _ report: Report) {
        var measurement = Measurement(name)
        measurement.mebibytes = PeakMemory.mebibytes(ofProcess: processID)
        report.add(measurement)
    }
}
