// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Foundation
import Logging
import RatingFiles
import Ratings

/// Measures how time and memory grow with the data: making it up, importing, mapping, training and
/// starting, each with the most memory that it occupied.
///
/// The peak of a stage counts everything that the process has in memory then, pages of mapped files
/// included, which the system may take back at any time.
struct ScaleBench {
    /// One way to train, measured at every size.
    struct Training {
        let name: String
        let train: (GenerationData) throws -> Generation
    }

    /// A size of data, in the shape of a known data set.
    private struct Size {
        let name: String
        let users: Int
        let items: Int
        let ratings: Int
    }

    private static let sizes = [
        Size(name: "1M", users: 6_000, items: 3_900, ratings: 1_000_000),
        Size(name: "10M", users: 70_000, items: 10_700, ratings: 10_000_000),
        Size(name: "32M", users: 200_000, items: 84_000, ratings: 32_000_000),
        Size(name: "100M", users: 480_000, items: 18_000, ratings: 100_000_000),
    ]

    /// The largest number of ratings to measure; 100 million need 4 GB of disk.
    let ratingsMax: Int
    /// A folder for the data, which is removed again size by size.
    let folder: String
    /// The ways to train.
    let trainings: [Training]

    /// Measures every size up to the largest.
    func run(report: Report) throws {
        for size in Self.sizes where size.ratings <= ratingsMax {
            let place = folder + "/scale-" + size.name
            try FileManager.default.createDirectory(
                atPath: place, withIntermediateDirectories: true)
            let result = Result { try measure(size, in: place, report) }
            try FileManager.default.removeItem(atPath: place)
            try result.get()
        }
    }

    private func measure(_ size: Size, in place: String, _ report: Report) throws {
        let snapshot = place + "/data.sections"
        let byteCount = try importing(size, in: place, to: snapshot, report)
        var file = Measurement("\(size.name): snapshot on disk")
        file.mebibytes = Double(byteCount) / 1_048_576
        file.bytesPerRating = Double(byteCount) / Double(size.ratings)
        report.add(file)
        let data = try stage("map the snapshot", size, report) { try DataSnapshot.read(snapshot) }
        for training in trainings {
            let generation = try stage("train " + training.name, size, report) {
                try training.train(data)
            }
            try restart(generation, size, in: place + "/state", report)
        }
    }

    /// Makes the data up, reads it and saves it; returns the snapshot's length.
    private func importing(
        _ size: Size, in place: String, to snapshot: String, _ report: Report
    ) throws -> Int {
        var options = SyntheticOptions()
        options.userCount = size.users
        options.itemCount = size.items
        options.ratingCount = size.ratings
        let text = place + "/text"
        try stage("generate", size, report) {
            try DatasetWriter.write(SyntheticSource(options), to: text)
        }
        let read = try stage("read the text", size, report) {
            try DatasetReader.readSorted(text).dataset
        }
        try FileManager.default.removeItem(atPath: text)
        return try stage("write the snapshot", size, report) {
            try DataSnapshot.write(read, to: snapshot).byteCount
        }
    }

    /// Saves a generation and starts from it as a daemon does.
    private func restart(
        _ generation: Generation, _ size: Size, in state: String, _ report: Report
    ) throws {
        let log = Logger(label: "candor-bench") { _ in SwiftLogNoOpLogHandler() }
        let store = try GenerationStore(StateDirectory(state), logger: log)
        try stage("save the generation", size, report) {
            try store.save(generation)
            try store.promote(generation.number)
        }
        let start = try stage("start from the generation", size, report) { try store.start() }
        guard case .ready = start else {
            throw BenchError.didNotStart("the generation that was just saved")
        }
        try FileManager.default.removeItem(atPath: state)
    }

    private func stage<Value>(
        _ name: String, _ size: Size, _ report: Report, _ body: () throws -> Value
    ) throws -> Value {
        try PeakMemory.reset()
        let (value, seconds) = try MonotonicClock.seconds(body)
        var measurement = Measurement("\(size.name): \(name)", seconds: seconds)
        measurement.perSecond = Double(size.ratings) / seconds
        measurement.mebibytes = PeakMemory.mebibytes(ofProcess: getpid())
        measurement.bytesPerRating = measurement.mebibytes.map {
            $0 * 1_048_576 / Double(size.ratings)
        }
        report.add(measurement)
        return value
    }
}
