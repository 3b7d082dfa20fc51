// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import Trust

@Suite("Suppression of small groups")
struct SuppressionTests {
    @Test(
        "hides groups under ten users and whatever would reveal them",
        arguments: [
            ([50, 60], [false, false]),
            ([9, 60], [true, true]),
            ([9, 60, 30], [true, false, true]),
            ([5, 6, 60], [true, true, false]),
            ([0, 60, 30], [true, false, false]),
            ([3], [true]),
            ([], []),
        ])
    func hidden(_ counts: [Int], _ expected: [Bool]) {
        #expect(Suppression.hidden(userCounts: counts) == expected)
    }

    @Test("a hidden cell is never the whole minus the shown ones, for random sizes")
    func notRecoverable() {
        for seed in 0..<500 {
            let counts = (0..<(2 + seed % 5)).map { (seed * 31 + $0 * 17) % 40 }
            let hidden = Suppression.hidden(userCounts: counts)
            let hiddenUsers = zip(counts, hidden).reduce(0) { $0 + ($1.1 ? $1.0 : 0) }
            let isEverything = hidden.allSatisfy { $0 }
            #expect(hiddenUsers == 0 || hiddenUsers >= Suppression.usersMin || isEverything)
        }
    }
}
