// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// What identifies a choice of held-out ratings.
public enum SplitHash {
    /// The SHA-256 of which pairs of a user and an item have a rating in `heldOut`: for each user how
    /// many there are before, then all items' positions, as little-endian numbers of 64 and 32 bits.
    ///
    /// `hash` gives the SHA-256 of bytes in hexadecimal digits.
    public static func of(_ heldOut: RatingMatrix, _ hash: ([UInt8]) -> String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 * heldOut.byUser.offsets.count + 4 * heldOut.count)
        for offset in heldOut.byUser.offsets {
            withUnsafeBytes(of: Int64(offset).littleEndian) { bytes += $0 }
        }
        for column in heldOut.byUser.columns {
            withUnsafeBytes(of: column.littleEndian) { bytes += $0 }
        }
        return hash(bytes)
    }
}
