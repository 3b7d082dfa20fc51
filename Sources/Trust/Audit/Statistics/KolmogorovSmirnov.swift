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
        var sides = [Side](repeating: Side(), count: groupCount)
        codes.withUnsafeBufferPointer { codes in
            order.withUnsafeBufferPointer { order in
                sides.withUnsafeMutableBufferPointer { sides in
                    walk(order, codes, &sides)
                }
            }
        }
        return sides.map { side in
            side.part > 0 && side.otherPart > 0 ? side.distance : .nan
        }
    }

    /// How far one group's function is, and has been, from that of all others.
    private struct Side {
        /// 1 / the group's users, 0 without any.
        var part = 0.0
        /// 1 / all others.
        var otherPart = 0.0
        /// The group's users who were passed.
        var count = 0.0
        var distance = 0.0

        mutating func measure(passed: Double) {
            distance = max(distance, abs(count * part - (passed - count) * otherPart))
        }
    }

    private func walk(
        _ order: UnsafeBufferPointer<Int32>, _ codes: UnsafeBufferPointer<Int32>,
        _ sides: inout UnsafeMutableBufferPointer<Side>
    ) {
        for user in order where codes[Int(user)] >= 0 { sides[Int(codes[Int(user)])].part += 1 }
        let all = sides.reduce(0) { $0 + $1.part }
        for group in sides.indices {
            let users = sides[group].part
            sides[group].part = users > 0 ? 1 / users : 0
            sides[group].otherPart = users < all ? 1 / (all - users) : 0
        }
        var (start, passed) = (0, 0.0)
        for end in runEnds {
            let run = start..<Int(end)
            for place in run {
                let code = Int(codes[Int(order[place])])
                if code >= 0 { sides[code].measure(passed: passed) }
            }
            for place in run {
                let code = Int(codes[Int(order[place])])
                guard code >= 0 else { continue }
                sides[code].count += 1
                passed += 1
            }
            for place in run {
                let code = Int(codes[Int(order[place])])
                if code >= 0 { sides[code].measure(passed: passed) }
            }
            start = Int(end)
        }
    }
}
