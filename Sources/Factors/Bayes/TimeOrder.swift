// SPDX-License-Identifier: GPL-3.0-or-later

/// The order in which a user gave ratings.
enum TimeOrder {
    /// The positions of `timestamps` in the order of time, equal times in theirs.
    static func positions(_ timestamps: [Int64]) -> [Int32] {
        var order = (0..<Int32(timestamps.count)).map { $0 }
        order.sort { left, right in
            let (a, b) = (timestamps[Int(left)], timestamps[Int(right)])
            return a != b ? a < b : left < right
        }
        return order
    }

    /// Whether two times, in seconds since 1970, are of different days (UTC).
    static func isOtherDay(_ a: Int64, _ b: Int64) -> Bool { day(a) != day(b) }

    private static func day(_ time: Int64) -> Int64 {
        // Rounds down before 1970 too.
        let quotient = time / 86_400
        return time % 86_400 < 0 ? quotient - 1 : quotient
    }
}
