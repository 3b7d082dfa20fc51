// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorProtocol
import Factors
import RatingFiles
import Ratings
import Trust

/// The options that all ways of measuring share.
struct MeasureOptions: ParsableArguments {
    @Argument(help: "The data: a folder or a ratings file, with timestamps.")
    var data: String

    @Option(
        parsing: .upToNextOption,
        help: "The models to measure: \(ModelName.names(.rating).joined(separator: ", ")).")
    var models: [String] = []

    @Option(
        parsing: .upToNextOption,
        help: "Options of the rating head where bayes or fast is measured, key=value.")
    var options: [String] = []

    @OptionGroup
    var attributes: DemographicsOption

    @Option(help: "Threads; the result does not depend on it.")
    var threads = ProcessorCount.online

    @Flag(help: "Leave bad lines out and count them instead of refusing the data.")
    var skipBadLines = false

    @Flag(help: "Print one JSON object instead of tables.")
    var json = false

    func validate() throws {
        guard threads >= 1 else { throw ValidationError("--threads must be at least 1") }
        _ = try settings([])
    }

    /// Settings of the models asked for, of `defaults` when none was, for data of `size`.
    func settings(
        _ defaults: [RatingModelName], for size: DataSize? = nil
    ) throws -> [TrainingSettings] {
        let names = models.isEmpty ? defaults.map(\.rawValue) : models
        return try names.map { name in
            let model = try ModelName(name, of: .rating)
            let settings = TrainingSettings(model, for: size)
            return settings.takesInputs
                ? try TrainingSettings(model, words: options, for: size) : settings
        }
    }

    /// The attributes asked for, for models that take them.
    func inputs(_ settings: TrainingSettings, _ users: UserTable) throws -> AttributeInputs {
        guard settings.takesInputs else { return .none }
        return try AttributeInputs(named: attributes.names, of: users)
    }

    /// Reads the data; refuses data without times, whose order nobody knows.
    func read() throws -> Dataset {
        let read = try DatasetReader.read(data, options: ReadOptions(skipBadLines: skipBadLines))
        for notice in read.report.notices { StandardError.print("note: \(notice)") }
        if read.dataset.isSynthetic { StandardError.print("note: this data is SYNTHETIC: made up") }
        guard read.dataset.ratings.timestamps.contains(where: { $0 != 0 }) else {
            throw ValidationError("\(data) has no timestamps, so there is no earlier and later")
        }
        return read.dataset
    }

    /// Prints tables one below the other, or as members of one object.
    func show(_ tables: [FigureTable]) {
        if json {
            print("{" + tables.map(\.jsonMember).joined(separator: ",") + "}")
        } else {
            print(tables.map(\.text).joined(separator: "\n\n"))
        }
    }

    /// Says what is under way.
    func say(_ line: String) { StandardError.print(line) }
}
