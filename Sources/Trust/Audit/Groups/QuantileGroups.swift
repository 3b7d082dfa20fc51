// SPDX-License-Identifier: GPL-3.0-or-later

/// Numbers parted into groups of about equal sizes by their order; equal numbers stay together.
struct QuantileGroups: Equatable {
    /// For each number its group, from 0 without gaps, ascending with the numbers.
    let codes: [Int32]
    /// The lowest and highest number of each group.
    let ranges: [ClosedRange<Double>]

    /// Parts `values` into at most `count` groups.
    ///
    /// A number below which lie b of n goes to group ⌊count · b / n⌋; groups that stay empty are
    /// left out. O(n log n). Values are finite.
    init(_ values: [Double], count: Int) {
        precondition(count >= 1, "no groups")
        let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
        var codes = [Int32](repeating: 0, count: values.count)
        var ranges: [ClosedRange<Double>] = []
        var (quantile, start) = (-1, 0)
        while start < order.count {
            let value = values[order[start]]
            var end = start + 1
            while end < order.count, values[order[end]] == value { end += 1 }
            let next = count * start / order.count
            if next > quantile {
                quantile = next
                ranges.append(value...value)
            } else if let last = ranges.popLast() {
                ranges.append(last.lowerBound...value)
            }
            for place in start..<end { codes[order[place]] = Int32(ranges.count - 1) }
            start = end
        }
        self.codes = codes
        self.ranges = ranges
    }
}
