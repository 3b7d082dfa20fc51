// SPDX-License-Identifier: GPL-3.0-or-later

extension RatingTimes {
    /// Collects times one by one: in four bytes each until one does not fit.
    struct Builder: ~Copyable {
        private var short = GrowingArray<UInt32>()
        private var long = GrowingArray<Int64>()
        private var isLong = false

        /// Nothing yet.
        init() {}

        /// Adds one time at the end.
        mutating func append(_ time: Int64) {
            if !isLong, let fitting = UInt32(exactly: time) {
                short.append(fitting)
            } else {
                if !isLong { widen() }
                long.append(time)
            }
        }

        /// The times, in the same form whatever order they came in.
        consuming func finish() -> RatingTimes {
            isLong ? RatingTimes(long: long.frozen()) : RatingTimes(short: short.frozen())
        }

        private mutating func widen() {
            isLong = true
            var long = GrowingArray<Int64>()
            short.withElements { for time in $0 { long.append(Int64(time)) } }
            self.long = long
            short = GrowingArray()
        }
    }
}
