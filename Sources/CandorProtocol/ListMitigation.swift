// SPDX-License-Identifier: GPL-3.0-or-later

/// What a request asks of a list beyond the order of its scores.
public struct ListMitigation: Sendable, Equatable {
    /// λ, 0…1: how much the list's genres are to be like the user's own.
    public var calibration: Double?
    /// β, 0…1: how much rarely rated items gain.
    public var novelty: Double?
    /// What the list must hold; empty for nothing.
    public var floors: [ListFloor]

    /// Nothing, unless something is given.
    public init(calibration: Double? = nil, novelty: Double? = nil, floors: [ListFloor] = []) {
        self.calibration = calibration
        self.novelty = novelty
        self.floors = floors
    }

    /// A list in the order of its scores.
    public static let none = ListMitigation()

    /// Whether places depend on what else is in the list.
    public var isReranking: Bool { calibration != nil || !floors.isEmpty }
}
