// SPDX-License-Identifier: GPL-3.0-or-later

import Testing

@testable import CandorProtocol

@Suite struct VerbTableTests {
    @Test("every verb's row is complete and its example is a request of that verb")
    func rows() {
        for verb in Verb.allCases {
            let row = verb.specification
            #expect(row.verb == verb)
            #expect(row.summary.hasSuffix(".") && row.summary.count <= 80, "\(verb)")
            #expect(row.detail.allSatisfy { $0.count <= 80 }, "\(verb)")
            let parsed = RequestParser.parse(row.example, role: .operator)
            #expect((try? parsed.request.get())?.verb == verb, "\(parsed)")
            #expect(Set(row.errors).count == row.errors.count)
            let names = (row.arguments + row.options).map(\.name)
            #expect(Set(names).count == names.count)
            #expect(names.allSatisfy(ReplyShape.isName))
            for table in row.tables {
                #expect(!table.isEmpty && Set(table).count == table.count)
                #expect(table.allSatisfy(ReplyShape.isName))
            }
            let optionals = row.arguments.map(\.isOptional)
            #expect(optionals == optionals.sorted { !$0 && $1 }, "optional arguments come last")
        }
    }

    @Test("every verb is found by its name in any case, and by nothing else")
    func names() {
        for verb in Verb.allCases {
            #expect(Verb(parsing: verb.rawValue) == verb)
            #expect(Verb(parsing: verb.rawValue.lowercased()) == verb)
            #expect(Verb(parsing: verb.rawValue + "X") == nil)
            #expect(Verb(parsing: String(verb.rawValue.dropLast())) == nil)
        }
        #expect(Verb(parsing: "") == nil)
        #expect(Verb(parsing: String(repeating: "P", count: 17)) == nil)
    }

    @Test("codes have unique names and numbers of their class, and read back from their names")
    func codes() {
        #expect(Set(WireCode.allCases.map(\.name)).count == WireCode.allCases.count)
        for code in WireCode.allCases {
            #expect((1...5).contains(code.rawValue / 100))
            #expect(WireCode(name: code.name) == code)
            #expect(
                code.name.utf8.allSatisfy {
                    $0 == 0x2D || ASCII.startsName($0) || ASCII.isDigit($0)
                })
            #expect(code.summary.hasSuffix("."))
        }
        #expect(WireCode(name: "nothing") == nil)
    }

    @Test("HELP answers have the declared shape for every topic and role")
    func help() {
        for role in Role.allCases {
            let topics = [.overview, .table] + Verb.allCases.map { Request.HelpTopic.verb($0) }
            for topic in topics {
                let reply = HelpText.reply(to: topic, role: role)
                #expect(ReplyShape.problems(reply, for: .help) == [])
                #expect(!reply.rows.isEmpty)
            }
        }
    }

    @Test("the overview lists what the role may do and names what it may not")
    func overview() {
        for role in Role.allCases {
            let lines = HelpText.overview(for: role).rows.compactMap { row -> String? in
                if case .text(let text) = row[0] { text } else { nil }
            }
            for verb in Verb.allCases {
                let isListed = lines.contains { $0.hasPrefix(verb.rawValue + " ") }
                #expect(isListed == (verb.specification.role <= role))
                let isNamed = lines.contains {
                    $0.hasPrefix("Not for")
                        && $0.split(separator: " ").contains { $0 == verb.rawValue }
                }
                #expect(isNamed != isListed)
            }
        }
    }

    @Test("HELP --table has a row for every verb, in a form that programs can split")
    func table() {
        let reply = HelpText.table()
        #expect(reply.rows.map { $0[0] } == Verb.allCases.map { .text($0.rawValue) })
        let explain = reply.rows.first { $0[0] == .text("EXPLAIN") }
        #expect(explain?[1] == .text("user:user item:item"))
        #expect(
            explain?[2]
                == .text(
                    "head:choice:ranking|rating top:integer:1..1000 at:integer:0..253402300799 "
                        + "without:items k:integer:1..1000 calibrated:number:0..1 "
                        + "novelty:number:0..1 floor:floors"))
        #expect(
            reply.rows.first { $0[0] == .text("HELLO") }?[1] == .text("version?:integer:1..1000000")
        )
    }
}
