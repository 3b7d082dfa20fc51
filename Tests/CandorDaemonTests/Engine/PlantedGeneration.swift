// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Factors
import Ratings

/// Generations trained on planted data, small and quick.
enum PlantedGeneration {
    static let options = TrainingOptions(
        bayesian: BayesianOptions(factors: 7, sweeps: 30, burnIn: 10, samples: 4),
        implicit: RankingHeadOptions(factors: 8, sweeps: 8))

    private static let planted = Result { try train(PlantedData.dataset()) }

    /// Generation 1 on the planted data, trained once for all tests.
    static func first() throws -> Generation { try planted.get() }

    /// A generation on other data.
    static func train(
        _ data: Dataset, number: Int = 1, options: TrainingOptions = options
    ) throws -> Generation {
        try GenerationTrainer.train(
            GenerationData(data), number: number, journalSequence: 0, options: options,
            threads: 2, progress: { _, _ in true })
    }

    /// The planted generation with options under which training takes hours, unless cancelled.
    static func slowToRetrain() throws -> Generation {
        let first = try first()
        return Generation(
            number: 1, data: first.data,
            ratingHead: first.ratingHead, rankingHead: first.rankingHead,
            training: TrainingOptions(
                bayesian: BayesianOptions(factors: 255, sweeps: 10_000),
                implicit: options.implicit), journalSequence: 0, trainingSeconds: 0)
    }

    /// The planted heads over ratings too large for single precision: training on them fails.
    static func failingToRetrain() throws -> Generation {
        let first = try first()
        let data = first.data.dataset()
        let ratings = RatingColumns(
            users: data.ratings.users, items: data.ratings.items,
            values: data.ratings.items.map { $0 % 4 == 0 ? 3e38 : -3e38 },
            timestamps: data.ratings.timestamps)
        return Generation(
            number: 1,
            data: GenerationData(
                Dataset(
                    name: data.name, isSynthetic: true, users: data.users, items: data.items,
                    ratings: ratings, scale: RatingScale(minimum: -3.1e38, maximum: 3.1e38))),
            ratingHead: first.ratingHead, rankingHead: first.rankingHead,
            training: options, journalSequence: 0, trainingSeconds: 0)
    }

    /// Users of two ratings each: enough to serve, too few to hold any out.
    static func sparse() throws -> Generation {
        let data = PlantedData.dataset()
        var kept = RatingColumns()
        var counts = [Int](repeating: 0, count: data.users.count)
        for entry in 0..<data.ratings.count {
            let user = Int(data.ratings.users[entry])
            guard counts[user] < 2 else { continue }
            counts[user] += 1
            kept.append(
                user: UserIndex(user), item: ItemIndex(rawValue: data.ratings.items[entry]),
                value: data.ratings.values[entry], timestamp: data.ratings.timestamps[entry])
        }
        return try train(
            Dataset(
                name: "sparse", isSynthetic: true, users: data.users, items: data.items,
                ratings: kept, scale: data.scale))
    }
}
