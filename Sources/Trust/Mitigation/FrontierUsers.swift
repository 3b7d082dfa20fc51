// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// The users of a frontier: what group each belongs to, and who may teach an attack.
public struct FrontierUsers: Sendable, Equatable {
    /// The group of each user, -1 where it is unknown or too small to be shown.
    public let groups: [Int]
    /// How many groups there may be.
    public let groupCount: Int
    /// The half of the users that an attack, and an erasure it is tried on, may learn from.
    public let learners: [Bool]

    /// Groups `users` by `attribute`; nil when fewer than two groups may be shown.
    ///
    /// The seed draws the halves, user by user, so that they do not depend on who else is there.
    public init?(_ users: [UserIndex], of attribute: AuditAttribute, seed: UInt64) {
        let codes = users.map { Int(attribute.codes[$0.position]) }
        let counts = attribute.groups.indices.map { group in codes.count { $0 == group } }
        let hidden = Suppression.hidden(userCounts: counts)
        guard hidden.count(where: { !$0 }) >= 2 else { return nil }
        let random = CounterRandom(seed: seed, stream: .max)
        self.init(
            groups: codes.map { $0 >= 0 && !hidden[$0] ? $0 : -1 },
            groupCount: attribute.groups.count,
            learners: users.map { random.bits(UInt64($0.position)) & 1 == 0 })
    }

    init(groups: [Int], groupCount: Int, learners: [Bool]) {
        self.groups = groups
        self.groupCount = groupCount
        self.learners = learners
    }
}
