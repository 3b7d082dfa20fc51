// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// The generation that a report is about, as far as words go.
public struct ReportSubject: Sendable {
    /// The data it was trained on.
    public let data: SortedDataset
    /// Its number.
    public let generation: Int
    /// When it was trained.
    public let created: CalendarDate?
    /// How long training took.
    public let trainingSeconds: Double
    /// The program that serves it, with its version.
    public let server: String
    /// SHA-256 of the data.
    public let dataHash: String
    /// SHA-256 of both heads.
    public let factorHash: String
    /// The models and their options, as INFO tells them.
    public let options: [(name: String, value: String)]
    /// The rating model in a sentence's words.
    public let ratingModel: String
    /// The ranking model in a sentence's words.
    public let rankingModel: String
    /// The seed of all random choices.
    public let seed: UInt64
    /// The user attributes that the rating model is given; empty for none.
    public let inputs: [String]
    /// Whether the rating model also orders lists.
    public let areInputsOfLists: Bool

    /// Joins the parts.
    public init(
        data: SortedDataset, generation: Int, created: CalendarDate?, trainingSeconds: Double,
        server: String, dataHash: String, factorHash: String,
        options: [(name: String, value: String)], ratingModel: String, rankingModel: String,
        seed: UInt64, inputs: [String] = [], areInputsOfLists: Bool = false
    ) {
        self.data = data
        self.generation = generation
        self.created = created
        self.trainingSeconds = trainingSeconds
        self.server = server
        self.dataHash = dataHash
        self.factorHash = factorHash
        self.options = options
        self.ratingModel = ratingModel
        self.rankingModel = rankingModel
        self.seed = seed
        self.inputs = inputs
        self.areInputsOfLists = areInputsOfLists
    }

    /// What numbers come from that need no model.
    var dataSource: NumberSource { NumberSource(name: "data", data: dataHash) }

    /// What numbers of the served models come from.
    var servedSource: NumberSource {
        NumberSource(name: "served models", data: dataHash, model: factorHash)
    }
}
