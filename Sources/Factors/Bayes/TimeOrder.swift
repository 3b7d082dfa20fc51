// SPDX-License-Identifier: GPL-3.0-or-later

/// The order in which a user gave ratings, and what lies between two of them.
enum TimeOrder {
    /// What parts two ratings in turn: the kernels' codes.
    enum Gap: UInt8 {
        /// Some seconds of the same sitting.
        case step = 0
        /// More than an hour, so another sitting.
        case pause = 1
        /// Nothing: both were given in the same second, as a page of ratings is.
        case none = 2
    }

    /// A longer gap begins another sitting.
    private static let sittingSeconds: Int64 = 3600

    /// The positions of `timestamps` in the order of time, equal times in theirs.
    static func positions(_ timestamps: [Int64]) -> [Int32] {
        var order = (0..<Int32(timestamps.count)).map { $0 }
        order.sort { left, right in
            let (a, b) = (timestamps[Int(left)], timestamps[Int(right)])
            return a != b ? a < b : left < right
        }
        return order
    }

    /// What lies between two times, in seconds since 1970.
    static func gap(_ a: Int64, _ b: Int64) -> Gap {
        if a == b { return .none }
        // Times from files may be anything; a difference beyond Int64 is a pause too.
        let (difference, overflow) = b.subtractingReportingOverflow(a)
        return overflow || difference > sittingSeconds || difference < -sittingSeconds
            ? .pause : .step
    }
}
