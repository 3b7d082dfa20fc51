// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import CandorDaemon

@Suite("Failed proofs")
struct FailureLedgerTests {
    private static let second: UInt64 = 1_000_000_000
    private static let minute = 60 * second

    @Test("an address waits out its minute after ten failures, others do not")
    func oneAddress() {
        var ledger = FailureLedger()
        for count in 0..<10 {
            #expect(ledger.secondsToWait("a", at: UInt64(count)) == nil)
            ledger.failed("a", at: UInt64(count))
        }
        #expect(ledger.secondsToWait("a", at: Self.second) == 59)
        #expect(ledger.secondsToWait("b", at: Self.second) == nil)
        #expect(ledger.secondsToWait("a", at: Self.minute - 1) == 1)
        #expect(ledger.secondsToWait("a", at: Self.minute) == nil)
        ledger.failed("a", at: Self.minute)
        #expect(ledger.secondsToWait("a", at: Self.minute) == nil)
    }

    @Test("a right proof clears the address' own failures")
    func cleared() {
        var ledger = FailureLedger()
        for _ in 0..<9 { ledger.failed("a", at: 0) }
        ledger.proved("a", at: 0)
        for _ in 0..<9 { ledger.failed("a", at: 1) }
        #expect(ledger.secondsToWait("a", at: 1) == nil)
    }

    @Test("after a hundred failures of all, only those wait who have not proven themselves lately")
    func overall() {
        var ledger = FailureLedger()
        ledger.proved("known", at: 0)
        for count in 0..<100 { ledger.failed("\(count)", at: 10) }
        #expect(ledger.secondsToWait("stranger", at: 10) == 60)
        #expect(ledger.secondsToWait("known", at: 10) == nil)
        #expect(ledger.secondsToWait("stranger", at: 10 + Self.minute) == nil)
        let later = 3601 * Self.second
        for count in 0..<100 { ledger.failed("\(count)", at: later) }
        #expect(ledger.secondsToWait("known", at: later) == 60)
    }

    @Test("with more addresses than it remembers, the rest is counted as one")
    func bounded() {
        var ledger = FailureLedger()
        for count in 0..<(2 * FailureLedger.addressesMax) { ledger.failed("\(count)", at: 0) }
        for count in 0..<(2 * FailureLedger.addressesMax) { ledger.proved("\(count)", at: 0) }
        #expect(ledger.secondsToWait("unheard of", at: 1) == 60)
        #expect(ledger.secondsToWait("unheard of", at: Self.minute) == nil)
    }
}
