// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import candor

@Suite("Drawing")
struct DrawingTests {
    @Test(
        "ratings become stars in half steps, limited to the scale",
        arguments: [
            (5.0, "★★★★★"), (3.5, "★★★½☆"), (0.0, "☆☆☆☆☆"), (9.0, "★★★★★"), (-1.0, "☆☆☆☆☆"),
        ])
    func stars(_ rating: Double, _ picture: String) {
        #expect(Drawing.stars(rating) == picture)
    }

    @Test("a signed bar grows from the middle and is always as wide")
    func signedBar() {
        #expect(Drawing.signedBar(1, most: 1, columns: 4) == "    │████")
        #expect(Drawing.signedBar(-0.5, most: 1, columns: 4) == "  ██│    ")
        #expect(Drawing.signedBar(0, most: 1, columns: 4) == "    │    ")
        for tenth in -10...10 {
            let bar = Drawing.signedBar(Double(tenth) / 10, most: 1, columns: 7)
            #expect(DisplayWidth.of(bar) == 15)
        }
    }

    @Test("an interval shows its ends, its estimate and where zero lies")
    func interval() {
        let picture = Drawing.interval(0.5, low: 0.25, high: 0.75, scale: 0...1, columns: 9)
        #expect(picture == "  ├─●─┤  ")
        #expect(Drawing.interval(1, low: nil, high: nil, scale: -1...1, columns: 5) == "  ┊ ●")
    }

    @Test("progress fills up")
    func progress() {
        #expect(Drawing.progress(0, stage: "training", columns: 60).contains("  0%  training"))
        #expect(Drawing.progress(1, stage: "saving", columns: 60).contains("100%  saving"))
    }
}
