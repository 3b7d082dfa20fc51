// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import candor_bench

struct TargetTests {
    @Test("a target is met at its limit and not beyond")
    func limits() {
        #expect(Target.atMost(25).isMet(by: 25, beside: nil) == true)
        #expect(Target.atMost(25).isMet(by: 25.1, beside: nil) == false)
        #expect(Target.atLeast(0.383).isMet(by: 0.383, beside: nil) == true)
        #expect(Target.atLeast(0.383).isMet(by: 0.382, beside: nil) == false)
        #expect(Target.within(0.78...0.82).isMet(by: 0.806, beside: nil) == true)
        #expect(Target.within(0.78...0.82).isMet(by: 0.83, beside: nil) == false)
        #expect(Target.timesPeer(0.6).isMet(by: 6, beside: 10) == true)
        #expect(Target.timesPeer(0.6).isMet(by: 6.1, beside: 10) == false)
        #expect(Target.atLeastTimesPeer(0.7).isMet(by: 7, beside: 10) == true)
        #expect(Target.atLeastTimesPeer(0.7).isMet(by: 6.9, beside: 10) == false)
        #expect(Target.atLeastTimesPeer(0.7).isMet(by: 7, beside: nil) == nil)
        #expect(Target.atLeastTimesPeer(0.7).text == "≥ 0.7 × peer")
        #expect(Target.peerPlus(30).isMet(by: 79, beside: 49) == true)
        #expect(Target.peerPlus(30).isMet(by: 80, beside: 49) == false)
    }

    @Test("without the peer's figure nothing is decided, and NaN meets nothing")
    func undecided() {
        #expect(Target.timesPeer(1).isMet(by: 1, beside: nil) == nil)
        #expect(Target.peerPlus(30).isMet(by: 1, beside: nil) == nil)
        #expect(Target.atMost(1).isMet(by: .nan, beside: nil) == false)
        #expect(Target.within(0...1).isMet(by: .nan, beside: nil) == false)
    }

    @Test("targets read as they are written")
    func text() {
        #expect(Target.atMost(0.8165).text == "≤ 0.8165")
        #expect(Target.atMost(25).text == "≤ 25")
        #expect(Target.within(0.78...0.82).text == "0.78…0.82")
        #expect(Target.timesPeer(1).text == "≤ peer")
        #expect(Target.timesPeer(0.6).text == "≤ 0.6 × peer")
        #expect(Target.peerPlus(30).text == "≤ peer + 30")
    }

    @Test("targets are counted as met, missed and undecided")
    func tally() {
        var tally = TargetTally()
        #expect(tally.isEmpty)
        tally.add(Comparison("plain", .stars, 1))
        #expect(tally.isEmpty)
        tally.add(Comparison("good", .stars, 1, target: .atMost(1)))
        tally.add(Comparison("bad", .stars, 2, target: .atMost(1)))
        tally.add(Comparison("alone", .seconds, 2, target: .timesPeer(1)))
        #expect(tally.met == 1)
        #expect(tally.missed == ["bad"])
        #expect(tally.undecided == ["alone"])
        #expect(tally.text.hasPrefix("targets: 1 met, 1 missed, 1 without the peer's figure\n"))
    }
}
