// SPDX-License-Identifier: GPL-3.0-or-later

/// The caches of a processor of its own, of the size that most have today.
enum NearCache {
    private static let bytes = 1 << 20

    /// Whether a table of so many floats stays partly outside, so that rows should be asked for ahead;
    /// of one that stays inside, asking only costs.
    static func isExceeded(by floatCount: Int) -> Bool {
        floatCount * MemoryLayout<Float>.stride > bytes
    }
}
