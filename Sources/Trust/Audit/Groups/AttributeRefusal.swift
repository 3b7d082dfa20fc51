// SPDX-License-Identifier: GPL-3.0-or-later

/// Why an attribute cannot be audited as it is.
public struct AttributeRefusal: Error, Equatable, CustomStringConvertible {
    /// The attribute's name.
    public let attribute: String
    /// How many different values users have.
    public let valueCount: Int

    /// What is wrong and what to do about it, for people.
    public var description: String {
        "\(attribute) has \(valueCount) different values, most of them of fewer than "
            + "\(Suppression.usersMin) users: groups so small are never shown; give the data a "
            + "coarser attribute, such as a region or a bracket"
    }
}
