// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// What a head tells a user without any rating, beside the population.
///
/// A head that knows nothing of a user has no reason to expect another mean than everybody's.
public struct BlankUser: Sendable, Equatable {
    /// The mean of all ratings.
    public let populationMean: Double
    /// The mean prediction for the items of all ratings, had each been asked for by a blank user.
    public let meanPrediction: Double

    /// Averages over the ratings in `train`, in item order; NaN without ratings.
    public init(of head: some LinearHead, train: RatingMatrix, scale: RatingScale) {
        let vector = head.foldIn(.empty).vector
        var (ratings, predictions) = (0.0, 0.0)
        for item in 0..<train.itemCount {
            let entries = train.byItem.range(ofRow: item)
            guard !entries.isEmpty else { continue }
            for entry in entries { ratings += Double(train.byItem.values[entry]) }
            predictions +=
                Double(entries.count) * scale.clamp(head.score(of: ItemIndex(item), for: vector))
        }
        populationMean = ratings / Double(train.count)
        meanPrediction = predictions / Double(train.count)
    }
}
