// SPDX-License-Identifier: GPL-3.0-or-later

public import CandorProtocol
public import Factors

/// The options that a generation's heads are trained with.
public struct TrainingOptions: Sendable, Equatable {
    /// Options of the rating head.
    public var rating: RatingHeadOptions
    /// Options of the ranking head.
    public var ranking: RankingHeadOptions

    /// The defaults of both heads unless given.
    public init(
        rating: RatingHeadOptions = RatingHeadOptions(),
        ranking: RankingHeadOptions = RankingHeadOptions()
    ) {
        self.rating = rating
        self.ranking = ranking
    }

    /// What a generation was trained with.
    public init(of manifest: GenerationManifest) {
        self.init(rating: manifest.ratingHead, ranking: manifest.rankingHead)
    }

    /// These options with what a RETRAIN request changes about them.
    public func changed(by request: Request.RetrainOptions) -> TrainingOptions {
        var options = self
        if let seed = request.seed {
            options.rating.seed = UInt64(seed)
            options.ranking.seed = UInt64(seed)
        }
        if let factors = request.ratingFactors { options.rating.factors = factors }
        if let factors = request.rankingFactors { options.ranking.factors = factors }
        if let sweeps = request.sweeps {
            options.rating.sweeps = sweeps
            options.ranking.sweeps = sweeps
        }
        return options
    }
}
