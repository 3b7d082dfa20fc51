// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// One change as the journal holds it.
public struct JournalEntry: Sendable, Equatable {
    /// The entry's number: from 1, without gaps, never used again.
    public let sequence: Int64
    /// What changed.
    public let change: RatingChange
    /// When the journal took it, in seconds since 1970 by this machine's clock.
    public let recordedAtSeconds: Int64

    /// Joins the parts.
    public init(sequence: Int64, change: RatingChange, recordedAtSeconds: Int64) {
        self.sequence = sequence
        self.change = change
        self.recordedAtSeconds = recordedAtSeconds
    }
}

extension JournalEntry {
    /// 64-bit FNV-1a over every field, stored beside each row because SQLite itself does not
    /// notice a flipped bit inside a value.
    var checksum: Int64 {
        Self.checksum(
            sequence, user: change.user.token, item: change.item.token, rating: change.rating,
            timestampSeconds: change.timestampSeconds, recordedAtSeconds: recordedAtSeconds)
    }

    /// The checksum of the row that is left of the entry `sequence` when its user is forgotten: no
    /// user, no item, no rating and no times.
    static func erasedChecksum(_ sequence: Int64) -> Int64 {
        checksum(
            sequence, user: "", item: "", rating: nil, timestampSeconds: 0, recordedAtSeconds: 0)
    }

    private static func checksum(
        _ sequence: Int64, user: String, item: String, rating: Float?, timestampSeconds: Int64,
        recordedAtSeconds: Int64
    ) -> Int64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func mix(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        func mix(_ word: UInt64) {
            for shift in stride(from: UInt64(0), to: 64, by: 8) {
                mix(UInt8(truncatingIfNeeded: word >> shift))
            }
        }
        func mix(_ token: String) {
            mix(UInt64(token.utf8.count))
            for byte in token.utf8 { mix(byte) }
        }
        mix(UInt64(bitPattern: sequence))
        mix(user)
        mix(item)
        // Because no finite Float has these bits, a withdrawal differs from every rating.
        mix(rating.map { UInt64($0.bitPattern) } ?? UInt64.max)
        mix(UInt64(bitPattern: timestampSeconds))
        mix(UInt64(bitPattern: recordedAtSeconds))
        return Int64(bitPattern: hash)
    }
}
