// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Factors
import Ratings
import Report

/// `candord measure prequential`: predict each rating in time, then learn it.
struct PrequentialCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prequential",
        abstract: "Predict each later rating in the order of time, then learn it by fold-in.",
        discussion: """
            The item side is trained on the first 70% by time and stays as it is; each user's later \
            ratings are predicted from all earlier ones of that user. 'frozen' are the errors for \
            the same ratings when nothing is learned after the first 70%. Errors are also listed by \
            the number of ratings known when predicting: the way from a new user to a known one.
            """)

    @OptionGroup var shared: MeasureOptions

    func run() throws {
        let dataset = try shared.read()
        let parts = ChronologicalParts(dataset.matrix())
        var table = FigureTable(
            name: "prequential",
            columns: [
                "model", "known_ratings", "ratings", "frozen_rmse", "rmse", "frozen_mae", "mae",
            ])
        let later = Self.joined(parts.later.map(\.matrix))
        let size = DataSize(ratingCount: parts.train.count)
        let models: [RatingModelName] = [.bayes, .fast, .biases, .mean, .svdResidual]
        for settings in try shared.settings(models, for: size) {
            shared.say("training \(settings.model.rawValue)")
            let head = try settings.train(
                parts.train, scale: dataset.scale, threads: shared.threads)
            shared.say("predicting and learning with \(settings.model.rawValue)")
            let errors = PrequentialErrors(
                of: head, history: parts.train, later: later, scale: dataset.scale,
                threads: shared.threads)
            let sum = { (stages: [PredictionErrors]) in stages.reduce(PredictionErrors(), +) }
            let rows =
                [("all", sum(errors.learned), sum(errors.frozen))]
                + PrequentialErrors.stages.indices.map {
                    (Self.name(ofStage: $0), errors.learned[$0], errors.frozen[$0])
                }
            for (name, learned, frozen) in rows {
                table.append([
                    .word(settings.model.rawValue), .word(name), .count(learned.count),
                    .number(frozen.rmse), .number(learned.rmse), .number(frozen.mae),
                    .number(learned.mae),
                ])
            }
        }
        shared.show([table])
    }

    /// The number of known ratings that a stage stands for: `3–9`.
    private static func name(ofStage stage: Int) -> String {
        let stages = PrequentialErrors.stages
        guard stage + 1 < stages.count else { return "\(stages[stage])+" }
        let (first, last) = (stages[stage], stages[stage + 1] - 1)
        return first == last ? "\(first)" : "\(first)-\(last)"
    }

    /// All ratings of matrices that share none.
    private static func joined(_ matrices: [RatingMatrix]) -> RatingMatrix {
        var all = RatingColumns()
        for matrix in matrices {
            for user in 0..<matrix.userCount {
                for entry in matrix.byUser.range(ofRow: user) {
                    all.append(
                        user: UserIndex(user),
                        item: ItemIndex(rawValue: matrix.byUser.columns[entry]),
                        value: matrix.byUser.values[entry], timestamp: matrix.timestamps[entry])
                }
            }
        }
        return RatingMatrix(
            all, userCount: matrices[0].userCount, itemCount: matrices[0].itemCount)
    }
}
