// SPDX-License-Identifier: GPL-3.0-or-later

/// Why text does not say who has which role.
public enum PeerRolesError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A part is not of the form SUBJECT:ROLE.
    case badRule(String)
    /// No role has the name.
    case unknownRole(String)
    /// The machine has no user of the name.
    case unknownUser(String)
    /// The machine has no group of the name.
    case unknownGroup(String)

    /// What is wrong, as one line.
    public var description: String {
        switch self {
        case .badRule(let text): "'\(text)' is not USER:ROLE, @GROUP:ROLE or *:ROLE"
        case .unknownRole(let name): "there is no role '\(name)'"
        case .unknownUser(let name): "there is no user '\(name)' on this machine"
        case .unknownGroup(let name): "there is no group '\(name)' on this machine"
        }
    }
}
