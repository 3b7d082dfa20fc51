// SPDX-License-Identifier: GPL-3.0-or-later

import Factors
import Foundation
import Ratings

/// One run of the command: its parts in order, with what they share.
final class BenchSession {
    let report: Report
    private let options: Bench
    private let scratch: ScratchFolder
    private let parts: [Part]
    private var peers: Peers?
    private var splits: SplitFolder?
    private var loaded: BenchData?

    /// Finds what was asked for; throws when the results cannot be written.
    init(_ options: Bench, scratch: ScratchFolder) throws {
        self.options = options
        self.scratch = scratch
        let file = try options.jsonTo.map { try LineFile(path: $0) }
        let output = LineFile.standardOutput
        let (json, isJSON) = (file ?? output, options.json)
        report = Report(
            text: isJSON ? nil : { output.write($0) },
            json: isJSON || file != nil
                ? { line in
                    json.write(line)
                    if isJSON, file != nil { output.write(line) }
                } : nil)
        let hasSplits = options.splits != nil || options.peers != nil
        parts =
            options.socket == nil
            ? Part.chosen(options.only, hasSplits: hasSplits) ?? [] : [.serving]
    }

    /// Measures all parts.
    func run() throws {
        report.begin(about: [
            (name: "processors", value: "\(ProcessInfo.processInfo.activeProcessorCount)"),
            (name: "threads", value: "\(options.threads)"),
        ])
        if parts.contains(where: \.needsSplits) {
            peers = findPeers()
            splits = try findSplits()
        }
        for part in parts {
            report.begin(part)
            if part.needsSplits {
                guard let splits else {
                    report.note("skipped: there are no split files; see --splits and --peers")
                    continue
                }
                try run(part, on: splits)
            } else {
                try run(part)
            }
        }
    }

    private func run(_ part: Part, on splits: SplitFolder) throws {
        let (threads, rounds) = (options.threads, options.rounds)
        switch part {
        case .accuracy:
            try AccuracyBench(splits: splits, peers: peers, threads: threads, rounds: rounds)
                .run(report: report)
        case .baselines:
            try BaselineBench(splits: splits, peers: peers, threads: threads).run(report: report)
        default:
            try RankingBench(splits: splits, peers: peers, threads: threads, rounds: rounds)
                .run(report: report)
        }
    }

    private func run(_ part: Part) throws {
        switch part {
        case .time:
            try TimeBench(dataset: data().dataset, threads: options.threads).run(report: report)
        case .training:
            try TrainingBench(dataset: data().dataset).run(report: report)
        case .topk:
            let (matrix, scale) = (try data().dataset.matrix(), try data().dataset.scale)
            let head = try RankingTrainer.train(matrix, scale: scale, threads: options.threads)
            TopKBench(head: head, ratings: matrix).run(report: report)
        case .scale:
            try ScaleBench(
                ratingsMax: options.scaleRatings, folder: options.scaleFolder ?? scratch.path,
                threads: options.threads
            ).run(report: report)
        default:
            let data = try data()
            let bench = ServingBench(
                data: data, workload: Workload(data.dataset), threads: options.threads,
                seconds: options.seconds, scratch: scratch)
            if let socket = options.socket {
                try bench.run(daemonAt: socket, report: report)
            } else {
                try bench.run(report: report)
            }
        }
    }

    /// The data set, read when it is first needed.
    private func data() throws -> BenchData {
        if let loaded { return loaded }
        let data = try BenchData(options.data, scratch: scratch)
        loaded = data
        report.note("data: \(data.description)")
        report.add(Measurement("read the data", seconds: data.readSeconds))
        return data
    }

    private func findPeers() -> Peers? {
        guard let folder = options.peers else {
            report.note("no peers beside us: --peers was not given")
            return nil
        }
        do {
            return try Peers(
                folder: folder, script: options.peersScript, threads: options.threads,
                scratch: scratch)
        } catch {
            report.note("no peers beside us: \(error)")
            return nil
        }
    }

    /// The split files; made from the data's own ratings file where they are missing.
    private func findSplits() throws -> SplitFolder? {
        let path = options.splits ?? scratch.file("splits")
        let folder = SplitFolder(path)
        if folder.isComplete { return folder }
        guard let peers else {
            report.note("\(path) has not all split files, and --peers could make them")
            return nil
        }
        guard let ratings = BenchData.ratingsFile(options.data) else {
            report.note("split files are made from a ratings.dat, which the data has not")
            return nil
        }
        report.note("making split files of \(ratings)")
        try peers.makeSplits(of: ratings, in: path)
        return folder
    }
}
