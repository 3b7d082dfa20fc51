// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

extension BayesianHead {
    /// The standard deviation of one rating about the score.
    ///
    /// Its square is the variance of the samples' scores, plus the mean of what each sample leaves open
    /// of the user's vector and of how far its draw of the item lies from the mean that it was drawn
    /// about, plus the noise of a rating, σ²/(α a_u a_j). The
    /// part of the item's damped mean counts as certain, and so does what neighbours add.
    /// O(samples · factors²).
    public func deviation(of item: ItemIndex, profile: Profile, with foldIn: FoldIn) -> Double {
        var z = [Double](repeating: 0, count: designs.dimensions)
        design(of: item, into: &z)
        let open = foldIn.variances(along: z)
        let reliability = reliability(of: profile)
        let relative = 1 / Double(itemPrecisions[item.position])
        let count = Double(samples.count)
        var scores: [Double] = []
        var inner = 0.0
        for (place, sample) in samples.enumerated() {
            let row = item.position * width
            var score = Double(sample.means[row])
            var strayed = Double(sample.biases[item.position]) - score
            for d in 0..<width {
                let x = foldIn.vector.padded[place * width + d] / sampleFactor
                score += z[place * width + d] * x
                strayed += (Double(sample.designs[row + d]) - z[place * width + d]) * x
            }
            scores.append(score)
            inner +=
                open[place] + strayed * strayed + relative / (reliability * sample.noise * caution)
        }
        let centre = scores.reduce(0, +) / count
        let spread = scores.reduce(0) { $0 + ($1 - centre) * ($1 - centre) } / count
        return deviation * (spread + inner / count).squareRoot()
    }

    /// How much less noisy than average a user's ratings are expected to be.
    ///
    /// For somebody new the reciprocal of the mean noise, which is above average because users differ.
    private func reliability(of profile: Profile) -> Double {
        guard let user = profile.user, user.position < userPrecisions.count, !profile.isEmpty else {
            return newUserReliability
        }
        return Double(userPrecisions[user.position])
    }
}
