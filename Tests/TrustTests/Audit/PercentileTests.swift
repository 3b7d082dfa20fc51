// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import Trust

@Suite("Percentile intervals")
struct PercentileTests {
    @Test("interpolates between order statistics")
    func interpolation() {
        let interval = Percentile.interval95((0...1000).map(Double.init).shuffled())
        #expect(interval.low == 25)
        #expect(interval.high == 975)
    }

    @Test("leaves out what could not be measured")
    func notFinite() {
        let interval = Percentile.interval95([.nan, 3, .nan])
        #expect(interval.low == 3)
        #expect(interval.high == 3)
        #expect(Percentile.interval95([.nan]).low.isNaN)
    }
}
