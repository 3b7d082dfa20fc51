// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// One way to part users into the groups that an audit compares.
public struct AuditAttribute: Sendable, Equatable {
    /// Where groups come from.
    public enum Kind: Sendable, Equatable {
        /// A user attribute of the data, perhaps in brackets.
        case attribute
        /// Two user attributes at once.
        case intersection
        /// How many ratings users have.
        case activity
    }

    /// The attribute's name: that of the data, `one*other`, or `activity`.
    public let name: String
    /// The groups' labels, in the order of reports.
    public let groups: [String]
    /// For each user of the data the position in `groups`, or -1 where unknown.
    public let codes: [Int32]
    /// Where the groups come from.
    public let kind: Kind

    /// The most groups of one attribute: more are bracketed, bucketed or refused.
    public static let groupsMax = 30
    /// Numbers with more different values than this are put into brackets.
    static let numbersMax = 10
    /// The number of brackets.
    static let bracketCount = 5

    /// Describes groups; traps when a code is outside `groups`.
    public init(name: String, groups: [String], codes: [Int32], kind: Kind) {
        precondition(codes.allSatisfy { $0 >= -1 && Int($0) < groups.count })
        self.name = name
        self.groups = groups
        self.codes = codes
        self.kind = kind
    }

    /// The groups of a user attribute.
    ///
    /// Numbers with over 10 different values are put into five brackets of about equal numbers of
    /// users. Of over 30 other values those of 10 users or more, at most 29, keep their groups and
    /// the rest become `other`; when fewer than half of the users would keep theirs, the attribute
    /// is refused.
    public init(_ attribute: UserAttribute) throws(AttributeRefusal) {
        let brackets = AttributeBrackets(attribute)
        if let numeric = brackets.numeric {
            self = numeric
        } else {
            self = try brackets.bucketed()
        }
    }

    /// The groups of two attributes at once, called `one*other`, with labels `a × b`.
    public func crossed(with other: AuditAttribute) -> AuditAttribute {
        let width = Int32(other.groups.count)
        return AuditAttribute(
            name: "\(name)*\(other.name)",
            groups: groups.flatMap { group in other.groups.map { "\(group) × \($0)" } },
            codes: zip(codes, other.codes).map { $0 < 0 || $1 < 0 ? -1 : $0 * width + $1 },
            kind: .intersection)
    }

    /// Quarters of the measured users by the number of ratings the models had of them.
    static func activity(_ measurements: HeldOutMeasurements, userCount: Int) -> AuditAttribute {
        let quarters = QuantileGroups(
            measurements.users.map { Double($0.profileSize) }, count: 4)
        var codes = [Int32](repeating: -1, count: userCount)
        for (user, code) in zip(measurements.users, quarters.codes) {
            codes[user.user.position] = code
        }
        let labels = quarters.ranges.map {
            "\(Int($0.lowerBound)) to \(Int($0.upperBound)) ratings"
        }
        return AuditAttribute(name: "activity", groups: labels, codes: codes, kind: .activity)
    }
}
