// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorDaemon
import Foundation

/// `candor-bench`: how accurate the models are, and how fast this machine trains and serves.
@main
struct Bench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "candor-bench",
        abstract: "Measure accuracy, training and serving on this machine, peers beside us.",
        discussion: """
            Without --only it measures what needs little time, and with --splits or --peers also \
            what they make possible. Parts:
            \(Part.allCases.map { "  \($0.rawValue): \($0.summary)" }.joined(separator: "\n"))

            A figure's ratio is ours over the peer's of the same run. Latency is measured per \
            request by a load generator on one thread, which is kept on a processor of its own \
            where there are two; CPU is the processor time that the server itself spent on a \
            request. With redis-server installed, its GET is measured in the same way. A daemon \
            given with --socket is left on the processors it is on.
            """)

    @Option(
        parsing: .upToNextOption,
        help: "The parts to measure, or 'all'.")
    var only: [String] = []

    @Option(
        help: "The data: a folder or a ratings file. Default CANDOR_DATA's ml-1m, else made up.")
    var data: String?

    @Option(help: "The folder with the split files of make_splits.py; made with --peers' Python.")
    var splits: String?

    @Option(help: "The folder with the peers' environment: v11/bin/python and libmf_avx.so.")
    var peers: String?

    @Option(help: "The script that trains peers; make_splits.py is beside it.")
    var peersScript = "../shared/peers/peers.py"

    @Option(help: "Threads to train on, ours and the peers'.")
    var threads = 2

    @Option(help: "How often trainings that take turns with a peer's are repeated.")
    var rounds = 5

    @Option(help: "The most ratings of made-up data in the part 'scale'.")
    var scaleRatings = 10_000_000

    @Option(help: "A folder for made-up data: 4 GB for 100 million ratings. Default /tmp.")
    var scaleFolder: String?

    @Flag(help: "Print JSON lines instead of tables.")
    var json = false

    @Option(help: "Write JSON lines to this file as well.")
    var jsonTo: String?

    @Option(help: "Seconds for each measurement of serving.")
    var seconds = 1.0

    @Option(help: "Measure the daemon on this Unix socket, which must serve the same data.")
    var socket: String?

    func validate() throws {
        guard seconds > 0, seconds <= 3600 else {
            throw ValidationError("--seconds must be above 0 and at most 3600")
        }
        guard threads >= 1, rounds >= 1, scaleRatings >= 1 else {
            throw ValidationError("--threads, --rounds and --scale-ratings must be at least 1")
        }
        guard Part.chosen(only, hasSplits: true) != nil else {
            let names = Part.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--only takes all, or some of \(names)")
        }
    }

    func run() throws {
        LargeBlocks.returnWhenFreed()
        let session = try BenchSession(self, scratch: ScratchFolder())
        try session.run()
        session.report.end()
    }
}
