// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import Report

@Suite("plots")
struct PlotTests {
    @Test("ticks are round, ascend, lie within the scale and are about as many as wished for")
    func ticks() {
        for high in [0.07, 0.9, 1, 3.3, 17, 100, 4_321, 1e6] {
            for low in [0, -high, high / 3] {
                let scale = PlotScale(low, high)
                let ticks = scale.ticks(5)
                #expect((2...11).contains(ticks.count), "\(low)…\(high): \(ticks)")
                #expect(ticks == ticks.sorted())
                #expect(ticks.allSatisfy { $0 >= low - 1e-9 * high && $0 <= high * (1 + 1e-9) })
                let texts = ticks.map { NumberStyle.fixed(scale.decimals(5)).text(of: $0) }
                #expect(Set(texts).count == texts.count, "\(texts)")
            }
        }
        #expect(PlotScale(logarithmic: 1, 3000).ticks(5) == [1, 10, 100, 1000])
        #expect(PlotScale(holding: [0.2, 4.7]).high == 5)
        #expect(PlotScale(holding: [3]).low < 3 && PlotScale(holding: []).high > 0)
    }

    @Test("places on a scale are limited to its ends")
    func fractions() {
        #expect(PlotScale(0, 10).fraction(5) == 0.5)
        #expect(PlotScale(0, 10).fraction(-5) == 0 && PlotScale(0, 10).fraction(50) == 1)
        #expect(abs(PlotScale(logarithmic: 1, 100).fraction(10) - 0.5) < 1e-12)
    }

    @Test("labels that would stand on each other are moved apart and stay in range and order")
    func labels() {
        let places = LabelPlaces.apart([50, 51, 52, 10, 99], gap: 14, within: 0...100)
        let sorted = [3, 0, 1, 2, 4].map { places[$0] }
        #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $1 - $0 >= 14 - 1e-9 })
        #expect(sorted.allSatisfy { (0...100).contains($0) })
        #expect(LabelPlaces.apart([200], gap: 14, within: 0...100) == [100])
        let crowded = LabelPlaces.apart([0, 0, 0], gap: 90, within: 0...100)
        #expect(crowded == [0, 50, 100])
    }

    @Test("numbers are written as people read them")
    func numbers() {
        #expect(NumberStyle.count.text(of: 1_000_209) == "1,000,209")
        #expect(NumberStyle.count.text(of: -1234) == "−1,234")
        #expect(NumberStyle.fixed(4).text(of: 1.03005) == "1.0301")
        #expect(NumberStyle.fixed(2).text(of: -0.001) == "0.00")
        #expect(NumberStyle.percent(1).text(of: 0.9553) == "95.5%")
        #expect(NumberStyle.power.text(of: 3.4e-13) == "3e-13")
        #expect(NumberStyle.power.text(of: 9.7e-10) == "1e-9")
        #expect(NumberStyle.power.text(of: 0) == "0")
        #expect(NumberStyle.fixed(2).text(of: .nan) == "–")
    }

    @Test("labels are cut where there is no room")
    func fitted() {
        #expect(TextWidth.fitted("short", size: 11, width: 100) == "short")
        let cut = TextWidth.fitted(String(repeating: "W", count: 90), size: 11, width: 100)
        #expect(cut.hasSuffix("…") && TextWidth.of(cut, size: 11) <= 100)
    }
}
