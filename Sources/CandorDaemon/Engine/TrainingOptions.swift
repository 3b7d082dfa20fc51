// SPDX-License-Identifier: GPL-3.0-or-later

public import CandorProtocol
public import Factors
public import Trust

/// The models of a generation and the options that they are trained with.
///
/// Options of models that are not chosen are kept too: they cost nothing and count again when their
/// model is chosen.
public struct TrainingOptions: Sendable, Equatable, Codable {
    /// The model that predicts ratings.
    public var rating: RatingModelName
    /// The model that ranks items.
    public var ranking: RankingModelName
    /// Options of the models `bayes` and `fast`.
    public var bayesian: BayesianOptions
    /// Options of the model `ials`.
    public var implicit: RankingHeadOptions
    /// Options of the baselines that predict ratings; a truncated SVD's fill is its model's own.
    public var ratingBaseline: TruncatedSVDOptions
    /// Options of the baselines that rank items.
    public var rankingBaseline: TruncatedSVDOptions
    /// What is done against differences between groups; nil for nothing.
    public var mitigation: TrainingMitigation?
    /// The user attributes that the rating head is given, in alphabetical order; nil, as in manifests
    /// of before, for none.
    var inputs: [String]?
    /// What follows the size of the data; nil, as in manifests of before, for nothing.
    var adaptation: Adaptation?

    /// Which options of the two heads follow the size of the data in `adapted(to:)`.
    struct Adaptation: Sendable, Equatable, Codable {
        /// Whether the rating head's sweeps do: nobody asked for a number.
        var sweeps = true
    }

    /// The defaults of the given models unless their options are given too.
    ///
    /// Options of the two heads that are not given follow the size of the data.
    public init(
        rating: RatingModelName = .bayes, ranking: RankingModelName = .ials,
        bayesian: BayesianOptions? = nil, implicit: RankingHeadOptions? = nil,
        ratingBaseline: TruncatedSVDOptions = TruncatedSVDOptions(),
        rankingBaseline: TruncatedSVDOptions = TruncatedSVDOptions()
    ) {
        self.rating = rating
        self.ranking = ranking
        self.bayesian = bayesian ?? rating.bayesianOptions
        self.implicit = implicit ?? RankingHeadOptions()
        self.ratingBaseline = ratingBaseline
        self.rankingBaseline = rankingBaseline
        adaptation = bayesian == nil && implicit == nil ? Adaptation() : nil
    }

    /// These options for data of `ratingCount` ratings: the priors of models at their defaults, and
    /// sweeps that nobody asked for, as the data's size has them.
    func adapted(to ratingCount: Int) -> TrainingOptions {
        guard let adaptation else { return self }
        let size = DataSize(ratingCount: ratingCount)
        var options = self
        let best = rating.bayesianOptions(for: size)
        options.bayesian.priorScale = best.priorScale
        if adaptation.sweeps { options.bayesian.sweepCount = best.sweeps }
        let lists = RankingHeadOptions.suiting(size)
        options.implicit.unobservedWeight = lists.unobservedWeight
        options.implicit.regularization = lists.regularization
        return options
    }

    /// The user attributes that the rating head is given, in alphabetical order; none by default.
    public var demographics: [String] {
        get { inputs ?? [] }
        set { inputs = newValue.isEmpty ? nil : Set(newValue.map { $0.lowercased() }).sorted() }
    }

    /// The seed of all random choices.
    public var seed: UInt64 {
        get { bayesian.seed }
        set {
            bayesian.seed = newValue
            implicit.seed = newValue
            ratingBaseline.seed = newValue
            rankingBaseline.seed = newValue
        }
    }

