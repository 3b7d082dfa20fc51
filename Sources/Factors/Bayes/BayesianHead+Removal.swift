// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

extension BayesianHead {
    /// The head without what it found of `user`'s noise and knows of their attributes; later users
    /// move up by one.
    ///
    /// Scores stay bit for bit as they are, the item side having been trained with the user's ratings
    /// too.
    public func removing(_ user: UserIndex) -> BayesianHead {
        guard user.position < userPrecisions.count else { return self }
        var precisions = userPrecisions
        precisions.remove(at: user.position)
        let (left, columns) = inputs.removing(user)
        let samples = samples.map { sample in
            var sample = sample
            sample.shifts = columns.flatMap { sample.shifts[$0 * width..<($0 + 1) * width] }
            return sample
        }
        return BayesianHead(
            RatingMoments(mean: mean, deviation: deviation), samples, userPrecisions: precisions,
            itemPrecisions: itemPrecisions, itemMeans: itemMeans, hasTimes: hasTimes,
            inputs: left, neighbours: designs.neighbours, options: options)
    }
}
