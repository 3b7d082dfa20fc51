// SPDX-License-Identifier: GPL-3.0-or-later

import CandorDaemon
import Factors
import Ratings
import Testing

extension Generation {
    /// Data with everything that can be present or absent: attributes, unknown codes, years,
    /// genres, users and items without ratings, texts beyond ASCII.
    static func sampleData() throws -> GenerationData {
        let ids = try ["1", "zwei", "三"].map { try #require(UserID($0)) }
        let items = [
            Item(
                id: try #require(ItemID("10")), title: "Amélie (2001)",
                genres: ["Comedy", "Romance"], year: 2001),
            Item(id: try #require(ItemID("20")), title: "20"),
            Item(id: try #require(ItemID("30")), title: "Ran", genres: ["Drama", "Comedy"]),
            Item(id: try #require(ItemID("40")), title: "", genres: [], year: -44),
        ]
        return GenerationData(
            Dataset(
                name: "tiny", isSynthetic: true,
                users: UserTable(
                    ids,
                    attributes: [
                        UserAttribute(name: "gender", categories: ["F", "M"], codes: [1, -1, 0]),
                        UserAttribute(name: "age", categories: [], codes: [-1, -1, -1]),
                    ]), items: Catalogue(items),
                ratings: RatingColumns(
                    users: [2, 0, 0, 2, 0], items: [1, 2, 0, 0, 1], values: [4, 3.5, 5, 1, 0.5],
                    timestamps: [978_300_760, 0, -1, Int64.max, 7]),
                scale: RatingScale(minimum: 0.5, maximum: 5)))
    }

    /// A generation of the sample data, trained for one sweep.
    static func sample(_ number: Int, threads: Int = 1) throws -> Generation {
        let data = try sampleData()
        let training = TrainingOptions(
            bayesian: .init(factors: 3, sweeps: 2, burnIn: 0, samples: 2),
            implicit: .init(factors: 2, sweeps: 1))
        let trained = try GenerationTrainer.train(
            data, number: number, journalSequence: 0, options: training, threads: threads,
            progress: { _, _ in true })
        return Generation(
            number: number, data: data, ratingHead: trained.ratingHead,
            rankingHead: trained.rankingHead, training: training,
            journalSequence: Int64(number) * 100, trainingSeconds: 0.25,
            createdAtSeconds: 1_800_000_000)
    }
}
