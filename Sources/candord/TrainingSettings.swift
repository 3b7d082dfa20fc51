// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorProtocol
import Factors
import Ratings
import Trust

/// What a model is trained with, set by the `key=value` words of a command line.
struct TrainingSettings: Equatable {
    /// The model.
    let model: ModelName
    /// Options of the rating head.
    var rating: BayesianOptions
    /// Options of the ranking head.
    var ranking: RankingHeadOptions
    /// Options of the baselines.
    var baseline = TruncatedSVDOptions()

    /// Whether the rating head uses the sets of rated items, as 0 or 1; any other number counts as 1.
    var ratingSets: Int {
        get { rating.implicitSets ? 1 : 0 }
        set { rating.implicitSets = newValue > 0 }
    }

    private static let seedName = "seed"

    /// The defaults of `model`, for data of `size` where that is known.
    init(_ model: ModelName, for size: DataSize? = nil) {
        self.model = model
        let size = size ?? DataSize(ratingCount: DataSize.plentiful)
        rating = .best(for: size)
        ranking = .suiting(size)
        if case .rating(let name) = model { rating = name.bayesianOptions(for: size) }
    }

    /// The defaults with `words` applied in order.
    init(_ model: ModelName, words: [String], for size: DataSize? = nil) throws {
        self.init(model, for: size)
        for word in words { try apply(word) }
    }

    /// The seed of all random choices.
    var seed: UInt64 {
        get {
            switch model {
            case .rating(.bayes), .rating(.fast), .ranking(.rating): rating.seed
            case .ranking(.ials): ranking.seed
            default: baseline.seed
            }
        }
        set {
            rating.seed = newValue
            ranking.seed = newValue
            baseline.seed = newValue
        }
    }

    /// The keys that a model takes, sorted.
    static func names(_ model: ModelName) -> [String] {
        (ModelOption.options(of: model).map(\.name) + [seedName]).sorted()
    }

    /// The value of an option as it is written in a word.
    func text(of option: ModelOption) -> String {
        switch option.place {
        case .count(let path): "\(self[keyPath: path])"
        case .number(let path): "\(self[keyPath: path])"
        }
    }

    /// Applies one word.
    mutating func apply(_ word: String) throws {
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
            throw ValidationError("--options takes key=value words; '\(word)' is none")
        }
        let (key, value) = (parts[0], parts[1])
        if key == Self.seedName {
            seed = UInt64(try Self.count(key, value, atLeast: 0))
            return
        }
        guard let option = ModelOption.options(of: model).first(where: { $0.name == key }) else {
            throw ValidationError(
                "the model \(model.rawValue) has no option '\(key)'; it has "
                    + Self.names(model).joined(separator: ", "))
        }
        switch option.place {
        case .count(let path):
            self[keyPath: path] = try Self.count(key, value, atLeast: 0)
        case .number(let path):
            guard let number = Double(value), number.isFinite, number >= 0 else {
                throw ValidationError("\(key) takes a number of at least 0, not '\(value)'")
            }
            self[keyPath: path] = number
        }
    }

    /// Whether the model is the rating head, which may be given attributes of users.
    var takesInputs: Bool { [.rating(.bayes), .rating(.fast)].contains(model) }

    /// Trains the model on all of `matrix`; the bits do not depend on `threads`.
    func train(
        _ matrix: RatingMatrix, scale: RatingScale, features: ItemFeatures? = nil,
        inputs: AttributeInputs = .none, threads: Int
    ) throws(TrainingError) -> any ServableHead {
        switch model {
        case .rating(let name):
            try name.train(
                matrix, features: features, inputs: inputs, rating: rating, baseline: baseline,
                threads: threads)
        case .ranking(let name):
            try name.train(
                matrix, scale: scale, ranking: ranking, rating: rating, baseline: baseline,
                threads: threads)
        }
    }

    private static func count(_ key: String, _ value: String, atLeast minimum: Int) throws -> Int {
        guard let number = Int(value), number >= minimum else {
            throw ValidationError(
                "\(key) takes a whole number of at least \(minimum), not '\(value)'")
        }
        return number
    }
}
