// SPDX-License-Identifier: GPL-3.0-or-later

/// How far apart the distributions of a number are between each group and all other users.
///
/// The two-sample Kolmogorov–Smirnov distance sup |F_group − F_others|, 0…1. The order of the users
/// is worked out once; groups may then be exchanged at will.
struct KolmogorovSmirnov: Sendable {
    /// The users that have the number, ascending by it.
    private let order: [Int32]
    /// Where each run of equal numbers ends in `order`.
    private let runEnds: [Int32]

    /// Sorts the users; those whose number is nil do not count.
    init(_ values: [Double?]) {
        let known = values.indices.filter { values[$0] != nil }
        let sorted = known.map { (value: values[$0] ?? 0, user: Int32($0)) }
            .sorted { ($0.value, $0.user) < ($1.value, $1.user) }
        order = sorted.map(\.user)
        runEnds = sorted.indices.filter {
            $0 + 1 == sorted.count || sorted[$0 + 1].value != sorted[$0].value
        }.map { Int32($0 + 1) }
    }

    /// The distance of each group from all others of known group; NaN where either is empty.
    ///
    /// `codes` holds each user's group or -1. O(users): between two of its own members a group's
    /// function stands still and that of the others only rises, so the largest differences are
    /// right before and right after a run in which the group has members.
    func distances(_ codes: [Int32], groupCount: Int) -> [Double] {
        var totals = [Double](repeating: 0, count: groupCount)
        for user in order where codes[Int(user)] >= 0 { totals[Int(codes[Int(user)])] += 1 }
        let all = totals.reduce(0, +)
        var counts = [Double](repeating: 0, count: groupCount)
        var passed = 0.0
        var distances = [Double](repeating: 0, count: groupCount)
        func measure(_ group: Int) {
            let own = counts[group] / totals[group]
            let others = (passed - counts[group]) / (all - totals[group])
            distances[group] = max(distances[group], abs(own - others))
        }
        var start = 0
        for end in runEnds.lazy.map(Int.init) {
            let run = order[start..<end]
            for user in run where codes[Int(user)] >= 0 { measure(Int(codes[Int(user)])) }
            for user in run where codes[Int(user)] >= 0 {
                counts[Int(codes[Int(user)])] += 1
                passed += 1
            }
            for user in run where codes[Int(user)] >= 0 { measure(Int(codes[Int(user)])) }
            start = end
        }
        return distances.indices.map { group in
            totals[group] > 0 && totals[group] < all ? distances[group] : .nan
        }
    }
}