    /// These options with what a RETRAIN request changes about them.
    ///
    /// A model that is named begins from its own defaults, the seed aside. Throws `badValue` for an
    /// option that the models do not have.
    public func changed(by request: Request.RetrainOptions) throws(WireError) -> TrainingOptions {
        var options = try choosing(request)
        options.mitigation = try request.mitigation.map { request throws(WireError) in
            try options.mitigation(request)
        }
        options.demographics = request.demographics
        try options.checkDemographics()
        if let seed = request.seed { options.seed = UInt64(seed) }
        if let factors = request.ratingFactors {
            try options.setRatingFactors(factors)
        }
        if let factors = request.rankingFactors {
            try options.setRankingFactors(factors)
        }
        if let sweeps = request.sweeps {
            guard options.rating.isBayesian || options.ranking == .ials else {
                throw Self.lacks("sweeps", options.rating.rawValue, options.ranking.rawValue)
            }
            options.bayesian.sweepCount = sweeps
            options.adaptation?.sweeps = false
            options.implicit.sweeps = sweeps
        }
        return options
    }

    private func choosing(
        _ request: Request.RetrainOptions
    ) throws(WireError) -> TrainingOptions {
        var options = self
        if let name = request.rating {
            options.rating = try Self.model(name)
            options.bayesian = options.rating.bayesianOptions
            options.adaptation?.sweeps = true
            options.ratingBaseline = TruncatedSVDOptions()
        }
        if let name = request.ranking {
            options.ranking = try Self.model(name)
            options.implicit = RankingHeadOptions()
            options.rankingBaseline = TruncatedSVDOptions()
        }
        options.seed = seed
        return options
    }

    private func mitigation(
        _ request: Request.Mitigation
    ) throws(WireError) -> TrainingMitigation {
        guard let method = TrainingMitigation.Method(rawValue: request.method) else {
            throw WireError(.badValue, "there is no way to mitigate called \(request.method)")
        }
        guard rating.isBayesian, ranking == .ials || ranking == .rating else {
            throw WireError(
                .badValue,
                "mitigate= works on the models bayes, fast and ials; baselines have no groups to "
                    + "weigh: name rating=bayes and ranking=ials, or leave mitigate= out")
        }
        let strength = request.strength ?? method.defaultStrength
        guard method.strengths.contains(strength) else {
            throw WireError(
                .badValue,
                "strength of \(method.rawValue) is \(method.strengths.lowerBound) to "
                    + "\(method.strengths.upperBound), not \(strength)")
        }
        return TrainingMitigation(
            method, attribute: request.attribute.lowercased(), strength: strength)
    }

    /// Throws where the model takes no attributes, or something is to be erased that they bring back.
    func checkDemographics() throws(WireError) {
        guard !demographics.isEmpty else { return }
        guard rating.isBayesian else {
            throw WireError(
                .badValue,
                "demographics= works on the rating models bayes and fast, not on "
                    + "\(rating.rawValue): name one of them, or leave demographics= out")
        }
        guard mitigation?.method != .erase else { throw WireError(.badValue, Self.erasureConflict) }
    }

    /// Why nothing is erased from what attributes are fed into.
    static let erasureConflict =
        "mitigate=erase takes the trace of an attribute out of what demographics= feeds attributes "
        + "into, and those tell one another; leave one of the two out"

    private mutating func setRatingFactors(_ factors: Int) throws(WireError) {
        if rating.isBayesian {
            bayesian.factors = factors
        } else if rating.fill != nil {
            ratingBaseline.factors = factors
        } else {
            throw Self.lacks("rating_factors", rating.rawValue)
        }
    }

    private mutating func setRankingFactors(_ factors: Int) throws(WireError) {
        switch ranking {
        case .ials: implicit.factors = factors
        case .svdZero: rankingBaseline.factors = factors
        case .popular, .rating: throw Self.lacks("ranking_factors", ranking.rawValue)
        }
    }

    private static func model<Name: RawRepresentable<String>>(
        _ name: String
    ) throws(WireError) -> Name {
        guard let model = Name(rawValue: name) else {
            throw WireError(.badValue, "there is no model \(name); HELP RETRAIN lists them")
        }
        return model
    }

    private static func lacks(_ option: String, _ models: String...) -> WireError {
        WireError(
            .badValue,
            "\(option)= is no option of \(models.joined(separator: " or ")); leave it out, or name "
                + "a model that has it")
    }
}
