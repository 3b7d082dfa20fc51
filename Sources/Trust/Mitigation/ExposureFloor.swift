// SPDX-License-Identifier: GPL-3.0-or-later

/// At least so many items of a list must be of some kind.
public struct ExposureFloor: Sendable, Equatable {
    /// What people call it, for example `tail:3`.
    public let name: String
    /// Which items of the catalogue count.
    public let members: [Bool]
    /// How many must be in the list, at least 0.
    public let minimum: Int

    /// Puts a floor together.
    public init(name: String, members: [Bool], minimum: Int) {
        self.name = name
        self.members = members
        self.minimum = minimum
    }
}
