// SPDX-License-Identifier: GPL-3.0-or-later

/// One number of an audit, with all that is known of its noise.
public struct AuditRow: Sendable, Equatable {
    /// The families within which p-values are adjusted.
    public enum Family: String, Sendable {
        /// The few tests that were fixed beforehand: Holm's adjustment.
        case confirmatory
        /// All other tests: Benjamini and Hochberg's.
        case exploratory

        /// The p-values of all tests of the family, adjusted for their number.
        func adjusted(_ values: [Double]) -> [Double] {
            self == .confirmatory ? PValue.holm(values) : PValue.benjaminiHochberg(values)
        }
    }

    /// Which part of the audit it belongs to.
    public let section: AuditSection
    /// What parts the users or items; `all` for no parting.
    public let attribute: String
    /// The group's label, or `all`.
    public let group: String
    /// The users measured.
    public internal(set) var users: Int
    /// The held-out ratings measured, 0 where none are meant.
    public internal(set) var ratings: Int
    /// Which number.
    public let metric: String
    /// The number on the data as they are.
    public let value: Double
    /// The lower end of the 95% interval, where there is one.
    public let low: Double?
    /// The upper end of the 95% interval, where there is one.
    public let high: Double?
    /// The mean of the number when groups are exchanged at random; nil where nothing was tested.
    public let chance: Double?
    /// The number less what chance gives.
    public private(set) var excess: Double?
    /// (1 + #{T* ≥ T}) / (B + 1); nil where nothing was tested.
    public let p: Double?
    /// Within what the p-value is adjusted; nil where nothing was tested.
    public let family: Family?
    /// The p-value adjusted for the size of its family.
    public internal(set) var adjustedP: Double?
    /// The gap that one such test would find with 80% power; of gaps alone.
    public let detectable: Double?

    /// The level that adjusted p-values are held against.
    public static let level = 0.05

    init(
        _ section: AuditSection, attribute: String, group: String, users: Int, ratings: Int,
        metric: String, _ estimate: Estimate, chance: Double? = nil, p: Double? = nil,
        family: Family? = nil, detectable: Double? = nil
    ) {
        self.section = section
        self.attribute = attribute
        self.group = group
        self.users = users
        self.ratings = ratings
        self.metric = metric
        value = estimate.value
        low = estimate.low
        high = estimate.high
        let chance = chance.flatMap { $0.isFinite ? $0 : nil }
        self.chance = chance
        excess = chance.map { estimate.value - $0 }
        self.p = p
        self.family = p == nil ? nil : family
        self.detectable = detectable.flatMap { $0.isFinite ? $0 : nil }
    }

    /// The row as it is published: counts and numbers of groups rounded.
    var published: AuditRow {
        guard group != "all", section == .rating || section == .ranking || section == .data else {
            return section == .leakage ? rounded() : self
        }
        return rounded()
    }

    private func rounded() -> AuditRow {
        func number(_ value: Double) -> Double { RoundedCount.number(value, users: users) }
        var row = AuditRow(
            section, attribute: attribute, group: group, users: RoundedCount.of(users),
            ratings: RoundedCount.of(ratings), metric: metric,
            Estimate(value: number(value), low: low.map(number), high: high.map(number)),
            chance: chance.map(number), p: p, family: family, detectable: detectable.map(number))
        row.adjustedP = adjustedP
        // The difference of two rounded numbers has a tail of its own.
        row.excess = row.excess.map(number)
        return row
    }

    /// Whether the test finds a difference at 5% after adjustment; nil where nothing was tested.
    ///
    /// False means that these users do not show one, not that there is none: `detectable` says how
    /// large a gap could hide.
    public var isSignificant: Bool? { adjustedP.map { $0 <= Self.level } }
}
