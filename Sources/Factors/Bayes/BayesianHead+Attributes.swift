// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

extension BayesianHead {
    /// The same head that expects of each group what the rows of `shifts` say: columns × the samples'
    /// vectors, one after the other.
    func given(_ inputs: AttributeInputs, _ shifts: [Double]) -> BayesianHead {
        let targets = samples.count * width
        precondition(shifts.count == inputs.columnCount * targets, "shifts of other groups")
        let moved = samples.enumerated().map { place, sample in
            var sample = sample
            sample.shifts = (0..<inputs.columnCount).flatMap { column in
                let start = column * targets + place * width
                return shifts[start..<start + width].map(Float.init)
            }
            return sample
        }
        return BayesianHead(
            RatingMoments(mean: mean, deviation: deviation), moved,
            userPrecisions: userPrecisions, itemPrecisions: itemPrecisions,
            itemMeans: itemMeans, hasTimes: hasTimes, inputs: inputs,
            neighbours: designs.neighbours, options: options)
    }

    /// d of each sample, one after the other: how far what is expected of `user` is moved by what they
    /// have told; nil where that is nothing.
    func shift(of user: UserIndex?) -> [Double]? {
        let groups = inputs.groups(of: user)
        guard !groups.isEmpty else { return nil }
        var shift: [Double] = []
        for sample in samples {
            for d in 0..<width {
                shift.append(
                    groups.reduce(0) { $0 + Double(sample.shifts[$1.column * width + d]) })
            }
        }
        return shift
    }

    /// x of each sample, times what a sample's part of the score is multiplied by: the user's vector
    /// less what is expected of the user where the ratings do not speak.
    func solvedPart(of vector: UserVector, _ profile: Profile) -> [Double] {
        var part = Array(vector.padded[..<(samples.count * width)])
        guard let shift = shift(of: profile.user) else { return part }
        let factor = sampleFactor * (1 - modelPart(ratingCount: profile.count))
        for (d, amount) in shift.enumerated() { part[d] -= factor * amount }
        return part
    }

    /// By how much each sample's vector, solved from ratings, differs from what is expected of all who
    /// rated the same items.
    func strayed(_ profile: Profile) -> [Double] {
        let equations = BayesianEquations(self, profile)
        var solution = solution(of: equations).vectors
        for (place, sample) in samples.enumerated() {
            let expected = equations.expectedOfRaters(sample)
            for d in 0..<width { solution[place * width + d] -= expected[d] }
        }
        return solution
    }

    /// What each known attribute of the user adds to a score.
    ///
    /// `design` is z̄_j of each sample, one after the other, and `pulled` Λu: attribute a's part is
    /// p Λu·d_a + (1 − p) z̄·d_a, p being the ratings' part of the score.
    func attributeShares(
        of profile: Profile, design: [Double], pulled: [Double]
    ) -> [AttributeShare] {
        let part = modelPart(ratingCount: profile.count)
        return inputs.groups(of: profile.user).map { group in
            var amount = 0.0
            for (number, sample) in samples.enumerated() {
                for d in 0..<width {
                    let k = number * width + d
                    amount +=
                        (part * pulled[k] + (1 - part) * design[k])
                        * Double(sample.shifts[group.column * width + d])
                }
            }
            return AttributeShare(
                name: inputs.attributes[group.attribute].name, group: inputs.name(group),
                amount: sampleFactor * amount)
        }
    }
}
