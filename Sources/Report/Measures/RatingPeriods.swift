// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// Ratings by month, or by year where they span more than four years.
public struct RatingPeriods: Sendable {
    /// One month or year.
    public struct Period: Sendable, Equatable {
        /// The year.
        public let year: Int
        /// The month, 1…12; nil for a whole year.
        public let month: Int?
        /// How many ratings came in it.
        public let count: Int
        /// Their mean; NaN without ratings.
        public let mean: Double

        /// `2000-12`, or `2000`.
        public var name: String {
            month.map { "\(year)-\($0 < 10 ? "0" : "")\($0)" } ?? "\(year)"
        }
    }

    /// Periods without a gap from the first to the last rating; empty where no times are known.
    public let periods: [Period]
    /// The day of the first rating; nil where no times are known.
    public let first: CalendarDate?
    /// The day of the last rating; nil where no times are known.
    public let last: CalendarDate?
    /// The part of the users with a rating whose ratings all came within 24 hours, 0…1.
    public let oneDayUsers: Double

    private static let monthsMax = 48

    /// Sorts the ratings of `matrix` into periods, in O(ratings); times of 0 are unknown.
    public init(_ matrix: RatingMatrix) {
        var sums: [Int: (count: Int, sum: Double)] = [:]
        var (earliest, latest) = (Int64.max, Int64.min)
        var (users, oneDay) = (0, 0)
        for user in 0..<matrix.userCount {
            var (from, to) = (Int64.max, Int64.min)
            for entry in matrix.byUser.range(ofRow: user) {
                let time = matrix.timestamps[entry]
                guard let date = CalendarDate(unixSeconds: time) else { continue }
                (from, to) = (min(from, time), max(to, time))
                sums[12 * date.year + date.month - 1, default: (0, 0)].count += 1
                sums[12 * date.year + date.month - 1, default: (0, 0)].sum +=
                    Double(matrix.byUser.values[entry])
            }
            guard from <= to else { continue }
            (earliest, latest) = (min(earliest, from), max(latest, to))
            users += 1
            if to - from < 86_400 { oneDay += 1 }
        }
        first = earliest <= latest ? CalendarDate(unixSeconds: earliest) : nil
        last = earliest <= latest ? CalendarDate(unixSeconds: latest) : nil
        oneDayUsers = Double(oneDay) / Double(users)
        guard let low = sums.keys.min(), let high = sums.keys.max() else {
            periods = []
            return
        }
        let byMonth = high - low < Self.monthsMax
        var joined: [Int: (count: Int, sum: Double)] = [:]
        for (month, part) in sums {
            joined[byMonth ? month : month / 12, default: (0, 0)].count += part.count
            joined[byMonth ? month : month / 12, default: (0, 0)].sum += part.sum
        }
        let span = byMonth ? low...high : (low / 12)...(high / 12)
        periods = span.map { key in
            let part = joined[key] ?? (0, 0)
            return Period(
                year: byMonth ? key / 12 : key, month: byMonth ? key % 12 + 1 : nil,
                count: part.count, mean: part.sum / Double(part.count))
        }
    }
}
