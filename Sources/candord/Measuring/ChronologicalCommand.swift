// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Factors
import Ratings
import Report

/// `candord measure chronological`: learn from the first 70%, predict the rest.
struct ChronologicalCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chronological",
        abstract: "Learn from the first 70% by time, predict the next 15% and the last 15%.",
        discussion: """
            Users and items without a rating in the first 70% are cold; they and the warm ones are \
            measured apart. Nothing of the later parts is learned, not even by fold-in: see \
            'prequential' for that. blank_mean is the mean prediction for a user without ratings, \
            over the items of all ratings; it should be the population's mean. 'MODEL@time' is told \
            when each rating was given.
            """)

    @OptionGroup var shared: MeasureOptions

    func run() throws {
        let dataset = try shared.read()
        let parts = ChronologicalParts(dataset.matrix())
        var errors = FigureTable(
            name: "errors",
            columns: [
                "model", "part", "group", "ratings", "rmse", "mae", "mean_prediction",
                "mean_rating",
            ])
        var blanks = FigureTable(
            name: "blank_user", columns: ["model", "train_s", "population_mean", "blank_mean"])
        let size = DataSize(ratingCount: parts.train.count)
        for settings in try shared.settings(RatingModelName.allCases, for: size) {
            shared.say("training \(settings.model.rawValue)")
            let start = ContinuousClock.now
            let head = try settings.train(
                parts.train, scale: dataset.scale, features: ItemFeatures(dataset.items),
                inputs: try shared.inputs(settings, dataset.users), threads: shared.threads)
            let seconds = Seconds.since(start)
            let measured = LaterErrors(
                of: head, on: parts, scale: dataset.scale, threads: shared.threads)
            let name = settings.model.rawValue
            blanks.append([
                .word(name), .number(seconds), .number(measured.blank.populationMean),
                .number(measured.blank.meanPrediction),
            ])
            for part in measured.parts {
                Self.append(
                    part.errors, of: part.isTimed ? name + "@time" : name, part.name, to: &errors)
            }
        }
        shared.show([errors, blanks])
    }

    private static func append(
        _ measured: WarmColdErrors, of model: String, _ part: String, to table: inout FigureTable
    ) {
        for (group, sums) in groups(measured) {
            table.append([
                .word(model), .word(part), .word(group), .count(sums.count), .number(sums.rmse),
                .number(sums.mae), .number(sums.meanPrediction), .number(sums.meanRating),
            ])
        }
    }

    private static func groups(_ errors: WarmColdErrors) -> [(String, PredictionErrors)] {
        [
            ("all", errors.all), ("warm users", errors.warmUsers),
            ("cold users", errors.coldUsers), ("warm items", errors.warmItems),
            ("cold items", errors.coldItems),
        ]
    }
}
