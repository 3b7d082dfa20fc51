// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Factors
import Ratings
import Trust

/// Chooses the strength of a mitigation on earlier ratings and measures it once on later ones.
struct MitigationCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mitigation",
        abstract: "Choose a mitigation's strength on validation, measure it once on test.",
        discussion: """
            Every user's ratings are parted by time: the first 70% are learned from, the next 10% \
            choose the strength among --points, and the last 20% measure the chosen one, trained on \
            the first 80%, beside plain training. A point is refused when the method's own gap does \
            not fall, when the gap in accuracy falls because the worst-off group lost (levelling \
            down), or when accuracy costs too much. Intervals resample users; changes are paired.
            """)

    @OptionGroup var shared: MeasureOptions

    @Option(
        help:
            "The way: \(TrainingMitigation.Method.allCases.map(\.rawValue).joined(separator: ", "))."
    )
    var method: String

    @Option(help: "The user attribute whose groups are meant.")
    var attribute = "gender"

    @Option(help: "How many strengths, none included.")
    var points = 5

    @Option(help: "Bootstrap samples of users.")
    var resamples = 1000

    @Option(help: "The seed of the bootstrap.")
    var seed = 1

    func validate() throws {
        guard TrainingMitigation.Method(rawValue: method) != nil else {
            throw ValidationError("there is no method \(method)")
        }
        guard (2...50).contains(points) else {
            throw ValidationError("--points takes 2 to 50")
        }
        guard resamples > 0, seed >= 0 else {
            throw ValidationError("--resamples must be positive and --seed at least 0")
        }
    }

    func run() throws {
        let dataset = try shared.read()
        guard let way = TrainingMitigation.Method(rawValue: method),
            let attribute = AuditSubject.groups(dataset.users).attributes
                .first(where: { $0.name == attribute })
        else {
            throw ValidationError(
                "the data has no user attribute \(attribute) that can be audited; it has "
                    + dataset.users.attributes.map(\.name).joined(separator: ", "))
        }
        let choosing = Split.perUserByTime(dataset.ratings, cuts: [0.7, 0.8])
        let reporting = Split.perUserByTime(dataset.ratings, cuts: [0.8])
        func matrix(_ columns: RatingColumns) -> RatingMatrix {
            RatingMatrix(
                columns, userCount: dataset.users.count, itemCount: dataset.items.count)
        }
        var tables: [FigureTable] = []
        let size = DataSize(ratingCount: dataset.ratings.count)
        for settings in try shared.settings([.bayes], for: size) {
            let name = settings.model.rawValue
            let validation = try frontier(
                FrontierTraining(
                    settings: settings, dataset: dataset, attribute: attribute, method: way,
                    train: matrix(choosing[0]), test: matrix(choosing[1]), threads: shared.threads),
                strengths: way.sweep(points))
            tables.append(table(validation, name: "validation", model: name))
            guard let chosen = validation.points.first(where: { $0.status == .chosen }) else {
                shared.say("\(name): no strength is allowed on validation; test is not looked at")
                continue
            }
            let test = try frontier(
                FrontierTraining(
                    settings: settings, dataset: dataset, attribute: attribute, method: way,
                    train: matrix(reporting[0]), test: matrix(reporting[1]), threads: shared.threads
                ),
                strengths: [0, chosen.strength])
            tables.append(table(test, name: "test", model: name))
        }
        shared.show(tables)
    }

    private func frontier(
        _ training: FrontierTraining, strengths: [Double]
    ) throws -> MitigationFrontier {
        let samples = try strengths.map { strength in
            shared.say("training with strength \(strength)")
            return try training.sample(strength, seed: UInt64(seed))
        }
        guard let users = training.users(samples[0].measurements, seed: UInt64(seed)),
            let frontier = MitigationFrontier(
                samples, target: FrontierMethod.training(training.method).target, users: users,
                isTail: LongTail(Popularity(training.train)).contains,
                scale: training.dataset.scale,
                options: AuditOptions(resamples: resamples, seed: UInt64(seed)),
                threads: shared.threads, progress: { _ in true })
        else { throw ValidationError("fewer than two groups are large enough to be shown") }
        return frontier
    }

    private func table(
        _ frontier: MitigationFrontier, name: String, model: String
    ) -> FigureTable {
        var table = FigureTable(
            name: name,
            columns: [
                "model", "part", "strength", "status", "levels_down", "metric", "value", "low",
                "high", "change", "change_low", "change_high",
            ])
        for point in frontier.points {
            for figure in point.figures {
                table.append(
                    [
                        .word(model), .word(name), .number(point.strength),
                        .word(point.status.rawValue), .word(point.levelsDown ? "yes" : "no"),
                        .word(figure.measure.rawValue),
                    ]
                        + [figure.level, figure.change].flatMap {
                            [.number($0.value), .number($0.low), .number($0.high)]
                        })
            }
        }
        return table
    }
}
