// SPDX-License-Identifier: GPL-3.0-or-later

/// The random streams of the generator: each quantity has its own, so that a change of one option
/// leaves the others' draws alone.
enum SyntheticStream {
    static let users: UInt64 = 101
    static let userBiases: UInt64 = 102
    static let items: UInt64 = 103
    static let itemBiases: UInt64 = 104
    static let popularity: UInt64 = 105
    static let titles: UInt64 = 106
    static let histories: UInt64 = 107
    /// Users' ratings have one stream each, from here on.
    static let ratings: UInt64 = 1 << 32
}
