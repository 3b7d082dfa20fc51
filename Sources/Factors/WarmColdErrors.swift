// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Prediction errors with the users and items that training knew and those it did not apart.
///
/// A user or item is warm when training has at least one rating of it, else cold.
public struct WarmColdErrors: Sendable, Equatable {
    /// Warm user, warm item.
    public let warmWarm: PredictionErrors
    /// Warm user, cold item.
    public let warmCold: PredictionErrors
    /// Cold user, warm item.
    public let coldWarm: PredictionErrors
    /// Cold user, cold item.
    public let coldCold: PredictionErrors

    /// Measures predictions of all ratings in `test`, limited to `scale` first, by a head whose user
    /// vectors are folded in from `train`.
    ///
    /// Both matrices have the same users and items. Sums run in user and item order, so the result
    /// has the same bits at any thread count. One fold-in per user with ratings in `test`.
    public init(
        of head: some LinearHead, train: RatingMatrix, test: RatingMatrix, scale: RatingScale,
        threads: Int = 1
    ) {
        self.init(train: train, test: test, scale: scale, threads: threads) { profile in
            let vector = head.foldIn(profile).vector
            return { item, _ in head.score(of: item, for: vector) }
        }
    }

    /// The same by a head that is told when each rating in `test` was given.
    public init(
        atTimes head: some TimedHead, train: RatingMatrix, test: RatingMatrix, scale: RatingScale,
        threads: Int = 1
    ) {
        self.init(train: train, test: test, scale: scale, threads: threads) {
            head.timedScores(of: $0)
        }
    }

    private init(
        train: RatingMatrix, test: RatingMatrix, scale: RatingScale, threads: Int,
        predictor: @escaping @Sendable (Profile) -> (ItemIndex, Int64) -> Double
    ) {
        let rows = test.byUser
        let measured = Parallel.map(count: rows.rowCount, chunk: 16, threads: threads) {
            user -> [PredictionErrors] in
            let entries = rows.range(ofRow: user)
            guard !entries.isEmpty else { return [] }
            let profile = train.profile(of: UserIndex(user))
            let predict = predictor(profile)
            var cells = [PredictionErrors](repeating: .init(), count: 4)
            for entry in entries {
                let item = ItemIndex(rawValue: rows.columns[entry])
                let isCold = train.byItem.range(ofRow: item.position).isEmpty
                cells[(profile.isEmpty ? 2 : 0) + (isCold ? 1 : 0)].add(
                    prediction: scale.clamp(predict(item, test.timestamps[entry])),
                    rating: rows.values[entry])
            }
            return cells
        }
        var sums = [PredictionErrors](repeating: .init(), count: 4)
        for cells in measured where !cells.isEmpty {
            for cell in sums.indices { sums[cell] = sums[cell] + cells[cell] }
        }
        (warmWarm, warmCold, coldWarm, coldCold) = (sums[0], sums[1], sums[2], sums[3])
    }

    /// All ratings.
    public var all: PredictionErrors { warmUsers + coldUsers }
    /// Those by users that training knew.
    public var warmUsers: PredictionErrors { warmWarm + warmCold }
    /// Those by users that training did not know.
    public var coldUsers: PredictionErrors { coldWarm + coldCold }
    /// Those of items that training knew.
    public var warmItems: PredictionErrors { warmWarm + coldWarm }
    /// Those of items that training did not know.
    public var coldItems: PredictionErrors { warmCold + coldCold }
}
