// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings
public import Trust

/// A rating model that a report trains to compare with, and how it is called there.
public struct ReportModel: Sendable {
    /// Its name in numbers' names: `svd-zero`.
    public let id: String
    /// Its name for people.
    public let title: String
    /// Whether it is the model that serves.
    public let isServed: Bool
    /// Trains it; the closure gets 0…1 and returns false to cancel.
    public let train:
        @Sendable (RatingMatrix, (Double) -> Bool) throws(TrainingError) -> any ServableHead

    /// Joins the parts.
    public init(
        id: String, title: String, isServed: Bool = false,
        train:
            @escaping @Sendable (RatingMatrix, (Double) -> Bool) throws(TrainingError) ->
            any ServableHead
    ) {
        self.id = id
        self.title = title
        self.isServed = isServed
        self.train = train
    }

    /// The singular vectors of the truncated SVDs in reports.
    public static let svdFactors = 50

    /// What any rating model should be compared with: the mean of all ratings, biases, and a
    /// truncated SVD with gaps as zeros and of what biases leave.
    public static func baselines(threads: Int) -> [ReportModel] {
        let titles: [(RatingModelName, String)] = [
            (.mean, "Mean of all ratings"), (.svdZero, "TruncatedSVD, gaps as zeros, k = 50"),
            (.biases, "Damped biases"), (.svdResidual, "TruncatedSVD of residuals, k = 50"),
        ]
        return titles.map { name, title in
            ReportModel(id: name.rawValue, title: title) { matrix, progress throws(TrainingError) in
                try name.train(
                    matrix, rating: name.bayesianOptions,
                    baseline: TruncatedSVDOptions(factors: svdFactors), threads: threads,
                    progress: progress)
            }
        }
    }
}
