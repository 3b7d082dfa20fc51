// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

extension RatingModelName {
    /// The memory that training the model on a matrix of `size` takes at most, with the arguments of
    /// `train`.
    public func memory(
        for size: MatrixSize, featureColumns: Int, inputs: AttributeInputs = .none,
        rating: BayesianOptions, baseline: TruncatedSVDOptions, threads: Int
    ) -> TrainingMemory {
        switch self {
        case .bayes, .fast:
            BayesianTrainer.memory(
                for: size, featureColumns: featureColumns, inputs: inputs, options: rating,
                threads: threads)
        case .biases, .mean: .ofBiases(size)
        case .svdZero, .svdMean, .svdResidual:
            TruncatedSVDTrainer.memory(for: size, options: baseline, threads: threads)
        }
    }
}
