// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

extension ErasedHead: ReplayableHead where Inner: ReplayableHead {
    /// The inner head's.
    public var replayKind: String { inner.replayKind }

    /// The inner head's.
    public var replayCoordinates: [(sample: Int?, range: Range<Int>)] { inner.replayCoordinates }

    /// The inner head's parameters and the erasure's, the latter part by part.
    public func replayVectors(of profile: Profile, to item: ItemIndex) -> [ReplayVector] {
        var vectors = inner.replayVectors(of: profile, to: item)
        vectors.append(ReplayVector("erased_lowest", erasure.lowest))
        vectors.append(ReplayVector("erased_highest", erasure.highest))
        func rows(_ columns: [Double], _ range: Range<Int>) -> [Double] {
            (0..<erasure.rank).flatMap { k in
                columns[k * dimensions + range.lowerBound..<k * dimensions + range.upperBound]
            }
        }
        for (sample, range) in replayCoordinates {
            vectors += [
                ReplayVector("erased_mean", sample: sample, Array(erasure.mean[range])),
                ReplayVector("erased_reading", sample: sample, rows(erasure.readings, range)),
                ReplayVector("erased_direction", sample: sample, rows(erasure.directions, range)),
            ]
        }
        return vectors
    }
}
