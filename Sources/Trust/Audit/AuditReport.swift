// SPDX-License-Identifier: GPL-3.0-or-later

import Ratings

/// Everything that an audit says of two heads, each number with what is known of its noise.
public struct AuditReport: Sendable {
    /// All rows with exact numbers, in the order of reports: for whoever has the data anyway.
    ///
    /// Groups that must not be shown are not in it.
    public let exactRows: [AuditRow]
    /// What parts users: the data's attributes, `activity`, then intersections.
    public let attributes: [AuditAttribute]
    /// Groups left out because they, or a group that they would reveal, have under 10 users.
    public let suppressedGroups: Int
    /// The users measured.
    public let users: Int
    /// Users left out because an attribute is unknown of them and fewer than 9 others.
    public let leftOutUsers: Int
    /// Attributes that cannot be audited as they are.
    public let refusals: [AttributeRefusal]
    /// The options that make all chance reproducible.
    public let options: AuditOptions

    /// The rows as they are published: counts and numbers of groups rounded (`RoundedCount`).
    public var rows: [AuditRow] { exactRows.map(\.published) }

    /// The number of tests within which p-values of a family are adjusted.
    public func familySize(_ family: AuditRow.Family) -> Int {
        exactRows.count { $0.family == family }
    }

    /// Audits `subject` by all its attributes, by activity, and by these pairs of attributes, given
    /// by their positions.
    ///
    /// The same options give the same numbers bit for bit at any `threads`. `progress` gets 0…1 and
    /// a stage and returns false to cancel, upon which the result is nil; it is asked several times
    /// a second. O(resamples × (ratings + users × attributes)).
    public init?(
        _ subject: AuditSubject, crossing pairs: [(Int, Int)], options: AuditOptions,
        threads: Int, progress: (Double, String) -> Bool
    ) {
        let own = subject.attributes.map(\.codes)
        let isExposed = Suppression.exposedUsers(
            own.map { codes in subject.measurements.users.map { codes[$0.user.position] } },
            userCount: subject.measurements.users.count)
        let kept = subject.leavingOut(isExposed)
        let crossed = pairs.map { subject.attributes[$0.0].crossed(with: subject.attributes[$0.1]) }
        let first = subject.attributes.count + 1
        let attributes =
            subject.attributes
            + [.activity(kept.measurements, userCount: kept.train.userCount)] + crossed
        guard progress(0, "resampling users") else { return nil }
        let users = GroupedUsers(
            kept.measurements, table: kept.table, attributes: attributes)
        let isShown = GroupVisibility.isShown(
            users,
            intersections: Dictionary(
                uniqueKeysWithValues: pairs.enumerated().map { (first + $0, $1) }))
        let work = AuditComputation(
            subject: kept, users: users, isShown: isShown, options: options, threads: threads)
        guard let rows = work.rows(progress: progress) else { return nil }
        exactRows = Self.adjusted(rows)
        self.attributes = attributes
        suppressedGroups = attributes.indices.reduce(0) { sum, attribute in
            sum + zip(users.userCounts(attribute), isShown[attribute]).count { $0 > 0 && !$1 }
        }
        self.users = kept.measurements.users.count
        leftOutUsers = isExposed.count(where: \.self)
        refusals = subject.refusals
        self.options = options
    }

    /// Adjusts the p-values of each family for its size.
    private static func adjusted(_ rows: [AuditRow]) -> [AuditRow] {
        var rows = rows
        for family in [AuditRow.Family.confirmatory, .exploratory] {
            let places = rows.indices.filter { rows[$0].family == family }
            let values = family.adjusted(places.compactMap { rows[$0].p })
            for (place, value) in zip(places, values) { rows[place].adjustedP = value }
        }
        return rows
    }
}
