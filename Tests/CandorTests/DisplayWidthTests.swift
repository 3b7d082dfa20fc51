// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import candor

@Suite("Display width")
struct DisplayWidthTests {
    @Test("counts columns, not characters or bytes")
    func widths() {
        #expect(DisplayWidth.of("Amélie") == 6)
        #expect(DisplayWidth.of("e\u{301}") == 1)
        #expect(DisplayWidth.of("千と千尋") == 8)
        #expect(DisplayWidth.of("★★☆") == 3)
        #expect(DisplayWidth.of("") == 0)
    }

    @Test("cutting keeps within the columns and says that something is missing")
    func truncation() {
        #expect(DisplayWidth.truncated("Toy Story", to: 9) == "Toy Story")
        #expect(DisplayWidth.truncated("Toy Story 2", to: 6) == "Toy S…")
        for columns in 1...12 {
            #expect(DisplayWidth.of(DisplayWidth.truncated("千と千尋の神隠し", to: columns)) <= columns)
        }
    }
}
