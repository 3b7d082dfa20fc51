// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

extension RankingModelName {
    /// The memory that training the model on a matrix of `size` takes at most, with the arguments of
    /// `train`; `rating` has its own (`RatingModelName`).
    public func memory(
        for size: MatrixSize, ranking: RankingHeadOptions, baseline: TruncatedSVDOptions,
        threads: Int
    ) -> TrainingMemory {
        switch self {
        case .ials: RankingTrainer.memory(for: size, options: ranking, threads: threads)
        case .popular: .ofBiases(size)
        case .rating: .none
        case .svdZero: TruncatedSVDTrainer.memory(for: size, options: baseline, threads: threads)
        }
    }
}
