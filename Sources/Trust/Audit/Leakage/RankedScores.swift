// SPDX-License-Identifier: GPL-3.0-or-later

/// Users in ascending order of their scores, from which the area under the ROC curve follows for
/// any groups and weights in one pass.
struct RankedScores: Sendable {
    /// The users' places in the arrays of groups and weights.
    private let order: [Int32]
    private let runEnds: [Int32]

    /// Sorts the users at `places` by their scores; equal scores count half for either side.
    init(_ scores: [Double], places: [Int32]) {
        let sorted = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
        order = sorted.map { places[$0] }
        runEnds = sorted.indices.filter {
            $0 + 1 == sorted.count || scores[sorted[$0 + 1]] != scores[sorted[$0]]
        }.map { Int32($0 + 1) }
    }

    /// The part of (member, other) pairs in which the member of `group` scores higher
    /// (Mann–Whitney).
    ///
    /// `codes` holds the group and `weights`, unless empty, the weight of the user at each place.
    /// 0.5 for scores that know nothing; NaN without members or without others.
    func area(_ codes: [Int32], group: Int32, weights: [Double] = []) -> Double {
        codes.withUnsafeBufferPointer { codes in
            weights.withUnsafeBufferPointer { weights in
                order.withUnsafeBufferPointer { order in
                    area(codes, group, weights, order)
                }
            }
        }
    }

    private func area(
        _ codes: UnsafeBufferPointer<Int32>, _ group: Int32,
        _ weights: UnsafeBufferPointer<Double>, _ order: UnsafeBufferPointer<Int32>
    ) -> Double {
        var (members, others, pairs) = (0.0, 0.0, 0.0)
        var start = 0
        for end in runEnds.lazy.map(Int.init) {
            var (above, below) = (0.0, 0.0)
            for at in start..<end {
                let place = Int(order[at])
                let weight = weights.isEmpty ? 1 : weights[place]
                if codes[place] == group { above += weight } else { below += weight }
            }
            pairs += above * (others + below / 2)
            members += above
            others += below
            start = end
        }
        return pairs / (members * others)
    }
}
