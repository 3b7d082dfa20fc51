// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import CandorProtocol

@Suite struct ReplyShapeTests {
    private let columns = Verb.recommend.specification.tables[0]
    private let row: [Value] = [.integer(1), .text("1"), .text("T"), .number(1), .missing]

    @Test("a reply as declared has no problems")
    func good() {
        let reply = Reply([.init("source", .text("personal"))], columns: columns, rows: [row])
        #expect(ReplyShape.problems(reply, for: .recommend) == [])
        #expect(ReplyShape.problems(Reply(), for: .ping) == [])
        #expect(ReplyShape.problems(Reply(columns: columns), for: .recommend) == [])
    }

    @Test("each departure from the table is one problem")
    func bad() {
        let replies = [
            Reply(columns: ["rank"], rows: [[.integer(1)]]),
            Reply(columns: columns, rows: [[.integer(1)]]),
            Reply(columns: columns, rows: [row.dropLast() + [.number(.nan)]]),
            Reply([.init("Source", .integer(1))]),
            Reply([.init("", .integer(1))]),
            Reply([.init("a", .integer(1)), .init("a", .integer(1))]),
            Reply([.init("a", .number(.infinity))]),
            Reply([.init("generation", .integer(1))]),
            Reply([.init("protocol", .integer(1))]),
            Reply([.init("columns", .integer(1))]),
        ]
        for reply in replies {
            #expect(ReplyShape.problems(reply, for: .recommend).count == 1, "\(reply)")
        }
        #expect(ReplyShape.problems(Reply(rows: [[]]), for: .ping).count == 1)
        #expect(ReplyShape.problems(Reply(columns: ["x"]), for: .ping).count == 1)
    }
}
