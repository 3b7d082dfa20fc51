// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import candor

@Suite("A title in place of an item")
struct TitleResolutionTests {
    private let first = Completion.TitleMatch(item: "1", title: "Toy Story (1995)")
    private let second = Completion.TitleMatch(item: "3114", title: "Toy Story 2 (1999)")

    @Test("means the item whose whole title it is, year and case aside")
    func equal() {
        for words in ["toy story", "Toy Story (1995)"] {
            let meant = TitleResolution(words, among: [second, first], mustEqual: true)
            #expect(meant == .item(first))
        }
    }

    @Test("means the only match, unless something would be changed")
    func single() {
        #expect(TitleResolution("story 2", among: [second], mustEqual: false) == .item(second))
        #expect(TitleResolution("story 2", among: [second], mustEqual: true) == .several([second]))
    }

    @Test("is not guessed among several, nor from nothing")
    func unclear() {
        let remake = Completion.TitleMatch(item: "7", title: "Toy Story (2030)")
        #expect(
            TitleResolution("toy story", among: [first, second, remake], mustEqual: false)
                == .several([first, remake]))
        #expect(
            TitleResolution("toy", among: [first, second], mustEqual: false)
                == .several([first, second]))
        #expect(TitleResolution("x", among: [], mustEqual: false) == .none)
    }
}
