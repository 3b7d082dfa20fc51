// SPDX-License-Identifier: GPL-3.0-or-later

/// Moves labels apart that would stand on each other.
enum LabelPlaces {
    /// Places of labels along one direction, at least `gap` apart and within `range`, near the
    /// wished ones and in their order.
    ///
    /// Where the range has no room for all, they stand as far apart as it allows.
    static func apart(
        _ wished: [Double], gap: Double, within range: ClosedRange<Double>
    ) -> [Double] {
        guard wished.count > 1 else {
            return wished.map { min(max($0, range.lowerBound), range.upperBound) }
        }
        let room = range.upperBound - range.lowerBound
        let gap = min(gap, room / Double(wished.count - 1))
        let order = wished.indices.sorted {
            (wished[$0], $0) < (wished[$1], $1)
        }
        var places = order.map { min(max(wished[$0], range.lowerBound), range.upperBound) }
        for place in places.indices.dropFirst() {
            places[place] = max(places[place], places[place - 1] + gap)
        }
        places[places.count - 1] = min(places[places.count - 1], range.upperBound)
        for place in places.indices.dropLast().reversed() {
            places[place] = min(places[place], places[place + 1] - gap)
        }
        var result = wished
        for (rank, index) in order.enumerated() { result[index] = places[rank] }
        return result
    }
}
