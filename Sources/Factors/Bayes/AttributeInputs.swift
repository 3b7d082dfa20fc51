// SPDX-License-Identifier: GPL-3.0-or-later

public import Ratings

/// The attributes of users that the rating head is given, and the groups of the users trained on.
///
/// Every group of every attribute has a column of its own, the attributes one after the other.
public struct AttributeInputs: Sendable, Equatable {
    /// No attribute: what a head is given unless told otherwise.
    public static let none = AttributeInputs([])

    /// The attributes, each with a group, or -1 where unknown, for each user trained on.
    public let attributes: [UserAttribute]
    /// The first column of each attribute, and last their number.
    let starts: [Int]

    /// Joins attributes of the same users.
    public init(_ attributes: [UserAttribute]) {
        precondition(
            Set(attributes.map(\.codes.count)).count <= 1, "attributes of different users")
        self.attributes = attributes
        starts = attributes.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.categories.count) }
    }

    /// Whether there is no attribute.
    public var isEmpty: Bool { attributes.isEmpty }

    /// The groups of all attributes together.
    var columnCount: Int { starts[attributes.count] }

    /// What is known of `user`: attributes by their places, and their groups' columns.
    func groups(of user: UserIndex?) -> [(attribute: Int, column: Int)] {
        guard let user else { return [] }
        return attributes.indices.compactMap { place in
            let codes = attributes[place].codes
            guard user.position < codes.count, codes[user.position] >= 0 else { return nil }
            return (place, starts[place] + Int(codes[user.position]))
        }
    }

    /// The name of the group in a column of an attribute.
    func name(_ group: (attribute: Int, column: Int)) -> String {
        attributes[group.attribute].categories[group.column - starts[group.attribute]]
    }

    /// Attribute and group as explanations name them.
    func label(_ group: (attribute: Int, column: Int)) -> String {
        AttributeShare.label(attributes[group.attribute].name, name(group))
    }

    /// The attributes without `user`, and the columns that are left; later users move up by one.
    ///
    /// A group that was that of `user` alone goes too, unless it is there whoever has it.
    func removing(_ user: UserIndex) -> (inputs: AttributeInputs, columns: [Int]) {
        let left = attributes.map { $0.removing(user) }
        var columns: [Int] = []
        for (place, attribute) in attributes.enumerated() {
            columns += attribute.categories.indices
                .filter {
                    left[place].categories.count == attribute.categories.count
                        || $0 != Int(attribute.codes[user.position])
                }
                .map { starts[place] + $0 }
        }
        return (AttributeInputs(left), columns)
    }
}
