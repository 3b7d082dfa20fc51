// SPDX-License-Identifier: GPL-3.0-or-later

/// What a user's attribute, as an input of a head, adds to a score.
public struct AttributeShare: Sendable, Equatable {
    /// The attribute's name, such as `gender`.
    public let name: String
    /// The user's group in it, such as `F`.
    public let group: String
    /// The share: what the score would be less if the user had not told.
    public let amount: Double

    /// Attribute and group as explanations name them: `gender=F`.
    public var label: String { Self.label(name, group) }

    static func label(_ name: String, _ group: String) -> String { "\(name)=\(group)" }
}
