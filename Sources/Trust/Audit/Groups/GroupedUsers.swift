// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Measured users by the groups of several attributes and by profile size, ready for resampling.
struct GroupedUsers: Sendable {
    /// The users' numerators and denominators.
    let table: MetricTable
    /// What parts the users.
    let attributes: [AuditAttribute]
    /// For each attribute the group of each measured user, or -1.
    let codes: [[Int32]]
    /// For each attribute the position of its first group among the groups of all.
    let firstGroups: [Int]
    /// The number of groups of all attributes.
    let groupCount: Int
    /// For each measured user the tenth that it belongs to by profile size.
    let strata: [Int32]
    /// The number of tenths, at most 10.
    let strataCount: Int

    /// Lays out the users of `measurements`.
    init(
        _ measurements: HeldOutMeasurements, table: MetricTable, attributes: [AuditAttribute]
    ) {
        self.table = table
        self.attributes = attributes
        codes = attributes.map { attribute in
            measurements.users.map { attribute.codes[$0.user.position] }
        }
        var first: [Int] = []
        var next = 0
        for attribute in attributes {
            first.append(next)
            next += attribute.groups.count
        }
        firstGroups = first
        groupCount = next
        let deciles = QuantileGroups(
            measurements.users.map { Double($0.profileSize) }, count: 10)
        strata = deciles.codes
        strataCount = deciles.ranges.count
    }

    /// The number of measured users of each group of an attribute.
    func userCounts(_ attribute: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: attributes[attribute].groups.count)
        for code in codes[attribute] where code >= 0 { counts[Int(code)] += 1 }
        return counts
    }

    /// The users of known group of an attribute, by the strata within which chance may exchange
    /// them: tenths by profile size, or all together where the attribute is profile size itself.
    func exchangeable(_ attribute: Int) -> [[Int32]] {
        let isActivity = attributes[attribute].kind == .activity
        var lists = [[Int32]](repeating: [], count: isActivity ? 1 : strataCount)
        for (user, code) in codes[attribute].enumerated() where code >= 0 {
            lists[isActivity ? 0 : Int(strata[user])].append(Int32(user))
        }
        return lists
    }
}
