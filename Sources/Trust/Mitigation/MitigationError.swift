// SPDX-License-Identifier: GPL-3.0-or-later

/// Why no list keeps what was asked for.
public enum MitigationError: Error, Equatable {
    /// The floor called `name` wants more items than are left to recommend.
    case tooFewItems(floor: String, available: Int)
    /// The floors want more places than the list has.
    case tooFewPlaces(count: Int)

    /// What is wrong, as a sentence without its end.
    public var description: String {
        switch self {
        case .tooFewItems(let floor, let available):
            "floor \(floor) cannot be met: \(available) such items are left to recommend"
        case .tooFewPlaces(let count):
            "the floors cannot be met together in a list of \(count)"
        }
    }
}
