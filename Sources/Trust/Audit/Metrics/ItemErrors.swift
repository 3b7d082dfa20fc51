// SPDX-License-Identifier: GPL-3.0-or-later

/// All held-out errors by item, so that users can be regrouped without touching a model.
struct ItemErrors: Sendable {
    /// Items count for a group when both the group and all others have at least so many held-out
    /// ratings of them: means of fewer are mostly noise.
    static let ratingsMin = 5

    private let offsets: [Int]
    private let users: [Int32]
    private let errors: [Double]
    /// Each user's Σ prediction and number of predictions.
    private let predictions: [(sum: Double, count: Double)]

    /// Gathers the errors of items that have enough ratings for two groups, in O(ratings).
    init(_ measurements: HeldOutMeasurements) {
        var counts = [Int](repeating: 0, count: measurements.itemCount)
        for user in measurements.users {
            for item in user.items { counts[Int(item)] += 1 }
        }
        var next = [Int](repeating: 0, count: counts.count)
        var offsets = [0]
        var total = 0
        for (item, count) in counts.enumerated() {
            next[item] = total
            guard count >= 2 * Self.ratingsMin else {
                next[item] = -1
                continue
            }
            total += count
            offsets.append(total)
        }
        var users = [Int32](repeating: 0, count: total)
        var errors = [Double](repeating: 0, count: total)
        for (place, user) in measurements.users.enumerated() {
            for (item, error) in zip(user.items, user.errors) where next[Int(item)] >= 0 {
                users[next[Int(item)]] = Int32(place)
                errors[next[Int(item)]] = error
                next[Int(item)] += 1
            }
        }
        self.offsets = offsets
        self.users = users
        self.errors = errors
        predictions = measurements.users.map { user in
            let ratings = user.ratings.reduce(0) { $0 + Double($1) }
            return (ratings + user.signedError, Double(user.errors.count))
        }
    }

    /// Every unfairness of every group against all other users of known group.
    ///
    /// `codes` holds each measured user's group or -1. Group g's metric m stands at
    /// g × metrics + m; NaN where nothing could be compared. O(ratings + items × groups).
    func unfairness(_ codes: [Int32], groupCount: Int) -> [Double] {
        let metrics = UnfairnessMetric.allCases
        var sums = [Double](repeating: 0, count: groupCount * metrics.count)
        var itemCounts = [Double](repeating: 0, count: groupCount)
        // The number of an item's errors and their sum, by group, users of unknown group first.
        var cells = [SIMD2<Double>](repeating: .zero, count: groupCount + 1)
        for item in 0..<offsets.count - 1 {
            for cell in cells.indices { cells[cell] = .zero }
            gather(offsets[item]..<offsets[item + 1], codes, into: &cells)
            var all = SIMD2<Double>.zero
            for group in 0..<groupCount { all += cells[group + 1] }
            for group in 0..<groupCount {
                let (own, others) = (cells[group + 1], all - cells[group + 1])
                let enough = Double(Self.ratingsMin)
                guard own.x >= enough, others.x >= enough else { continue }
                itemCounts[group] += 1
                let (error, otherError) = (own.y / own.x, others.y / others.x)
                for (place, metric) in metrics.enumerated() {
                    sums[group * metrics.count + place] += metric.difference(error, otherError)
                }
            }
        }
        let parity = nonParity(codes, groupCount: groupCount)
        for group in 0..<groupCount {
            for (place, metric) in metrics.enumerated() {
                let at = group * metrics.count + place
                sums[at] = metric == .nonParity ? parity[group] : sums[at] / itemCounts[group]
            }
        }
        return sums
    }

    /// Adds 1 and the error of each entry to the cell of its user's group.
    private func gather(
        _ entries: Range<Int>, _ codes: [Int32], into cells: inout [SIMD2<Double>]
    ) {
        // Almost all of an audit's time goes by here: once for each rating and each resample.
        codes.withUnsafeBufferPointer { codes in
            users.withUnsafeBufferPointer { users in
                errors.withUnsafeBufferPointer { errors in
                    cells.withUnsafeMutableBufferPointer { cells in
                        for entry in entries {
                            cells[Int(codes[Int(users[entry])]) + 1] += SIMD2(1, errors[entry])
                        }
                    }
                }
            }
        }
    }

    private func nonParity(_ codes: [Int32], groupCount: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: groupCount)
        var counts = [Double](repeating: 0, count: groupCount)
        for (code, prediction) in zip(codes, predictions) where code >= 0 {
            sums[Int(code)] += prediction.sum
            counts[Int(code)] += prediction.count
        }
        let (sum, count) = (sums.reduce(0, +), counts.reduce(0, +))
        return (0..<groupCount).map { group in
            abs(sums[group] / counts[group] - (sum - sums[group]) / (count - counts[group]))
        }
    }
}
