// SPDX-License-Identifier: GPL-3.0-or-later

/// The dense position of an item in a `Catalogue`: 0 ..< count.
///
/// Never interchangeable with `ItemID` (the external token) or `UserIndex`.
public struct ItemIndex: RawRepresentable, Hashable, Comparable, Sendable {
    /// The position, never negative.
    public let rawValue: Int32

    /// Wraps a position.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// Wraps a position given as `Int`; traps when it does not fit 32 bits.
    public init(_ position: Int) { self.rawValue = Int32(position) }

    /// The position as `Int`, for subscripts.
    public var position: Int { Int(rawValue) }

    /// Orders by position.
    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}
