// SPDX-License-Identifier: GPL-3.0-or-later

public import Factors
public import Ratings

/// Everything that an audit looks at.
public struct AuditSubject: Sendable {
    /// A head whose user vectors an attacker is given.
    public struct Head: Sendable {
        /// The head's name: `rating` or `ranking`.
        public let name: String
        /// The head, trained on `train`.
        public let head: any LinearHead

        /// Names a head.
        public init(name: String, head: any LinearHead) {
            self.name = name
            self.head = head
        }
    }

    /// What was measured of each user.
    public let measurements: HeldOutMeasurements
    /// What the heads were trained on.
    public let train: RatingMatrix
    /// The items.
    public let catalogue: Catalogue
    /// What parts the users: the data's own attributes, in their order.
    public let attributes: [AuditAttribute]
    /// Attributes that cannot be audited as they are.
    public let refusals: [AttributeRefusal]
    /// The heads whose vectors may give attributes away; those without a vector are left out.
    public let heads: [Head]

    /// Joins the parts; `users` must be those of `train`.
    public init(
        _ measurements: HeldOutMeasurements, train: RatingMatrix, catalogue: Catalogue,
        users: UserTable, heads: [Head]
    ) {
        let groups = Self.groups(users)
        self.init(
            measurements, train: train, catalogue: catalogue, attributes: groups.attributes,
            refusals: groups.refusals, heads: heads)
    }

    /// Joins the parts, with groups worked out before; each attribute has a code for each user of
    /// `train`.
    public init(
        _ measurements: HeldOutMeasurements, train: RatingMatrix, catalogue: Catalogue,
        attributes: [AuditAttribute], refusals: [AttributeRefusal], heads: [Head]
    ) {
        self.measurements = measurements
        self.train = train
        self.catalogue = catalogue
        self.attributes = attributes
        self.refusals = refusals
        self.heads = heads.filter { $0.head.dimensions > 0 }
    }

    /// Groups of fewer users are never shown.
    public static let usersMin = Suppression.usersMin

    /// The groups of all attributes that can be audited, and those that cannot.
    public static func groups(
        _ users: UserTable
    ) -> (attributes: [AuditAttribute], refusals: [AttributeRefusal]) {
        var attributes: [AuditAttribute] = []
        var refusals: [AttributeRefusal] = []
        for attribute in users.attributes {
            do throws(AttributeRefusal) {
                attributes.append(try AuditAttribute(attribute))
            } catch {
                refusals.append(error)
            }
        }
        return (attributes, refusals)
    }
}

extension AuditSubject {
    /// All metrics of the measured users.
    var table: MetricTable {
        MetricTable(
            measurements,
            traits: UserListTraits.all(
                measurements, train: train, genres: GenreShares(catalogue)))
    }

    /// The same without some measured users.
    func leavingOut(_ isLeftOut: [Bool]) -> AuditSubject {
        guard isLeftOut.contains(true) else { return self }
        let kept = zip(measurements.users, isLeftOut).filter { !$1 }.map(\.0)
        return AuditSubject(
            HeldOutMeasurements(
                users: kept, itemCount: measurements.itemCount, cutoff: measurements.cutoff,
                relevanceThreshold: measurements.relevanceThreshold), train: train,
            catalogue: catalogue, attributes: attributes, refusals: refusals, heads: heads)
    }
}
