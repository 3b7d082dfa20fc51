// SPDX-License-Identifier: GPL-3.0-or-later

/// How far apart the groups of one attribute are served: the highest of a number less the lowest.
public struct AccuracyGap: Sendable, Equatable {
    /// Smaller groups are left out: what is measured of them is mostly noise.
    public static let usersMin = 100

    /// The gap in RMSE.
    public let rmse: Double
    /// The gap in nDCG@10; nil when fewer than two groups have users with a relevant held-out item.
    public let nDCG: Double?

    /// Compares the groups that `codes`, one for each of `users` and negative where unknown, name.
    ///
    /// Nil when fewer than two groups have `usersMin` users.
    public init?(_ users: [HeldOutUser], codes: [Int32]) {
        let members = Dictionary(
            grouping: zip(users, codes).filter { $1 >= 0 }, by: \.1
        ).values.filter { $0.count >= Self.usersMin }
        guard members.count >= 2 else { return nil }
        let groups = members.map { HeldOutAccuracy($0.map(\.0)) }
        func spread(_ numbers: [Double]) -> Double? {
            guard numbers.count >= 2, let high = numbers.max(), let low = numbers.min() else {
                return nil
            }
            return high - low
        }
        rmse = spread(groups.map(\.rmse)) ?? 0
        nDCG = spread(groups.compactMap(\.nDCG))
    }
}
