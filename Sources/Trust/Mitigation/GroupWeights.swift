// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc
import Ratings

/// The weights of users by their groups.
struct GroupWeights {
    /// The ratings of each group.
    let ratings: [Int]
    private let codes: [Int32]
    private let total: Int
    /// How many ratings each user has.
    private let counts: [Int]

    /// Counts each group's ratings.
    init(_ attribute: AuditAttribute, _ matrix: RatingMatrix) {
        var ratings = [Int](repeating: 0, count: attribute.groups.count)
        counts = matrix.byUser.counts
        for (user, code) in attribute.codes.enumerated() where code >= 0 {
            ratings[Int(code)] += counts[user]
        }
        self.ratings = ratings
        codes = attribute.codes
        total = matrix.count
    }

    /// The groups that have ratings.
    var present: [Int] { ratings.indices.filter { ratings[$0] > 0 } }

    /// A weight of (1 / part of the ratings)^strength for every group.
    func balanced(strength: Double) -> [Double] {
        ratings.map { $0 > 0 ? pow(Double(total) / Double($0), strength) : 1 }
    }

    /// Each user's weight, given those of the groups: 1 in the mean over all ratings; users of unknown
    /// group weigh what the mean known rating does.
    func ofUsers(_ groups: [Double]) -> [Float] {
        let known = ratings.reduce(0, +)
        let sum = zip(groups, ratings).reduce(0) { $0 + $1.0 * Double($1.1) }
        let mean = known > 0 ? sum / Double(known) : 1
        return codes.map { code in code < 0 ? 1 : Float(groups[Int(code)] / mean) }
    }

    /// The mean squared error of each group, NaN for one without held-out ratings.
    func losses(_ users: [(user: UserIndex, count: Int, squared: Double)]) -> [Double] {
        var sums = [Double](repeating: 0, count: ratings.count)
        var counts = [Int](repeating: 0, count: ratings.count)
        for entry in users {
            let code = codes[entry.user.position]
            guard code >= 0 else { continue }
            sums[Int(code)] += entry.squared
            counts[Int(code)] += entry.count
        }
        return zip(sums, counts).map { $0 / Double($1) }
    }
}
