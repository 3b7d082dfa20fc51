// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import CandorDaemon

@Suite("A histogram of latencies")
struct LatencyHistogramTests {
    @Test("quantiles are within 1.6% of the exact ones, over all magnitudes")
    func quantiles() {
        for scale in [1, 1_000, 1_000_000, 1_000_000_000] as [UInt64] {
            var histogram = LatencyHistogram()
            for value in (1...1000 as ClosedRange<UInt64>).reversed() {
                histogram.record(nanoseconds: value * scale)
            }
            #expect(histogram.count == 1000)
            for rank in [1, 10, 500, 990, 1000] {
                let exact = Double(UInt64(rank) * scale) / 1000
                let found = histogram.quantileMicroseconds(Double(rank) / 1000)
                #expect(abs(found - exact) <= exact * 0.016, "rank \(rank) at scale \(scale)")
            }
        }
    }

    @Test("what lies up to a bound is counted, but for the 1.6% below it")
    func bounds() {
        var histogram = LatencyHistogram()
        for value in 1...1000 as ClosedRange<UInt64> { histogram.record(nanoseconds: value * 1000) }
        let bounds = [500, 1_000, 100_000, 500_000, 2_000_000, .max] as [UInt64]
        let exact = [0, 1, 100, 500, 1000, 1000]
        for (count, exact) in zip(histogram.counts(within: bounds), exact) {
            #expect(count <= exact && Double(count) >= Double(exact) * 0.984 - 1)
        }
        #expect(histogram.counts(within: bounds).suffix(2) == [1000, 1000])
    }

    @Test("two histograms together are one of all durations")
    func added() {
        var (all, odd, even) = (LatencyHistogram(), LatencyHistogram(), LatencyHistogram())
        for value in 1...1000 as ClosedRange<UInt64> {
            all.record(nanoseconds: value * value)
            if value % 2 == 0 {
                even.record(nanoseconds: value * value)
            } else {
                odd.record(nanoseconds: value * value)
            }
        }
        odd.add(even)
        #expect(odd.count == all.count && odd.totalNanoseconds == all.totalNanoseconds)
        #expect(odd.longestNanoseconds == all.longestNanoseconds)
        for part in [0, 0.5, 0.99, 1] {
            #expect(odd.quantileMicroseconds(part) == all.quantileMicroseconds(part))
        }
    }

    @Test("without records every quantile is 0, and the longest duration has a bucket")
    func extremes() {
        var histogram = LatencyHistogram()
        #expect(histogram.quantileMicroseconds(0.5) == 0)
        histogram.record(nanoseconds: .max)
        histogram.record(nanoseconds: 0)
        #expect(histogram.quantileMicroseconds(0.5) == 0)
        #expect(histogram.quantileMicroseconds(1) > 1.8e16)
    }
}
