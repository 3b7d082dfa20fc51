// SPDX-License-Identifier: GPL-3.0-or-later

/// Packs numbers of a fixed number of bits, the lowest bit first, into whole bytes.
struct BitPacker {
    private var pending: UInt64 = 0
    private var pendingBits = 0

    /// Appends the lowest `width` bits (0 to 64) of `value` to `bytes`.
    mutating func append(_ value: UInt64, width: Int, to bytes: inout [UInt8]) {
        var value = width == 64 ? value : value & ((1 << UInt64(width)) - 1)
        var width = width
        while width > 0 {
            let taken = min(width, 64 - pendingBits)
            pending |= value << UInt64(pendingBits)
            pendingBits += taken
            value = taken == 64 ? 0 : value >> UInt64(taken)
            width -= taken
            while pendingBits >= 8 {
                bytes.append(UInt8(truncatingIfNeeded: pending))
                pending >>= 8
                pendingBits -= 8
            }
        }
    }

    /// Fills the last byte with zeros.
    mutating func finish(_ bytes: inout [UInt8]) {
        guard pendingBits > 0 else { return }
        bytes.append(UInt8(truncatingIfNeeded: pending))
        pending = 0
        pendingBits = 0
    }

    /// How many bits `value` needs; 0 for 0.
    static func width(of value: UInt64) -> Int { 64 - value.leadingZeroBitCount }
}
