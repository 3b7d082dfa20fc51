// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import CandorDaemon

@Suite("ServingRecord")
struct ServingRecordTests {
    private let whole = ServingRecord(
        number: 4, history: [3, 1],
        confirmation: Confirmation(deadlineSeconds: 1_764_400_000, windowSeconds: 300))

    @Test("the text reads back, and the first line alone is enough")
    func roundTrip() {
        #expect(whole.text == "000004\nhistory 000003 000001\nconfirm-by 1764400000 300\n")
        #expect(ServingRecord(text: whole.text) == whole)
        #expect(ServingRecord(text: "000004\n") == ServingRecord(number: 4))
    }

    @Test("a text cut short at any byte is another whole record or none, never a wrong deadline")
    func truncation() {
        let text = whole.text
        let lines = ["000004\n", "000004\nhistory 000003 000001\n"]
        for count in 0..<text.utf8.count {
            let cut = String(text.prefix(count))
            #expect((ServingRecord(text: cut) != nil) == lines.contains(cut), "\(cut)")
        }
    }

    @Test(
        "anything else is no record",
        arguments: [
            "", "\n", "4\n", "000004\n000003\n", "000004\nhistory x\n", "000004\nconfirm-by 1\n",
            "000004\nconfirm-by 1 0\n", "000004\n\n", "000004\nhistory 000003",
        ])
    func garbage(text: String) {
        #expect(ServingRecord(text: text) == nil)
    }

    @Test("promotions push, rollbacks pop, and nothing is remembered twice or without end")
    func history() {
        var record = ServingRecord(number: 1)
        for number in 2...4 {
            record = record.promoting(number, over: record.number, confirmation: nil)
        }
        #expect(record.history == [3, 2, 1])
        #expect(record.promoting(2, over: 4, confirmation: nil).history == [4, 3, 1])
        #expect(record.rollingBack(to: 3) == ServingRecord(number: 3, history: [2, 1]))
        #expect(record.rollingBack(to: 1) == ServingRecord(number: 1))
        for number in 5...40 {
            record = record.promoting(number, over: record.number, confirmation: nil)
        }
        #expect(record.history == Array((24...39).reversed()))
    }

    @Test("a clock that is put back does not make the time to confirm longer")
    func clockPutBack() {
        let confirmation = Confirmation(windowSeconds: 300, nowSeconds: 1000)
        #expect(confirmation.secondsLeft(at: 1000) == 300)
        #expect(confirmation.secondsLeft(at: 1299) == 1)
        #expect(confirmation.secondsLeft(at: 1300) == 0)
        #expect(confirmation.secondsLeft(at: 5) == 300)
    }
}
