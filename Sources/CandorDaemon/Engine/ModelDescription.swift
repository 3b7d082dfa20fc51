// SPDX-License-Identifier: GPL-3.0-or-later

import CandorProtocol
import Factors
import Trust

/// The models of a generation and their options, as INFO tells them.
struct ModelDescription {
    private let training: TrainingOptions

    init(_ training: TrainingOptions) { self.training = training }

    /// Names and values: each head's model, what it is, and the options that this model has.
    var rows: [(String, Value)] {
        let none: [(String, Value)] = [("mitigation", .text("none"))]
        let fields = mitigationFields.map { ($0.name, $0.value) }
        return rating + ranking + [("demographics", .text(inputs))]
            + (fields.isEmpty ? none : fields)
    }

    private var inputs: String {
        training.demographics.isEmpty ? "none" : training.demographics.joined(separator: ",")
    }

    /// The user attributes that the rating head is given; empty for none.
    var inputFields: [Reply.Field] {
        training.demographics.isEmpty ? [] : [.init("demographics", .text(inputs))]
    }

    /// What every audit says of them, such as `age and gender are inputs of the rating model`; nil
    /// without any.
    var inputNote: String? {
        guard let last = training.demographics.last else { return nil }
        let others = training.demographics.dropLast().joined(separator: ", ")
        let verb = others.isEmpty ? " is an input" : " are inputs"
        let list = others.isEmpty ? last : others + " and " + last
        let also = training.ranking == .rating ? ", which also ranks" : ""
        return list + verb + " of the rating model" + also
    }

    /// What was done against differences between groups; empty for nothing.
    var mitigationFields: [Reply.Field] {
        guard let mitigation = training.mitigation else { return [] }
        return [
            .init("mitigation", .text(mitigation.method.rawValue)),
            .init("mitigation_attribute", .text(mitigation.attribute)),
            .init("mitigation_strength", .number(mitigation.strength)),
        ]
    }

    private var rating: [(String, Value)] {
        let model: [(String, Value)] = [
            ("rating_model", .text(training.rating.rawValue)),
            ("rating_head", .text(ratingSentence)),
        ]
        if training.rating.isBayesian {
            let options = training.bayesian
            return model + [
                ("rating_factors", .integer(options.factors)),
                ("rating_sweeps", .integer(options.sweeps)),
                ("rating_burn_in", .integer(options.burnIn)),
                ("rating_samples", .integer(options.samples)),
                ("rating_implicit_sets", .flag(options.implicitSets)),
                ("rating_neighbours", .integer(neighbours)),
                ("rating_time_components", .integer(options.sequence.count)),
            ]
        }
        guard training.rating.fill != nil else { return model }
        return model + [("rating_factors", .integer(training.ratingBaseline.factors))]
    }

    /// How many an item may have.
    private var neighbours: Int {
        (training.mitigation?.applied(to: training.bayesian) ?? training.bayesian).neighbours
    }

    private var ranking: [(String, Value)] {
        let model: [(String, Value)] = [
            ("ranking_model", .text(training.ranking.rawValue)),
            ("ranking_head", .text(rankingSentence)),
        ]
        switch training.ranking {
        case .ials:
            let options = training.implicit
            return model + [
                ("ranking_factors", .integer(options.factors)),
                ("ranking_sweeps", .integer(options.sweeps)),
                ("ranking_regularization", .number(options.regularization)),
            ]
        case .svdZero:
            return model + [("ranking_factors", .integer(training.rankingBaseline.factors))]
        case .popular, .rating: return model
        }
    }

    /// What the rating head is, in a few words.
    var ratingSentence: String {
        switch training.rating {
        case .bayes, .fast: "Bayesian matrix factorization, mean of samples, exact fold-in"
        case .biases: "damped biases of user and item"
        case .mean: "the mean of all ratings"
        case .svdZero: "truncated SVD, gaps counted as 0"
        case .svdMean: "truncated SVD of ratings less each user's mean"
        case .svdResidual: "truncated SVD of what damped biases leave"
        }
    }

    /// What the ranking head is, in a few words.
    var rankingSentence: String {
        switch training.ranking {
        case .ials: "implicit ALS with graded weights, exact fold-in"
        case .popular: "the number of ratings"
        case .rating: "the stars that the rating head predicts"
        case .svdZero: "truncated SVD, gaps counted as 0"
        }
    }
}
