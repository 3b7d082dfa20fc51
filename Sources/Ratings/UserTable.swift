// SPDX-License-Identifier: GPL-3.0-or-later

/// All users in their canonical order, with their auditable attributes.
public struct UserTable: Sendable, Equatable {
    /// The identifiers; the position of each is its `UserIndex`.
    public let ids: [UserID]
    /// Attributes, each with one code per user.
    public let attributes: [UserAttribute]
    private let indexByID: [UserID: UserIndex]

    /// Numbers `ids` from 0; traps when two are equal or an attribute has another length.
    public init(_ ids: [UserID], attributes: [UserAttribute] = []) {
        precondition(attributes.allSatisfy { $0.codes.count == ids.count })
        self.ids = ids
        self.attributes = attributes
        var index: [UserID: UserIndex] = [:]
        index.reserveCapacity(ids.count)
        for (position, id) in ids.enumerated() {
            let earlier = index.updateValue(UserIndex(position), forKey: id)
            precondition(earlier == nil, "two users with the identifier \(id)")
        }
        indexByID = index
    }

    /// The number of users.
    public var count: Int { ids.count }

    /// Where the user with identifier `id` stands, or nil.
    public func index(of id: UserID) -> UserIndex? { indexByID[id] }

    /// The attribute called `name`, or nil.
    public func attribute(named name: String) -> UserAttribute? {
        attributes.first { $0.name == name }
    }
}
