// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// A head that can be saved and read back bit for bit.
public protocol StoredHead: LinearHead {
    /// Every bit of the head in a fixed little-endian layout, for hashing and saving; equal heads
    /// have equal bytes.
    var factorBytes: [UInt8] { get }

    /// Reads what `factorBytes` wrote; throws for the bytes of another kind of head, and when sizes
    /// or numbers are not those of a head.
    init(factorBytes: [UInt8]) throws(HeadBytesError)

    /// The head without whatever it holds of the trained user `user` alone; later users move up by
    /// one.
    ///
    /// The item side, and so every score, stays as it is.
    func removing(_ user: UserIndex) -> Self
}

extension StoredHead {
    /// The head itself: most hold nothing of a single user.
    public func removing(_ user: UserIndex) -> Self { self }
}

extension BayesianHead: StoredHead {}
extension BiasHead: StoredHead {}
extension MeanHead: StoredHead {}
extension PopularityHead: StoredHead {}
extension RankingHead: StoredHead {}
extension TruncatedSVDHead: StoredHead {}
