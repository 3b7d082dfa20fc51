// SPDX-License-Identifier: GPL-3.0-or-later

/// Something that a check of a state directory found.
public struct StateFinding: Sendable, Equatable {
    /// What it means.
    public enum Kind: Sendable, Equatable {
        /// It is wrong, and a repair loses nothing that was acknowledged.
        case repairable(StateRepair)
        /// It is wrong, and only somebody else can do something about it: what, in words.
        case problem(remedy: String)
        /// It is worth knowing and not wrong.
        case note
    }

    /// The file or folder, as it is called inside the state directory.
    public let place: String
    /// What was found there.
    public let message: String
    /// What it means.
    public let kind: Kind

    /// Whether something is wrong.
    public var isProblem: Bool { kind != .note }

    static func repairable(_ place: String, _ message: String, _ repair: StateRepair) -> Self {
        StateFinding(place: place, message: message, kind: .repairable(repair))
    }

    static func problem(_ place: String, _ message: String, remedy: String) -> Self {
        StateFinding(place: place, message: message, kind: .problem(remedy: remedy))
    }

    static func note(_ place: String, _ message: String) -> Self {
        StateFinding(place: place, message: message, kind: .note)
    }
}
