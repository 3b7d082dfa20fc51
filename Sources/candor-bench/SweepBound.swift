// SPDX-License-Identifier: GPL-3.0-or-later

import Glibc

/// The least time that one sweep over all ratings, both sides, can take on a machine.
///
/// Arithmetic. Each side sums w z zᵀ over the ratings of its rows. Of the width × width result the
/// upper triangle is enough; in registers of 8 floats that is Σ 8 · blocks, blocks = width / 8
/// down to 1, registers, each a fused multiply-add of 8 numbers: 192 of them at width 16, 640 at
/// 32 and 3,520 at 80, so between width² and width²/2. Summing the right side takes
/// `width` more. A row then needs width³/6 for its Cholesky factor, 3/2 · width² for three
/// triangular solves, and a share in the sum of the rows' own products, as costly as a rating.
///
/// With links, each of the two multiplies the inverse of its smaller side with a table, size² · width,
/// and draws two tables of noise, (users + items) · width². One of them sums the other side's rows
/// over each rating twice and the other three times: five additions of width numbers a rating, each
/// as good as a multiply-add.
///
/// Memory. Each side reads its entries once (4 bytes of index and 1 of value), and for each entry
/// the row of the other side: from the caches where that side's table fits into the second level,
/// else 4 · width bytes from further away, here counted at the speed of a plain read, which reads at
/// random can only miss. Links read their inverses once, and for their five sums rows as above.
///
/// Both happen at once, so the bound is the larger one.
struct SweepBound {
    /// Floats in the narrowest registers that all of a processor's multiply-adds can be done with.
    private static let lanes = 8
    private static let entryBytes = 5.0

    let users: Int
    let items: Int
    let ratings: Int
    /// Coordinates of a row, padded to a multiple of 16.
    let width: Int
    /// Whether both sides have links to what they rated that are solved by an inverse.
    var hasLinks = false
    /// The bytes of the second-level cache of one processor.
    var cacheBytes = max(sysconf(Int32(_SC_LEVEL2_CACHE_SIZE)), 1 << 18)

    /// Multiply-adds that the upper triangle of one rating's z zᵀ takes.
    var productsPerRating: Double {
        let blocks = width / Self.lanes
        return Double(Self.lanes * Self.lanes * blocks * (blocks + 1) / 2)
    }

    /// Multiply-adds of a sweep.
    var multiplyAdds: Double {
        let width = Double(width)
        let perRating = productsPerRating + width
        let perRow = width * width * width / 6 + 1.5 * width * width + productsPerRating
        let smaller = Double(min(users, items))
        let links =
            2 * smaller * smaller * width + 2 * Double(users + items) * width * width
            + 5 * Double(ratings) * width
        return 2 * Double(ratings) * perRating + Double(users + items) * perRow
            + (hasLinks ? links : 0)
    }

    /// Bytes that a sweep reads from beyond the second-level cache.
    var bytes: Double {
        // A link's fifth sum is over rows of the larger side, as fewer rows than features call for it.
        let extra = hasLinks ? [users, items, users, items, max(users, items)] : []
        let rows = ([users, items] + extra).reduce(0.0) { sum, otherSide in
            let table = otherSide * width * MemoryLayout<Float>.stride
            let row = table > cacheBytes ? width * MemoryLayout<Float>.stride : 0
            return sum + Double(ratings) * (Self.entryBytes + Double(row))
        }
        let smaller = Double(min(users, items))
        return rows + (hasLinks ? 2 * smaller * smaller * 4 : 0)
    }

    /// The bound on a machine, and which of the two it is.
    func comparison(on machine: MachinePeak) -> (name: String, seconds: Double) {
        let arithmetic = multiplyAdds / machine.multiplyAddsPerSecond
        let memory = bytes / machine.bytesPerSecond
        return arithmetic >= memory
            ? ("bound of arithmetic", arithmetic) : ("bound of memory", memory)
    }
}
