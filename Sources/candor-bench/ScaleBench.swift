// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Factors
import Foundation
import Logging
import RatingFiles
import Ratings

/// Measures how time and memory grow with the data: making it up, importing, mapping, training,
/// starting and answering, each with the most memory that it occupied.
///
/// The peak of a stage counts everything that the process has in memory then, pages of mapped files
/// included, which the system may take back at any time.
struct ScaleBench {
    private static let usersAsked = 1000

    /// The largest number of ratings to measure; 100 million need 4 GB of disk.
    let ratingsMax: Int
    /// A folder for the data, which is removed again size by size.
    let folder: String
    let threads: Int

    /// Measures every size up to the largest, then says how the figures grow.
    func run(report: Report) throws {
        var figures = ScaleFigures()
        try PeakMemory.reset()
        let emptyMebibytes = PeakMemory.mebibytes(ofProcess: getpid()) ?? 0
        for size in ScaleSize.all where size.ratings <= ratingsMax {
            let place = folder + "/scale-" + size.name
            try FileManager.default.createDirectory(
                atPath: place, withIntermediateDirectories: true)
            let stages = ScaleStages(
                size: size, threads: threads, emptyMebibytes: emptyMebibytes, report: report)
            let result = Result { try measure(stages, in: place, &figures) }
            try FileManager.default.removeItem(atPath: place)
            try result.get()
            for comparison in figures.takeComparisons() { report.add(comparison) }
        }
        for comparison in figures.growth { report.add(comparison) }
    }

    private func measure(
        _ stages: ScaleStages, in place: String, _ figures: inout ScaleFigures
    ) throws {
        let size = stages.size
        let snapshot = place + "/data.sections"
        let byteCount = try importing(stages, in: place, to: snapshot)
        var file = Measurement("\(size.name): snapshot on disk")
        file.mebibytes = Double(byteCount) / 1_048_576
        file.bytesPerRating = Double(byteCount) / Double(size.ratings)
        stages.report.add(file)
        let data = try stages.run("map the snapshot") { try DataSnapshot.read(snapshot) }
        let heads = HeadTraining(matrix: data.matrix, scale: data.scale, threads: threads)
        let rating = try stages.train("fast rating head", &figures) {
            try heads.rating(.fast)
        }
        let ranking = try stages.train("ranking head", &figures) {
            try heads.ranking(.init())
        }
        answers("fast rating head", rating, data.matrix, stages)
        answers("ranking head", ranking, data.matrix, stages)
        let generation = try stages.run("join the generation") {
            Generation(
                number: 1, data: data, ratingHead: rating, rankingHead: ranking,
                training: TrainingOptions(rating: .fast), journalSequence: 0, trainingSeconds: 0)
        }
        try restart(generation, stages, in: place + "/state")
    }

    /// Makes the data up, reads it and saves it; returns the snapshot's length.
    private func importing(
        _ stages: ScaleStages, in place: String, to snapshot: String
    ) throws -> Int {
        let text = place + "/text"
        try stages.run("generate") {
            try DatasetWriter.write(SyntheticSource(stages.size.options), to: text)
        }
        let read = try stages.run("read the text") { try DatasetReader.readSorted(text).dataset }
        try FileManager.default.removeItem(atPath: text)
        return try stages.run("write the snapshot") {
            try DataSnapshot.write(read, to: snapshot).byteCount
        }
    }

    /// Solves users and picks their lists, one after the other.
    private func answers(
        _ name: String, _ head: some LinearHead, _ matrix: RatingMatrix, _ stages: ScaleStages
    ) {
        var (solves, lists) = (LatencyHistogram(), LatencyHistogram())
        for number in 0..<Self.usersAsked {
            let user = UserIndex(number * (matrix.userCount - 1) / Self.usersAsked)
            let profile = matrix.profile(of: user)
            let start = MonotonicClock.nanoseconds()
            let vector = head.foldIn(profile).vector
            let solved = MonotonicClock.nanoseconds()
            _ = TopK.select(head, vector, count: 10, excluding: profile)
            solves.record(nanoseconds: solved - start)
            lists.record(nanoseconds: MonotonicClock.nanoseconds() - solved)
        }
        stages.report.add(Measurement("\(stages.size.name): solve a user, \(name)", solves))
        stages.report.add(Measurement("\(stages.size.name): top 10, \(name)", lists))
    }

    /// Saves a generation and starts from it as a daemon does.
    private func restart(
        _ generation: Generation, _ stages: ScaleStages, in state: String
    ) throws {
        let log = Logger(label: "candor-bench") { _ in SwiftLogNoOpLogHandler() }
        let store = try GenerationStore(StateDirectory(state), logger: log)
        try stages.run("save the generation") {
            try store.save(generation)
            try store.promote(generation.number)
        }
        let start = try stages.run("start from the generation") { try store.start() }
        guard case .ready = start else {
            throw BenchError.didNotStart("the generation that was just saved")
        }
        try FileManager.default.removeItem(atPath: state)
    }
}
