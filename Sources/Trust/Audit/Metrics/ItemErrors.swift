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
        var counts = [Double](repeating: 0, count: groupCount)
        var errorSums = [Double](repeating: 0, count: groupCount)
        for item in 0..<offsets.count - 1 {
            for group in 0..<groupCount {
                counts[group] = 0
                errorSums[group] = 0
            }
            var (count, errorSum) = (0.0, 0.0)
            for entry in offsets[item]..<offsets[item + 1] {
                let code = Int(codes[Int(users[entry])])
                guard code >= 0 else { continue }
                counts[code] += 1
                errorSums[code] += errors[entry]
                count += 1
                errorSum += errors[entry]
            }
            for group in 0..<groupCount {
                let others = count - counts[group]
                let enough = Double(Self.ratingsMin)
                guard counts[group] >= enough, others >= enough else { continue }
                let own = errorSums[group] / counts[group]
                let other = (errorSum - errorSums[group]) / others
                itemCounts[group] += 1
                for (place, metric) in metrics.enumerated() {
                    sums[group * metrics.count + place] += metric.difference(own, other)
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
