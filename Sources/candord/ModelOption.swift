// SPDX-License-Identifier: GPL-3.0-or-later

import Factors

/// One option of a model: how it is named, where it is kept and how it is searched.
///
/// `options(of:)` is the one table of them: `candord evaluate --options`, `candord tune` and its
/// suggestions all follow it.
struct ModelOption {
    /// Where an option is kept.
    enum Place {
        case count(WritableKeyPath<TrainingSettings, Int>)
        case number(WritableKeyPath<TrainingSettings, Double>)
    }

    /// What tuning does with an option.
    enum Tuning {
        /// Draws it from a range.
        case searched(SearchRange)
        /// Spends it: early rounds train with less of it, but not with less than `least`.
        case budget(least: Int)
        /// Leaves it as it is.
        case kept
    }

    /// The key in `key=value`.
    let name: String
    let place: Place
    let tuning: Tuning
    /// The key of the same option in a RETRAIN request, where there is one.
    let retrainName: String?

    /// A whole number.
    static func count(
        _ name: String, _ path: WritableKeyPath<TrainingSettings, Int>, _ tuning: Tuning = .kept,
        retrain: String? = nil
    ) -> ModelOption {
        ModelOption(name: name, place: .count(path), tuning: tuning, retrainName: retrain)
    }

    /// A real number.
    static func number(
        _ name: String, _ path: WritableKeyPath<TrainingSettings, Double>,
        _ tuning: Tuning = .kept, retrain: String? = nil
    ) -> ModelOption {
        ModelOption(name: name, place: .number(path), tuning: tuning, retrainName: retrain)
    }

    /// All options of a model; every model also takes `seed`.
    static func options(of model: ModelName) -> [ModelOption] {
        switch model {
        case .rating(.bayes), .rating(.fast), .ranking(.rating): ratingHead
        case .rating(.biases): dampings
        case .rating(.mean), .ranking(.popular): []
        case .rating(.svdZero), .rating(.svdMean), .ranking(.svdZero): truncatedSVD
        case .rating(.svdResidual): truncatedSVD + dampings
        case .ranking(.ials): rankingHead
        }
    }

    private static var ratingHead: [ModelOption] {
        [
            .count(
                "factors", \.rating.factors, .searched(.logarithmic(8...80)),
                retrain: "rating_factors"),
            .count("sweeps", \.rating.sweepCount, .budget(least: 6), retrain: "sweeps"),
            .count("burn_in", \.rating.burnIn),
            .count("samples", \.rating.samples),
            .count("averaged", \.rating.averaged),
            .count("implicit_sets", \.ratingSets),
            .count("neighbours", \.rating.neighbours),
            .number(
                "user_link_strength", \.rating.userLinkStrength,
                .searched(.logarithmic(0.5...50))),
            .number(
                "item_link_strength", \.rating.itemLinkStrength,
                .searched(.logarithmic(0.1...10))),
            .number("user_noise_shape", \.rating.userNoiseShape),
            .number("item_noise_shape", \.rating.itemNoiseShape),
            .number("prior_scale", \.rating.priorScale, .searched(.logarithmic(0.5...30))),
        ]
    }

    private static var rankingHead: [ModelOption] {
        [
            .count(
                "factors", \.ranking.factors, .searched(.logarithmic(32...128)),
                retrain: "ranking_factors"),
            .count("sweeps", \.ranking.sweeps, .budget(least: 3), retrain: "sweeps"),
            .number(
                "regularization", \.ranking.regularization, .searched(.logarithmic(0.004...0.03))),
            .number(
                "unobserved_weight", \.ranking.unobservedWeight,
                .searched(.logarithmic(0.05...0.6))),
        ]
    }

    private static var truncatedSVD: [ModelOption] {
        [
            .count("factors", \.baseline.factors, .searched(.logarithmic(4...64))),
            .count("oversampling", \.baseline.oversampling),
            .count("power_iterations", \.baseline.powerIterations),
        ]
    }

    private static var dampings: [ModelOption] {
        [
            .number("user_damping", \.baseline.userDamping, .searched(.logarithmic(0.5...50))),
            .number("item_damping", \.baseline.itemDamping, .searched(.logarithmic(0.5...50))),
        ]
    }
}
