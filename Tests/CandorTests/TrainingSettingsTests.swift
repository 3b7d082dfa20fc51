// SPDX-License-Identifier: GPL-3.0-or-later

import ArgumentParser
import CandorProtocol
import Factors
import Testing

@testable import candord

@Suite("Training settings")
struct TrainingSettingsTests {
    static let models =
        RatingModelName.allCases.map(ModelName.rating)
        + RankingModelName.allCases.map(ModelName.ranking)

    @Test("words set what they name, and only that")
    func words() throws {
        let model = ModelName.rating(.bayes)
        let settings = try TrainingSettings(model, words: ["factors=7", "seed=9"])
        var expected = TrainingSettings(model)
        expected.rating.factors = 7
        expected.seed = 9
        #expect(settings == expected)
        #expect(settings.rating.seed == 9 && settings.seed == 9)
        let svd = try TrainingSettings(
            .rating(.svdResidual), words: ["factors=50", "user_damping=2.5"])
        #expect(svd.baseline.factors == 50 && svd.baseline.userDamping == 2.5)
    }

    @Test("every option of every model can be written and read back", arguments: models)
    func roundTrip(_ model: ModelName) throws {
        let defaults = TrainingSettings(model)
        for option in ModelOption.options(of: model) {
            let word = "\(option.name)=\(defaults.text(of: option))"
            #expect(try TrainingSettings(model, words: [word]) == defaults)
        }
        #expect(TrainingSettings.names(model).contains("seed"))
        #expect(try TrainingSettings(model, words: ["seed=3"]).seed == 3)
    }

    @Test("what is no word, no option or no number is refused by name")
    func refused() {
        for (word, said) in [
            ("factors", "key=value"), ("depth=3", "it has averaged, burn_in, factors"),
            ("factors=x", "whole number"), ("prior_scale=-1", "at least 0"),
            ("prior_scale=nan", "at least 0"), ("seed=-4", "whole number"),
        ] {
            let error = #expect(throws: ValidationError.self) {
                try TrainingSettings(.rating(.bayes), words: [word])
            }
            #expect(error?.message.contains(said) == true, "\(word)")
        }
        let error = #expect(throws: ValidationError.self) { try ModelName("ials", of: .rating) }
        #expect(error?.message.contains("svd-zero") == true)
    }

    @Test("each head has its own model when none is named")
    func defaults() throws {
        #expect(try ModelName(nil, of: .rating) == .rating(.bayes))
        #expect(try ModelName(nil, of: .ranking) == .ranking(.ials))
        #expect(try ModelName("svd-zero", of: .ranking) == .ranking(.svdZero))
    }

    @Test("what tuning suggests for RETRAIN are options that RETRAIN has", arguments: models)
    func retrain(_ model: ModelName) {
        let known = Verb.retrain.specification.options.map(\.name)
        #expect(known.contains(model.head.rawValue))
        #expect(
            (model.head == .rating
                ? Request.RetrainOptions.ratingModels : Request.RetrainOptions.rankingModels)
                .contains(model.rawValue))
        for name in ModelOption.options(of: model).compactMap(\.retrainName) {
            #expect(known.contains(name))
        }
    }
}
