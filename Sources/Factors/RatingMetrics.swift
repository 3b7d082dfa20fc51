// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// How well ratings are predicted, kept per user so that users can be resampled.
public struct RatingMetrics: Sendable, Equatable {
    /// The errors of every user with a held-out rating, by user order.
    public let users: [UserRatingErrors]

    /// Wraps sums, for example of one group of users or of a resample.
    public init(users: [UserRatingErrors]) { self.users = users }

    /// Measures predictions of all ratings in `test`, limited to `scale` first.
    ///
    /// `predictor` is called once for each user with held-out ratings, on any of the threads, and
    /// returns that user's predictions by item and time. Sums run in user and item order, so the result has
    /// the same bits at any thread count.
    public init(
        test: RatingMatrix, scale: RatingScale, threads: Int = 1,
        predictor: @escaping @Sendable (UserIndex) -> (_ item: ItemIndex, _ time: Int64) -> Double
    ) {
        let rows = test.byUser
        let measured = Parallel.map(count: rows.rowCount, chunk: 16, threads: threads) {
            user -> UserRatingErrors? in
            let entries = rows.range(ofRow: user)
            guard !entries.isEmpty else { return nil }
            let predict = predictor(UserIndex(user))
            var (squared, absolute, signed) = (0.0, 0.0, 0.0)
            for entry in entries {
                let item = ItemIndex(rawValue: rows.columns[entry])
                let predicted = scale.clamp(predict(item, test.timestamps[entry]))
                let error = predicted - Double(rows.values[entry])
                squared += error * error
                absolute += abs(error)
                signed += error
            }
            return UserRatingErrors(
                user: UserIndex(user), count: entries.count, squared: squared, absolute: absolute,
                signed: signed)
        }
        users = measured.compactMap { $0 }
    }

    /// Measures a head whose user vectors are folded in from `train`.
    public init(
        of head: some LinearHead, train: RatingMatrix, test: RatingMatrix, scale: RatingScale,
        threads: Int = 1
    ) {
        self.init(test: test, scale: scale, threads: threads) { user in
            let vector = head.foldIn(train.profile(of: user)).vector
            return { item, _ in head.score(of: item, for: vector) }
        }
    }

    /// Measures a head that is told when each rating in `test` was given.
    public init(
        atTimes head: some TimedHead, train: RatingMatrix, test: RatingMatrix, scale: RatingScale,
        threads: Int = 1
    ) {
        self.init(test: test, scale: scale, threads: threads) { user in
            head.timedScores(of: train.profile(of: user))
        }
    }

    /// The number of held-out ratings.
    public var count: Int { users.reduce(0) { $0 + $1.count } }

    /// The root of the mean squared error over ratings; NaN without ratings.
    public var rmse: Double {
        (users.reduce(0) { $0 + $1.squared } / Double(count)).squareRoot()
    }

    /// The mean absolute error over ratings; NaN without ratings.
    public var mae: Double { users.reduce(0) { $0 + $1.absolute } / Double(count) }

    /// The mean error, prediction − rating; NaN without ratings.
    public var bias: Double { users.reduce(0) { $0 + $1.signed } / Double(count) }
}
