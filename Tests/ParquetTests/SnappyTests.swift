// SPDX-License-Identifier: GPL-3.0-or-later

import TestSupport
import Testing

@testable import Parquet

@Suite struct SnappyTests {
    /// Numbers that look random and are the same every time.
    private static func noise(_ count: Int, below limit: UInt64) -> [UInt8] {
        var state: UInt64 = 1
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8((state >> 33) % limit)
        }
    }

    @Test(
        "what is compressed comes back, whatever its length and however often it repeats",
        arguments: [
            0, 1, 3, 4, 14, 15, 16, 59, 60, 61, 62, 255, 256, 257, 258, 4_095, 65_535, 65_536,
            65_537,
            140_000,
        ])
    func roundTrip(count: Int) throws {
        for limit: UInt64 in [1, 2, 4, 256] {
            let input = Self.noise(count, below: limit)
            #expect(try SnappyReader.decompress(Snappy.compress(input)) == input)
        }
        for period in [1, 3, 5, 64, 70, 2_047, 2_048, 5_000] {
            let unit = Self.noise(period, below: 256)
            let input = (0..<count).map { unit[$0 % period] }
            #expect(try SnappyReader.decompress(Snappy.compress(input)) == input)
        }
    }

    @Test("repetition shrinks, noise hardly grows, and equal input gives equal output")
    func sizes() {
        let repeated = Array(repeating: Array("The Matrix (1999)".utf8), count: 1_000).flatMap {
            $0
        }
        #expect(Snappy.compress(repeated).count < repeated.count / 15)
        let noise = Self.noise(100_000, below: 256)
        #expect(Snappy.compress(noise).count < noise.count + 100)
        #expect(Snappy.compress(noise) == Snappy.compress(noise))
    }
}
