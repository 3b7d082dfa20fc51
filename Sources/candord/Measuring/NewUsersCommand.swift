// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import Factors
import Ratings

/// `candord measure new-users`: the learning curve of users that training never saw.
struct NewUsersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new-users",
        abstract: "How fast fold-in learns a new user, against a full retrain.",
        discussion: """
            Takes some users out of the data and trains on the others. Then each user taken out \
            gives its first ratings by time, and its later ones (up to 20, the same at every step) \
            are predicted: by fold-in with the item side frozen, and by a model retrained on the \
            others and these first ratings together.
            """)

    @OptionGroup var shared: MeasureOptions

    @Option(
        parsing: .upToNextOption,
        help: "How many ratings the new users give; default 0 1 3 5 10.")
    var counts: [Int] = [0, 1, 3, 5, 10]

    @Option(help: "The share of the users with enough ratings to take out.")
    var part = 0.1

    @Option(help: "What the choice of users is drawn from.")
    var seed = 1

    func validate() throws {
        guard !counts.isEmpty, counts.allSatisfy({ (0...10_000).contains($0) }) else {
            throw ValidationError("--counts takes whole numbers of at least 0")
        }
        guard part > 0, part < 1 else {
            throw ValidationError("--part must lie between 0 and 1")
        }
        guard seed >= 0 else { throw ValidationError("--seed must be at least 0") }
    }

    func run() throws {
        let dataset = try shared.read()
        let split = NewUserSplit(
            dataset.matrix(), part: part, largest: counts.max() ?? 0, seed: UInt64(seed))
        guard !split.users.isEmpty else {
            throw ValidationError("no user has more than \(counts.max() ?? 0) ratings")
        }
        var table = FigureTable(
            name: "new_users",
            columns: [
                "model", "given", "users", "ratings", "fold_in_rmse", "retrain_rmse",
                "fold_in_mae", "retrain_mae",
            ])
        let size = DataSize(ratingCount: split.others.count)
        for settings in try shared.settings([.bayes, .biases], for: size) {
            let name = settings.model.rawValue
            shared.say("training \(name) without the new users")
            let inputs = try shared.inputs(settings, dataset.users)
            let head = try settings.train(
                split.others, scale: dataset.scale, inputs: inputs, threads: shared.threads)
            for count in counts.sorted() {
                let given = split.given(count)
                let folded = errors(of: head, given, split, dataset.scale)
                shared.say("retraining \(name) with \(count) ratings of each new user")
                let retrained = try settings.train(
                    split.joined(count), scale: dataset.scale, inputs: inputs,
                    threads: shared.threads)
                let full = errors(of: retrained, given, split, dataset.scale)
                table.append([
                    .word(name), .count(count), .count(split.users.count), .count(folded.count),
                    .number(folded.rmse), .number(full.rmse), .number(folded.mae),
                    .number(full.mae),
                ])
            }
        }
        shared.show([table])
    }

    private func errors(
        of head: some LinearHead, _ given: RatingMatrix, _ split: NewUserSplit,
        _ scale: RatingScale
    ) -> PredictionErrors {
        WarmColdErrors(
            of: head, train: given, test: split.targets, scale: scale, threads: shared.threads
        ).all
    }
}
